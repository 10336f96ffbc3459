"""The items of an invented digest: headline, outlet and text of each."""

from __future__ import annotations

ITEMS = (
    ("Hythe raises its harbour wall by a metre", "Shore Argus", "The council has agreed to spend four million on the wall."),
    (
        "Owls leave the old tower",
        "Screen Lantern",
        "Only three pairs were seen. A wet spring and few voles were blamed.",
    ),
    ("Tram drivers vote for a strike", "Hythe Line Post", "Members backed walkouts by 212 votes to 31. The operator shrugged."),
    ("Baker wins back the name of her shop", "Fell Weekly", "A judge ruled that Ines Calder may call it The Warm Loaf."),
    ("Rare clock comes back by post", "Screen Lantern", "The parcel held the clock, a key and a note that said only sorry."),
    ("Rain washes out the final day", "Cricket Ledger", "Not a ball was bowled on Sunday and the match was drawn."),
    ("Bridge painters find a message", "Hythe Evening Mail", "Inside a rivet box were four names and the price of beer."),
)

"""Opening the dashboard."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:  # the help prints FLAGS, and must not wait for argparse
    import argparse

# Its own flags: name, what it does.
FLAGS: tuple[tuple[str, str], ...] = (
    ("--keep", "make the PATHs sources, read again at every refresh"),
    ("--demo", "open the sample stories in a desk that is thrown away"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH")
    for flag, text in FLAGS:
        parser.add_argument(flag, action="store_true", help=text)

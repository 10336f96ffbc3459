"""Which story is which: fetched stories and known ones -> new, changed, unchanged. Pure: nothing is read or written here.

*The same story*: the same item id from the same place, else the same canonical URL, else the same title and date, else
near-identical text from the same source. But two items that one place gives under two ids are two stories, whatever they
share. A version is taken as a change only from the place that gave the story before, or from another one if it is newer or
fuller: so two places that word a story differently don't overwrite each other on every refresh.
"""

from newsdesk.ingest.call_ids import identify
from newsdesk.ingest.facts import Facts, Printed, digest, facts_of
from newsdesk.ingest.keys import Keys, keys_near, keys_of, make_id, place_of, source_of, story_id
from newsdesk.ingest.register import (
    NOTHING,
    REWRITTEN,
    Decision,
    Earlier,
    Entry,
    Place,
    Verdict,
    decide,
    new_version,
)
from newsdesk.ingest.sketch import (
    FEWEST_WORDS,
    MOST_WORDS,
    SHINGLE_WORDS,
    SKETCH_SIZE,
    likeness,
    pack_sketch,
    sketch_text,
    sketch_words,
)

__all__ = [
    "FEWEST_WORDS",
    "MOST_WORDS",
    "NOTHING",
    "REWRITTEN",
    "SHINGLE_WORDS",
    "SKETCH_SIZE",
    "Decision",
    "Earlier",
    "Entry",
    "Facts",
    "Keys",
    "Place",
    "Printed",
    "Verdict",
    "decide",
    "digest",
    "facts_of",
    "identify",
    "keys_near",
    "keys_of",
    "likeness",
    "make_id",
    "new_version",
    "pack_sketch",
    "place_of",
    "sketch_text",
    "sketch_words",
    "source_of",
    "story_id",
]

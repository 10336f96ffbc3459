"""Which stories belong together: an incremental clusterer with stable ids, reasons and a person's corrections.

A storyline is one continuing affair: the same main actors in the same matter, over days or weeks. Each story becomes a
vector (:mod:`.signature`), joins or founds a cluster, and clusters that arrival split are merged (:mod:`.consolidate`) where
the calibrated evidence says so (:mod:`.compare`). What is known of a storyline is kept as a profile in a
:class:`newsdesk.ports.ProfileStore`, so that the cost of a story does not grow with the archive.
"""

from newsdesk.storylines.call import Lines, group_call
from newsdesk.storylines.grouper import Assignment, Corrections, Grouper, Grouping, refer, refs
from newsdesk.storylines.identity import storyline_id
from newsdesk.storylines.memory import MemoryProfiles, NoProfiles
from newsdesk.storylines.signed import Signed

__all__ = [
    "Assignment",
    "Corrections",
    "Grouper",
    "Grouping",
    "Lines",
    "MemoryProfiles",
    "NoProfiles",
    "Signed",
    "group_call",
    "refer",
    "refs",
    "storyline_id",
]

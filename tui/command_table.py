"""The table of every command of the dashboard.

A command's `id` is also the id of its binding, so that a person can remap it by id (`keys` in the configuration), and names
the method that does it: `next-unread` is `action_next_unread` on the screen or, where `where` is ``pane``, on the pane.
`where` names the screen: ``screen`` is the newsroom, ``thread`` its comments pane, the others stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Where: TypeAlias = Literal[
    "pane", "thread", "screen", "storyline", "coverage", "mood", "feeds", "follows", "settings", "welcome"
]
BESIDE: Final[tuple[Where, ...]] = ("storyline", "coverage", "mood", "feeds", "follows", "settings")


@dataclass(frozen=True, slots=True)
class Command:
    """`keys` are Textual key names, parted by commas, the first one shown. `hint` is its word in the key line, if any.

    `also` names the other screens where the same key does the same, `hint_beside` is its word in their key line.
    `takes` says what may stand behind its id on the command line, where anything may.
    """

    id: str
    keys: str
    name: str
    help: str
    group: str
    where: Where = "screen"
    hint: str = ""
    also: tuple[Where, ...] = ()
    hint_beside: str = ""
    takes: str = ""

    @property
    def action(self) -> str:
        return self.id.replace("-", "_")

    def is_at(self, place: Where) -> bool:
        return place == self.where or place in self.also


COMMANDS: Final[tuple[Command, ...]] = (
    Command("cursor-down", "j,down", "Down", "one row or line down", "Moving", "pane"),
    Command("cursor-up", "k,up", "Up", "one row or line up", "Moving", "pane"),
    Command("page-down", "pagedown,ctrl+f", "Page down", "a page down", "Moving", "pane"),
    Command("page-up", "pageup,ctrl+b", "Page up", "a page up", "Moving", "pane"),
    Command("half-down", "ctrl+d", "Half a page down", "half a page down", "Moving", "pane"),
    Command("half-up", "ctrl+u", "Half a page up", "half a page up", "Moving", "pane"),
    Command("top", "g,home", "Top", "the first row or line", "Moving", "pane"),
    Command("bottom", "G,end", "Bottom", "the last row or line", "Moving", "pane"),
    Command("choose", "enter", "Open", "go into what the cursor is on: read, narrow, open or close", "Moving", "pane", "open"),
    Command("unfold", "l,right", "Open storyline", "show the storyline's stories", "Moving", "pane"),
    Command("fold", "h,left", "Close storyline", "hide the storyline's stories", "Moving", "pane"),
    Command("turn", "space", "Open or close", "open or close a storyline; a page down in a text", "Moving", "pane"),
    Command("pane-sections", "1", "Sections", "sections: topics and countries, with what is unread", "Panes", also=BESIDE),
    Command("pane-stories", "2", "Stories", "stories: the list", "Panes", also=BESIDE),
    Command("pane-article", "3", "Article", "article: the story under the cursor", "Panes", also=BESIDE),
    Command("pane-comments", "4", "Comments", "comments: what readers wrote, and their mood", "Panes", also=BESIDE),
    Command("pane-following", "5", "Following", "following: what you follow, and what is new there", "Panes", also=BESIDE),
    Command("next-pane", "tab", "Next pane", "go to the next pane", "Panes", hint="panes", also=BESIDE),
    Command("previous-pane", "shift+tab", "Previous pane", "go to the pane before", "Panes", also=BESIDE),
    Command(
        "jump",
        "semicolon",
        "Jump",
        "letters on all that can be gone to: panes, rows, links; typing them goes there",
        "Panes",
        hint="jump",
        also=BESIDE,
    ),
    Command("zoom", "z", "One pane alone", "this pane alone on the screen, and back", "Panes"),
    Command("zen", "Z", "Story alone", "the story alone in the middle, with nothing around it, and back", "Panes"),
    Command("grow", "plus", "Larger", "give this pane more room, wider or taller; a border can be dragged too", "Panes"),
    Command("shrink", "minus", "Smaller", "give this pane less room", "Panes"),
    Command("usual-sizes", "equals_sign", "Usual sizes", "all panes in their usual sizes; again: in those before", "Panes"),
    Command("storyline", "6", "Storyline", "storyline: when, who, how many originals, headlines", "Screens", also=BESIDE),
    Command("coverage", "7", "Coverage", "coverage: topics by countries, and the world", "Screens", also=BESIDE),
    Command("mood", "8", "Mood", "mood: what the readers of a story or storyline say together", "Screens", also=BESIDE),
    Command("feeds", "9", "Feeds", "feeds: how every source is doing, and adding one", "Screens", also=BESIDE),
    Command("follows", "0", "Following desk", "following: what is new in each, and the story so far", "Screens", also=BESIDE),
    Command(
        "settings",
        "C",
        "Settings",
        "settings: what each means, changed here and kept in the file",
        "Screens",
        also=BESIDE,
        takes="NAME VALUE",
    ),
    Command("welcome", "W", "Welcome", "begin: sample stories, a folder, an OPML file, a first feed", "Screens", also=BESIDE),
    Command("welcome-samples", "s", "The sample stories", "look around first; nothing is kept", "Welcome", "welcome"),
    Command(
        "welcome-folder",
        "d",
        "A folder of pages",
        "saved pages, text, JSONL; read as they change",
        "Welcome",
        "welcome",
    ),
    Command("welcome-opml", "o", "An OPML file", "the feeds of another reader", "Welcome", "welcome"),
    Command("next-unread", "n", "Next unread", "go to the next unread story", "Reading", hint="next unread"),
    Command("previous-unread", "N", "Previous unread", "go to the unread story before", "Reading"),
    Command(
        "toggle-read",
        "m",
        "Mark read or unread",
        "mark a story, or a whole storyline, read or unread",
        "Reading",
        also=("storyline",),
    ),
    Command("mark-all", "A", "Mark all read", "mark every story of the list read", "Reading"),
    Command("star", "s", "Star", "star a story, or take its star away", "Reading", hint="star", also=("storyline",)),
    Command(
        "why",
        "w",
        "Why these labels",
        "show what speaks for topics, countries, storyline and moods",
        "Reading",
        hint="why",
        also=("storyline",),
    ),
    Command(
        "full-text",
        "e",
        "Whole page",
        "fetch the page that the story links to, and its comments",
        "Reading",
        also=("storyline",),
    ),
    Command(
        "open-link",
        "o",
        "Open the link",
        "open the story's link in the browser; over SSH copy it",
        "Reading",
        also=("storyline",),
    ),
    Command(
        "links",
        "i",
        "Links",
        "the links in the story and its comments, by number",
        "Reading",
        also=("storyline",),
    ),
    Command("copy-text", "Y", "Copy the text", "copy the text of the story that is read", "Reading"),
    Command(
        "save-story",
        "greater_than_sign",
        "Save the story",
        "write the story that is read to a file, with its comments",
        "Reading",
    ),
    Command("save-list", "ctrl+e", "Save the list", "write every story of the list to a file, as CSV, JSON, HTML", "Reading"),
    Command(
        "pipe",
        "vertical_line",
        "Send to a program",
        "send the story, storyline or list to a program, and show what it says",
        "Reading",
        takes="PROGRAM",
    ),
    Command("copy-link", "y", "Copy the link", "copy the story's link to the clipboard", "Reading", also=("storyline",)),
    Command(
        "follow",
        "f",
        "Follow",
        "follow what the cursor is on, or stop following it",
        "Following",
        hint="follow",
        also=("storyline", "coverage", "follows"),
        takes="QUERY",
    ),
    Command("follow-search", "F", "Follow this list", "follow the search and sections that narrow the list now", "Following"),
    Command("catch-up", "m", "Catch up", "count what came in for a follow as seen", "Following", "follows", "catch up"),
    Command("catch-up-all", "A", "Catch up with all", "count what came in for every follow as seen", "Following", "follows"),
    Command("follow-alerts", "a", "Alert rules", "say when a follow raises an alert", "Following", "follows", "alerts"),
    Command("follow-mute", "x", "Mute", "let a follow raise no alert, or again", "Following", "follows", "mute"),
    Command("follow-pause", "p", "Pause", "don't count a follow at all, or again", "Following", "follows", "pause"),
    Command("follow-name", "E", "Name of the follow", "give a follow another name", "Following", "follows"),
    Command("follow-folder", "F", "Folder", "put a follow into a folder, or take it out", "Following", "follows", "folder"),
    Command(
        "handover",
        "H",
        "Handover",
        "write the handover of a storyline to a file: the story so far, sources, quotes, mood",
        "Following",
        also=("storyline", "follows"),
    ),
    Command("digest", "D", "Digest", "write what the last refresh brought to a file", "Following", also=("follows",)),
    Command("search", "slash", "Search", "search with the query language", "Searching", hint="search", takes="QUERY"),
    Command("save-search", "S", "Save this search", "keep what narrows the list under a name", "Searching", takes="NAME"),
    Command("saved-searches", "L", "Saved searches", "show a search that was saved, or drop it", "Searching", takes="NAME"),
    Command("unread-only", "U", "Unread only", "show unread stories only, or all again", "Searching"),
    Command("clear", "backspace", "Show all", "take search and sections away", "Searching"),
    Command(
        "back",
        "escape",
        "Back",
        "leave a text or a screen; take the search, then the sections away; stop a refresh",
        "Searching",
        also=BESIDE,
        hint_beside="back",
    ),
    Command(
        "layout",
        "t",
        "Storylines or stories",
        "group the list by storyline, or newest stories first; mood of one or the other",
        "Storylines",
        also=("mood",),
        hint_beside="story or storyline",
    ),
    Command("fold-all", "O", "Open or close all", "open every storyline that is loaded, or close all", "Storylines"),
    Command(
        "merge",
        "M",
        "Merge storylines",
        "press on one storyline, then on the one that it belongs to",
        "Storylines",
        also=("storyline",),
        hint_beside="merge",
    ),
    Command(
        "split", "X", "Split off", "take the story out of its storyline", "Storylines", also=("storyline",), hint_beside="split"
    ),
    Command(
        "move",
        "V",
        "Move to a storyline",
        "put the story into another storyline",
        "Storylines",
        also=("storyline",),
        hint_beside="move",
    ),
    Command(
        "pin",
        "P",
        "Pin the storyline",
        "keep the storyline as it is, or let it go again",
        "Storylines",
        also=("storyline",),
        hint_beside="pin",
    ),
    Command(
        "rename",
        "E",
        "Rename the storyline",
        "give the storyline another title",
        "Storylines",
        also=("storyline",),
        hint_beside="rename",
    ),
    Command("thread-next", "J", "Next at this level", "the next reply to the same comment", "Comments", "thread"),
    Command("thread-previous", "K", "Previous at this level", "the reply before it to the same comment", "Comments", "thread"),
    Command("thread-parent", "p", "Parent", "the comment that this one replies to", "Comments", "thread", "parent"),
    Command("thread-fold-all", "O", "Fold all threads", "fold every thread, or open all", "Comments", "thread"),
    Command("thread-find", "comma", "Find in the thread", "go to a comment with these words", "Comments", "thread", "find"),
    Command("thread-again", "full_stop", "Find again", "go to the next comment found, or by the author", "Comments", "thread"),
    Command("thread-author", "at", "Author", "go to the comments of one author", "Comments", "thread", "author"),
    Command(
        "judge",
        "x",
        "Mood is wrong",
        "say that a comment's mood is wrong, and what it is",
        "Comments",
        "thread",
        "mood is wrong",
        also=("mood",),
        hint_beside="mood is wrong",
    ),
    Command("voices", "v", "Each writer once", "count each writer once, or every comment", "Comments", "mood", "each once"),
    Command(
        "day-before",
        "left_square_bracket",
        "Day before",
        "the day before that has stories",
        "Coverage",
        "coverage",
        "day before",
    ),
    Command(
        "day-after",
        "right_square_bracket",
        "Day after",
        "the day after that has stories; after the last one all days",
        "Coverage",
        "coverage",
        "day after",
    ),
    Command(
        "feed-add",
        "a",
        "Add a feed",
        "by its address, or that of a page that names one",
        "Feeds",
        "feeds",
        "add",
        also=("welcome",),
    ),
    Command(
        "feed-pause",
        "p",
        "Pause",
        "leave a feed alone, with its settings and stories, or ask it again",
        "Feeds",
        "feeds",
        "pause",
    ),
    Command(
        "setting-default", "x", "Back to the default", "give a setting its default again", "Settings", "settings", "default"
    ),
    Command(
        "refresh",
        "r",
        "Refresh this",
        "read the source under the cursor now, the story's or the feed",
        "Desk",
        hint="refresh",
        also=("feeds",),
        hint_beside="refresh",
        takes="SOURCE",
    ),
    Command("refresh-all", "R", "Refresh all", "read every source now", "Desk", also=BESIDE, hint_beside="refresh all"),
    Command("stop-refresh", "c", "Stop the refresh", "stop the refresh that is running", "Desk", also=BESIDE),
    Command(
        "undo",
        "u",
        "Undo",
        "undo the last mark, follow, correction, pause or setting; again for the one before",
        "Desk",
        hint="undo",
        also=BESIDE,
    ),
    Command(
        "theme",
        "T",
        "Next theme",
        "dark, light, high contrast, monochrome, the terminal's colours, your own",
        "Desk",
        also=BESIDE,
        takes="NAME",
    ),
    Command("redraw", "ctrl+l", "Redraw", "draw the whole screen again, where something else wrote on it", "Desk", also=BESIDE),
    Command(
        "palette",
        "colon,ctrl+p",
        "Commands",
        "the command line: find a command by its name, or write one with what it takes: theme light",
        "Desk",
        hint="commands",
        also=BESIDE,
    ),
    Command(
        "suspend",
        "ctrl+z",
        "To the shell",
        "give the terminal back to the shell; fg brings all back as it was",
        "Desk",
        also=BESIDE,
    ),
    Command("help", "question_mark", "Keys", "every key", "Desk", hint="keys", also=BESIDE),
    Command("quit", "q,ctrl+c", "Quit", "leave; everything is kept", "Desk", hint="quit", also=BESIDE),
)
BY_ID: Final[Mapping[str, Command]] = {command.id: command for command in COMMANDS}

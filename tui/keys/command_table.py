"""The table of every command of the dashboard.

A command's `id` is also the id of its binding, so that a person can remap it by id (`keys` in the configuration), and names
the method that does it: `next-unread` is `action_next_unread` on the screen or, where `where` is ``pane``, on the pane.
`where` names the screen: ``screen`` is the newsroom, ``article``, ``thread`` and ``following`` are its
panes, others stand beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Beside: TypeAlias = Literal["storyline", "compare", "coverage", "mood", "feeds", "follows", "settings"]
Where: TypeAlias = Literal["pane", "article", "thread", "following", "screen", "welcome"] | Beside
IN_PANE: Final[tuple[Where, ...]] = ("following",)
READ: Final[tuple[Where, ...]] = ("storyline", "compare")  # where a story is read in full
BESIDE: Final[tuple[Where, ...]] = ("storyline", "compare", "coverage", "mood", "feeds", "follows", "settings")


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
    Command("previous-pane", "shift+tab", "Previous pane", "go to the previous pane", "Panes", also=BESIDE),
    Command(
        "jump",
        "semicolon",
        "Jump",
        "put letters on panes, rows and links; typing them goes there",
        "Panes",
        hint="jump",
        also=BESIDE,
    ),
    Command("zoom", "z", "One pane alone", "show this pane alone, and back", "Panes", also=BESIDE),
    Command("zen", "Z", "Story alone", "show the story alone in the middle, with nothing around it, and back", "Panes"),
    Command("grow", "plus", "Larger", "give this pane more room, wider or taller; a border can be dragged too", "Panes"),
    Command("shrink", "minus", "Smaller", "give this pane less room", "Panes"),
    Command("usual-sizes", "equals_sign", "Usual sizes", "all panes at their usual sizes; again for those before", "Panes"),
    Command("storyline", "6", "Storyline", "storyline: when, who, how many originals, headlines", "Screens", also=BESIDE),
    Command("coverage", "7", "Coverage", "coverage: topics by countries, and the world", "Screens", also=BESIDE),
    Command("mood", "8", "Mood", "mood: all readers of a story, a storyline or a narrowed list", "Screens", also=BESIDE),
    Command("feeds", "9", "Feeds", "feeds: how every source is doing, and adding one", "Screens", also=BESIDE),
    Command("follows", "0", "Following desk", "following: what is new in each, and the story so far", "Screens", also=BESIDE),
    Command(
        "settings",
        "C",
        "Settings",
        "settings: what each one means; changes are kept in the file",
        "Screens",
        also=BESIDE,
        takes="NAME VALUE",
    ),
    Command("welcome", "W", "Welcome", "begin: sample stories, a folder, an OPML file, a first feed", "Screens", also=BESIDE),
    Command("welcome-samples", "s", "The sample stories", "look around first; nothing is kept", "Welcome", "welcome"),
    Command("welcome-folder", "d", "A folder of pages", "saved pages, text, JSONL; read as they change", "Welcome", "welcome"),
    Command("welcome-opml", "o", "An OPML file", "the feeds of another reader", "Welcome", "welcome"),
    Command(
        "next-unread", "n", "Next unread", "go to the next unread story", "Reading", hint="next unread", also=("storyline",)
    ),
    Command("previous-unread", "N", "Previous unread", "go to the previous unread story", "Reading", also=("storyline",)),
    Command(
        "toggle-read",
        "m",
        "Mark read or unread",
        "mark a story, or a whole storyline, read or unread",
        "Reading",
        also=READ,
    ),
    Command("mark-all", "A", "Mark all read", "mark every story of the list read", "Reading"),
    Command("star", "s", "Star", "star a story, or remove its star", "Reading", hint="star", also=READ),
    Command(
        "why",
        "w",
        "Why these labels",
        "show the reasons for topics, countries, storyline and moods",
        "Reading",
        hint="why",
        also=READ,
    ),
    Command(
        "compare",
        "b",
        "Side by side",
        "read the story beside another outlet's account of the same event",
        "Reading",
        also=("storyline",),
        hint_beside="side by side",
    ),
    Command("changes", "d", "What changed", "what changed in the story from version to version", "Reading", also=READ),
    Command(
        "label", "x", "Topics and countries", "correct what a story, or its whole storyline, is about", "Reading", also=READ
    ),
    Command("full-text", "e", "Whole page", "fetch the page that the story links to, and its comments", "Reading", also=READ),
    Command("open-link", "o", "Open the link", "open the story's link in the browser; over SSH copy it", "Reading", also=READ),
    Command("links", "i", "Links", "the links in the story and its comments, by number", "Reading", also=READ),
    Command(
        "mute-source",
        "exclamation_mark",
        "Mute the source",
        "keep the stories of this source out of every list, or let them in again",
        "Reading",
        also=("feeds",),
        takes="SOURCE",
    ),
    Command("copy-text", "Y", "Copy the text", "copy the text of the story being read", "Reading"),
    Command(
        "save-story",
        "greater_than_sign",
        "Save the story",
        "write the story being read to a file, with its comments",
        "Reading",
    ),
    Command("save-list", "ctrl+e", "Save the list", "write every story of the list to a file, as CSV, JSON, HTML", "Reading"),
    Command(
        "pipe",
        "vertical_line",
        "Send to a program",
        "send the story, storyline or list to a program, and show its output",
        "Reading",
        takes="PROGRAM",
    ),
    Command("copy-link", "y", "Copy the link", "copy the story's link to the clipboard", "Reading", also=READ),
    Command(
        "follow",
        "f",
        "Follow",
        "follow what the cursor is on, or stop following it",
        "Following",
        hint="follow",
        also=("storyline", "compare", "coverage", "follows"),
        takes="QUERY",
    ),
    Command("follow-search", "F", "Follow this list", "follow the search and sections that narrow the list", "Following"),
    Command("catch-up", "m", "Catch up", "mark all new in a follow as seen", "Following", "follows", "catch up", IN_PANE),
    Command("catch-up-all", "A", "Catch up with all", "the same for every follow", "Following", "follows", "", IN_PANE),
    Command("follow-alerts", "a", "Alert rules", "choose when it raises an alert", "Following", "follows", "alerts", IN_PANE),
    Command("follow-mute", "x", "Mute", "mute a follow's alerts, or unmute them", "Following", "follows", "mute", IN_PANE),
    Command("follow-pause", "p", "Pause", "pause a follow, or resume it", "Following", "follows", "pause", IN_PANE),
    Command("follow-name", "E", "Name of the follow", "rename a follow", "Following", "follows", "", IN_PANE),
    Command(
        "follow-folder", "F", "Folder", "put a follow into a folder, or out of it", "Following", "follows", "folder", IN_PANE
    ),
    Command(
        "handover",
        "H",
        "Handover",
        "write the handover of a storyline to a file: the story so far, sources, quotes, mood",
        "Following",
        also=("storyline", "follows"),
    ),
    Command("digest", "D", "Digest", "write what came in since you left to a file", "Following", also=("follows",), takes="6h"),
    Command("search", "slash", "Search", "find words, topic:sport and more", "Searching", hint="search", takes="QUERY"),
    Command("save-search", "S", "Save this search", "save what narrows the list under a name", "Searching", takes="NAME"),
    Command("saved-searches", "L", "Saved searches", "show a saved search, or delete it", "Searching", takes="NAME"),
    Command("unread-only", "U", "Unread only", "show unread stories only, or all again", "Searching"),
    Command(
        "since-left", "I", "Since you left", "show what came in since you closed the dashboard last, or all again", "Searching"
    ),
    Command(
        "muted-only", "asterisk", "Muted stories", "show the stories of muted sources only, or all others again", "Searching"
    ),
    Command("clear", "backspace", "Show all", "clear the search and the sections", "Searching"),
    Command(
        "back",
        "escape",
        "Back",
        "leave a text or a screen; clear the search, then the sections; stop a refresh",
        "Searching",
        also=BESIDE,
        hint_beside="back",
    ),
    Command(
        "layout",
        "t",
        "Storylines or stories",
        "list storylines, or single stories; the mood of one, the other, or all of a narrowed list",
        "Storylines",
        also=("mood",),
        hint_beside="whose readers",
    ),
    Command(
        "order",
        "B",
        "Largest first",
        "storylines with most stories of the list first, or stories with most comments; again: the newest",
        "Storylines",
    ),
    Command("fold-all", "O", "Open or close all", "open every storyline that is loaded, or close all", "Storylines"),
    Command(
        "merge",
        "M",
        "Merge storylines",
        "press on one storyline, then on the one it belongs to",
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
        "pin the storyline as it is, or unpin it",
        "Storylines",
        also=("storyline",),
        hint_beside="pin",
    ),
    Command(
        "rename",
        "E",
        "Rename the storyline",
        "give the storyline a new title",
        "Storylines",
        also=("storyline",),
        hint_beside="rename",
    ),
    Command("thread-next", "J", "Next at this level", "the next reply to the same comment", "Comments", "thread"),
    Command("thread-previous", "K", "Previous at this level", "the previous reply to the same comment", "Comments", "thread"),
    Command("thread-parent", "p", "Parent", "the comment that this one replies to", "Comments", "thread", "parent"),
    Command("thread-fold-all", "O", "Fold all threads", "fold every thread, or open all", "Comments", "thread"),
    Command(
        "thread-find", "comma", "Find words", "find words, or a comment by them", "Comments", "thread", "find", ("article",)
    ),
    Command("thread-again", "full_stop", "Find again", "what was found next", "Comments", "thread", also=("article",)),
    Command("thread-author", "at", "Author", "go to the comments of one author", "Comments", "thread", "author"),
    Command(
        "judge",
        "x",
        "Mood is wrong",
        "correct the mood of a comment",
        "Comments",
        "thread",
        "mood is wrong",
        also=("mood",),
        hint_beside="mood is wrong",
    ),
    Command("voices", "v", "Each writer once", "count each writer once, or every comment", "Comments", "mood", "each once"),
    Command("together", "t", "Together or apart", "scroll both accounts together, or each alone", "Side by side", "compare"),
    Command(
        "account-before", "left_square_bracket", "Account before", "the storyline's account before", "Side by side", "compare"
    ),
    Command(
        "account-after",
        "right_square_bracket",
        "Next account",
        "the storyline's next account",
        "Side by side",
        "compare",
        "next account",
    ),
    Command(
        "day-before",
        "left_square_bracket",
        "Day before",
        "the previous day that has stories",
        "Coverage",
        "coverage",
        "day before",
    ),
    Command(
        "day-after",
        "right_square_bracket",
        "Day after",
        "the next day that has stories; after the last, all days",
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
    Command("feed-remove", "d", "Remove a feed", "take a feed out of the settings; its stories stay", "Feeds", "feeds"),
    Command(
        "feed-pause", "p", "Pause", "pause a feed, keeping its settings and stories, or resume it", "Feeds", "feeds", "pause"
    ),
    Command("setting-default", "x", "Back to the default", "reset a setting to its default", "Settings", "settings", "default"),
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
    Command(
        "refresh-all",
        "R",
        "Refresh all",
        "read every source that is due; again where none was: all of them now",
        "Desk",
        also=BESIDE,
        hint_beside="refresh all",
        takes="now",
    ),
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
    Command("redo", "ctrl+r", "Redo", "do again what was undone last; again for the one after", "Desk", also=BESIDE),
    Command(
        "theme",
        "T",
        "Next theme",
        "dark, light, high contrast, monochrome, the terminal's colours, your own",
        "Desk",
        also=BESIDE,
        takes="NAME",
    ),
    Command("redraw", "ctrl+l", "Redraw", "redraw the whole screen after something else wrote on it", "Desk", also=BESIDE),
    Command(
        "palette",
        "colon,ctrl+p",
        "Commands",
        "the command line: find a command by name, or type one with its argument: theme light",
        "Desk",
        hint="commands",
        also=BESIDE,
    ),
    Command("suspend", "ctrl+z", "To the shell", "go back to the shell; fg returns here", "Desk", also=BESIDE),
    Command("help", "question_mark", "Keys", "every key", "Desk", hint="keys", also=BESIDE),
    Command("quit", "q,ctrl+c", "Quit", "quit; everything is saved", "Desk", hint="quit", also=BESIDE),
)
BY_ID: Final[Mapping[str, Command]] = {command.id: command for command in COMMANDS}

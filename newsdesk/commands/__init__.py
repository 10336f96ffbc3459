"""The commands: one module a group. The table is all that `--help` needs; a group is imported when one of its commands runs.

A module of the folder that holds commands has a `COMMANDS` that gives each of them its flags and its function.
"""

from __future__ import annotations

# name: (module of this folder, what it does)
TABLE: dict[str, tuple[str, str]] = {
    "inspect": ("inspect", "read seed files, tag, group and print them; store nothing"),
    "refresh": ("refresh", "read every source that is due into the archive, and report"),
    "list": ("browse", "stories of the archive, newest first"),
    "storylines": ("browse", "storylines: stories, sources, countries, first and last seen"),
    "show": ("browse", "show one story, or one storyline"),
    "explain": ("browse", "why a story has each of its labels"),
    "mood": ("mood", "the readers' mood: of a story, a storyline or a query"),
    "follow": ("following", "follow a storyline, a topic, a country or a query"),
    "unfollow": ("following", "stop following"),
    "follows": ("following", "the follow list; with --new, what is new since the last look"),
    "mark": ("correct", "mark stories read, unread, star or unstar"),
    "merge": ("correct", "make one storyline of two"),
    "split": ("correct", "take a story out of its storyline"),
    "move": ("correct", "put a story into another storyline"),
    "rename": ("correct", "give a storyline a title that stays"),
    "pin": ("correct", "keep a storyline as it is: no refresh merges it"),
    "unpin": ("correct", "unpin a storyline"),
    "mute": ("correct", "keep a source's stories out of lists; without a name: which are"),
    "unmute": ("correct", "let a source's stories in again"),
    "label": ("correct", "correct a story's topics and countries"),
    "judge": ("mood", "correct the mood of a comment"),
    "undo": ("correct", "undo the last mark, follow or correction"),
    "redo": ("correct", "do again what was undone last"),
    "feeds": ("feeds", "feeds: add, remove, pause, list, check, OPML, discover"),
    "export": ("export", "stories as Markdown, JSON, ninjs, Atom, CSV or HTML"),
    "digest": ("briefing", "what came in, by follow and by storyline"),
    "handover": ("briefing", "a storyline to hand over: the story so far, sources, quotes"),
    "backup": ("backup", "a complete copy of archive, marks and notebook in one file"),
    "forget": ("forget", "delete stories for good; no source brings them back"),
    "serve": ("serve", "the dashboard in a browser"),
    "config": ("settings", "show, check, paths, example, edit, theme: the settings"),
    "completion": ("completion", "what bash, zsh or fish offer when Tab is pressed"),
    "doctor": ("settings", "the health of archive, sources, settings and terminal"),
}

# Flags that every command has: name, placeholder of its value, what it does.
SHARED_FLAGS: tuple[tuple[str, str, str], ...] = (
    ("--config", "FILE", "the settings file (else NEWSDESK_CONFIG, else XDG)"),
    ("--data", "DIR", "where the archive is kept (else NEWSDESK_DATA, else XDG)"),
    ("--now", "TIME", "a fixed clock, for output that must come out the same"),
)

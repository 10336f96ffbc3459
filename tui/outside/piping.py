"""Stories through a program of the person's: written to its input, what it says read back. Never through a shell."""

from __future__ import annotations

import asyncio
import contextlib
import re
import shlex
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from newsdesk.errors import UsageError
from newsdesk.export import FORMATS as EXPORTED
from newsdesk.export import export_stories
from newsdesk.model import Story
from newsdesk.processes.children import end, exited

LONGEST_S = 60.0
LARGEST_OUTPUT_BYTES = 2**20
MOST_STORIES = 1_000
FORMATS = ("text", *EXPORTED)
WHAT = ("list", "starred")  # besides what the cursor is on
_SEQUENCES = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b.")


@dataclass(frozen=True, slots=True)
class Pipe:
    """A program as a list of arguments, the format that it is given, and of which stories: "" is what the cursor is on."""

    words: tuple[str, ...]
    format: str = "md"
    what: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program came to. `code` is its exit code, None where it had none; `says` how it ended, in words."""

    lines: tuple[str, ...]
    code: int | None
    says: str


def read_pipe(line: str) -> Pipe:
    """A line such as ``wc -w``, ``json: jq .`` or ``list: text: less``. Raises UsageError, with the mend."""
    try:
        words = shlex.split(line)
    except ValueError as error:
        raise UsageError(f"the command can't be read: {str(error).lower()}; close the quotation") from None
    chosen: dict[str, str] = {}
    while words and words[0].endswith(":") and words[0][:-1] in (*FORMATS, *WHAT):
        name = words.pop(0)[:-1]
        chosen["format" if name in FORMATS else "what"] = name
    if words and words[0].endswith(":"):
        raise UsageError(f"'{words[0]}' is none of these: {', '.join(f'{name}:' for name in (*FORMATS, *WHAT))}")
    if not words:
        raise UsageError("name a program that is to be given the story: wc -w")
    return Pipe(tuple(words), **chosen)


def story_text(story: Story) -> str:
    """A story as plain text: title, facts, body, comments, with empty lines between them."""
    facts = " · ".join(filter(None, (story.source or story.outlet, story.published, story.url)))
    comments = [f"{comment.author or '(no name)'}: {comment.text}" for comment in story.comments]
    return "\n\n".join(filter(None, (story.title, facts, *story.highlights, *story.body, *comments))) + "\n"


def bytes_of(stories: Iterable[Story], form: str, now: datetime) -> bytes:
    """The stories as a program is given them."""
    pieces = ["\n\n".join(map(story_text, stories))] if form == "text" else export_stories(stories, form, now)
    return "".join(pieces).encode("utf-8", "replace")


async def run_filter(words: Sequence[str], given: bytes) -> Answer:
    """Run a program with `given` on its input. Cancelling stops it and what it has started. Never raises for what it does."""
    try:
        child = await asyncio.create_subprocess_exec(
            *words,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        return Answer((), None, f"{words[0]} could not be started: {why}")
    assert child.stdin is not None
    feeding = asyncio.ensure_future(_feed(child.stdin, given))
    output, ended = bytearray(), ""
    try:
        async with asyncio.timeout(LONGEST_S):
            ended = await _read(child, output)
    except TimeoutError:
        ended = f"stopped: it took longer than {LONGEST_S:.0f} s"
    finally:
        feeding.cancel()
        await end(child, group=child.returncode is None)
    return Answer(lines_of(bytes(output)), None if ended else child.returncode, ended or _ending(child.returncode or 0))


async def _feed(stream: asyncio.StreamWriter, given: bytes) -> None:
    """Write all of it; a program that reads no further is none of our business."""
    with contextlib.suppress(OSError):
        stream.write(given)
        await stream.drain()
        stream.close()


async def _read(child: asyncio.subprocess.Process, output: bytearray) -> str:
    """What it says, up to the most that is shown; returns why it had to be stopped, if it had."""
    assert child.stdout is not None
    while piece := await child.stdout.read(65_536):
        output += piece
        if len(output) > LARGEST_OUTPUT_BYTES:
            del output[LARGEST_OUTPUT_BYTES:]
            return "stopped: it says more than can be shown"
    await exited(child)
    return ""


def _ending(code: int) -> str:
    return f"ended by signal {-code}" if code < 0 else f"exit code {code}"


def lines_of(output: bytes) -> tuple[str, ...]:
    """What a program said as lines: colours and cursor movements taken out, tabs as blanks."""
    text = _SEQUENCES.sub("", output.decode("utf-8", "replace").replace("\r\n", "\n"))
    return tuple(line.rsplit("\r", 1)[-1].expandtabs(8) for line in text.rstrip("\n").split("\n")) if text.strip() else ()

"""`completion`: what a shell offers when Tab is pressed.

The scripts ask newsdesk each time, so that what is offered is what the parsers take, and what the settings and the desk hold
now. Looking changes nothing, and where something is wrong nothing is offered.
"""

from __future__ import annotations

import argparse
import re
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import pairwise

from newsdesk.commands import TABLE
from newsdesk.commands.arguments import Command, Parser, first_word, make_parser
from newsdesk.commands.session import PLACES, Session
from newsdesk.config import Config
from newsdesk.errors import Exit, NewsdeskError, UsageError
from newsdesk.query import PREFIXES
from newsdesk.query.offers import going_on, values_of

_BASH = r"""# newsdesk completion bash > ~/.local/share/bash-completion/completions/newsdesk
_newsdesk() {
    local line="${COMP_LINE:0:COMP_POINT}" offer quoted
    local typed="${line##*[[:space:]]}" strip=""
    # Readline puts an offer in the place of what follows the last : or = alone.
    [[ $COMP_WORDBREAKS == *:* ]] && strip="${typed%"${typed##*[:=]}"}"
    COMPREPLY=()
    while IFS=$'\t' read -r offer _; do
        printf -v quoted %q "${offer#"$strip"}"
        COMPREPLY+=("$quoted")
    done < <("$1" completion words --line "$line" 2>/dev/null)
    [[ ${#COMPREPLY[@]} == 1 && ${COMPREPLY[0]} == *: ]] && compopt -o nospace
}
complete -o bashdefault -o default -F _newsdesk newsdesk
"""
_ZSH = r"""#compdef newsdesk
# newsdesk completion zsh > a folder of $fpath, as _newsdesk
_newsdesk() {
    local -a offers shown end
    local offer
    for offer in "${(@f)$("${words[1]}" completion words -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
        [[ -n $offer ]] || continue
        offers+=("${offer%%$'\t'*}")
        shown+=("${offer/$'\t'/  }")
    done
    if (( $#offers )); then
        [[ ${offers[1]} == *: ]] && end=(-S "")
        compadd -l "${end[@]}" -d shown -a offers
    else
        _files
    fi
}
if [[ $funcstack[1] == _newsdesk ]]; then
    _newsdesk "$@"
else
    compdef _newsdesk newsdesk
fi
"""
_FISH = r"""# newsdesk completion fish > ~/.config/fish/completions/newsdesk.fish
complete -c newsdesk -a '(newsdesk completion words -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null)'
"""
SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}
_WORDS = "words"  # not for people: what the scripts ask
_OPENING = re.compile(r"[-(]*")  # what excludes a term of a query, or opens a parenthesis before it
_OF_LABELS = ("topic", "country")
_OF_FEEDS = frozenset({"remove", "pause", "resume", "check"})


def _configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "shell",
        choices=(*SCRIPTS, _WORDS),
        metavar="|".join(SCRIPTS),
        help=f"whose script to print; {_WORDS}: what the scripts ask with",
    )
    parser.add_argument(
        "words", nargs="*", default=[], metavar="WORD", help="for words: those typed so far, the last one unfinished"
    )
    parser.add_argument("--line", metavar="TEXT", help="for words: the line typed so far, instead of its words")


def _run(session: Session, flags: argparse.Namespace) -> int:
    if flags.shell != _WORDS:
        if flags.words or flags.line is not None:
            raise UsageError(f"words go with completion {_WORDS}")
        session.console.write(SCRIPTS[flags.shell])
        return Exit.OK
    words = flags.words if flags.line is None else split_line(flags.line)[1:]
    typed = words[-1] if words else ""
    for offer, says in offers(session, words[:-1], typed):
        if offer.startswith(typed):
            session.console.line(f"{offer}\t{says}" if says else offer)
    return Exit.OK


def split_line(line: str) -> list[str]:
    """The words of a line as a shell takes them; the last one is what is being typed, empty behind a blank."""
    mark = "\x00"  # it can't be typed
    for end in (mark, f'{mark}"', f"{mark}'"):  # a quote may be open
        try:
            *done, typed = shlex.split(line + end)
        except ValueError:
            continue
        return [*done, typed.replace(mark, "")]
    return line.split(" ")


def offers(session: Session, done: Sequence[str], typed: str) -> Iterator[tuple[str, str]]:
    """What may come behind the words `done`, where `typed` is begun, and what each is, if that needs saying."""
    _take_places(session, done)
    at = first_word(done)
    name = done[at] if at is not None and done[at] in TABLE else None
    parser = make_parser(name)
    options = parser.options()
    flag, equals, _ = typed.partition("=")
    last = options.get(done[-1]) if done else None
    if last is not None and last.nargs != 0:
        yield from _values(session, last, name, done, typed)
    elif equals and flag in options:
        yield from ((f"{flag}={value}", says) for value, says in _values(session, options[flag], name, done, ""))
    elif typed == "-" or typed.startswith("--"):
        yield from ((option, action.help or "") for option, action in options.items())
    elif name is None or at is None:
        yield from ((command, summary) for command, (_, summary) in TABLE.items())
    elif action := _positional(parser, done[at + 1 :]):
        yield from _values(session, action, name, done, typed)


def _take_places(session: Session, done: Sequence[str]) -> None:
    """Look at the desk that the line names."""
    for flag in (place.removeprefix("NEWSDESK_").lower() for place in PLACES):
        for word, value in pairwise((*done, "")):
            if word.partition("=")[0] == f"--{flag}":
                setattr(session.flags, flag, word.partition("=")[2] or value)


def _positional(parser: Parser, behind: Sequence[str]) -> argparse.Action | None:
    """The argument that the next word is, after the words behind the command."""
    options, count, skip = parser.options(), 0, False
    for word in behind:
        count += not skip and not word.startswith("-")
        skip = not skip and word in options and options[word].nargs != 0
    takes = parser.positionals()
    if count < len(takes):
        return takes[count]
    return takes[-1] if takes and takes[-1].nargs in ("*", "+") else None


def _values(
    session: Session, action: argparse.Action, name: str | None, done: Sequence[str], typed: str
) -> Iterable[tuple[str, str]]:
    if action.choices is not None:
        return ((str(choice), "") for choice in action.choices)
    if action.dest == "only" or (action.dest == "targets" and not _OF_FEEDS.isdisjoint(done)):
        return _sources(session, seeds=action.dest == "only")
    if action.dest == "target" and name == "unfollow":
        return _follows(session)
    if name in ("mute", "unmute"):
        return ((feed.title, feed.id) for feed in _settings(session).feeds if feed.title)
    if action.dest in ("query", "target"):
        return _terms(session, typed, PREFIXES)
    if action.dest == "said":  # of a label
        of_labels = {name: PREFIXES[name] for name in _OF_LABELS}
        return (*_terms(session, typed, of_labels, narrower=False), ("machine", "what newsdesk finds"))
    return ()


def _terms(session: Session, typed: str, prefixes: Mapping[str, str], *, narrower: bool = True) -> Iterator[tuple[str, str]]:
    """The prefixes of queries and, where one is typed, what may stand behind it."""
    opening = _OPENING.match(typed)[0]  # type: ignore[index]
    prefix, colon, begun = typed[len(opening) :].partition(":")
    if not colon:
        yield from ((f"{opening}{name}:", says) for name, says in prefixes.items())
    elif prefix in prefixes:
        of_settings = prefix == "source"
        found = going_on(_source_words(session), begun) if of_settings else values_of(prefix, begun, narrower=narrower)
        yield from ((f"{opening}{prefix}:{word}", says) for word, says in found)


def _source_words(session: Session) -> Iterator[tuple[str, str]]:
    """Titles and tags of the settings' feeds, as one word each; what the stories in the archive name is not looked for."""
    for feed in _settings(session).feeds:
        yield from (("-".join(name.split()), feed.id) for name in (feed.title, *feed.tags) if name)


def _settings(session: Session) -> Config:
    """Those in force; none where they can't be read."""
    try:
        return session.config
    except NewsdeskError:
        return Config()


def _sources(session: Session, seeds: bool) -> Iterator[tuple[str, str]]:
    """Feeds by title and address, and with `seeds` the files and folders that are read."""
    for feed in _settings(session).feeds:
        if feed.title:
            yield feed.title, feed.id
        yield feed.id, feed.title or ""
    if seeds:
        yield from ((path, "") for path in _settings(session).seeds)


def _follows(session: Session) -> Iterator[tuple[str, str]]:
    from newsdesk.desk import Desk

    if not session.paths.archive.exists():
        return
    try:  # without bringing an old archive up to date
        with closing(Desk.open(session.paths, now=session.clock, readonly=True)) as desk:
            yield from ((follow.name, follow.id) for follow in desk.all_follows())
    except NewsdeskError:
        return


COMMANDS = {"completion": Command(_configure, _run)}

"""How a setting is declared: once, at the field that holds it. All that is said of settings is made from there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any, Literal, TypeAlias, TypeVar, cast

from newsdesk.model import Json

T = TypeVar("T")
Kind: TypeAlias = Literal["text", "texts", "flag", "age", "country", "address", "map", "alerts", "hours", "paths"]
Effect: TypeAlias = Literal["now", "refresh", "start"]

SWITCHES = {"1": True, "true": True, "yes": True, "on": True, "0": False, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Key:
    """One thing that can be set. `section` is "" for the top, and for a list of tables the name of that list.

    `effect`: when a change is in force in an open dashboard: at once, from the next refresh on, or after the next start.
    `unset`: what is in force where it is empty, in words.
    """

    section: str
    name: str
    kind: Kind
    default: Json
    doc: str
    example: Json
    required: bool = False
    choices: tuple[str, ...] = ()
    effect: Effect = "refresh"
    unset: str = "none"

    @property
    def dotted(self) -> str:
        """Its name in the file; a map of names is its section."""
        return ".".join(part for part in (self.section, self.name if self.name != "*" else "") if part)

    @property
    def variable(self) -> str:
        """The environment variable that outranks the file. Lists of tables have none."""
        return "_".join(part.upper().replace("-", "_") for part in ("newsdesk", self.section, self.name) if part)


def setting(
    default: T,
    kind: Kind,
    doc: str,
    example: Json,
    *,
    section: str = "",
    choices: tuple[str, ...] = (),
    effect: Effect = "refresh",
    unset: str = "none",
) -> T:
    """A field of a dataclass that can be set under the field's name; what :func:`keys_of` finds again."""
    key = Key(section, "", kind, default, doc, example, False, choices, effect, unset)
    if isinstance(default, dict):
        return cast(T, field(default_factory=dict, metadata={"key": replace(key, name="*")}))
    made: T = field(default=default, metadata={"key": key})
    return made


def required(kind: Kind, doc: str, example: Json) -> dict[str, Key]:
    """The metadata of a field without which an entry of a list is none."""
    return {"key": Key("", "", kind, None, doc, example, required=True)}


def section_of(name: str, kept_in: type[Any]) -> dict[str, Any]:
    """The metadata of a field that holds a whole section, or a list of tables, of that class."""
    return {"section": name, "kept_in": kept_in}


def keys_of(declared: type[Any], section: str = "") -> Iterator[Key]:
    """Every setting that a dataclass and the classes in it declare, in the order of the fields."""
    for one in fields(declared):
        key: Key | None = one.metadata.get("key")
        if key is not None:
            yield replace(key, section=key.section or section, name=key.name or one.name)
        elif "section" in one.metadata:
            yield from keys_of(one.metadata["kept_in"], one.metadata["section"])

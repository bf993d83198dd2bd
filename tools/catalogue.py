# SPDX-License-Identifier: Apache-2.0
"""What the assembled program says about itself: its modules, commands and refusals.

The one place of the tools that knows how a module describes itself (`lejar.assembly.MODULES`), so
that tidy and the reference pages cannot disagree, and a change of the manifest changes one file.
"""

import importlib
import inspect
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple, Protocol

import msgspec

ASSEMBLY: Final = Path("src/lejar/assembly.py")


class Field(NamedTuple):
    """One field of a command: its name, and its type as people write it."""

    name: str
    type: str


class RefusalEntry(NamedTuple):
    """One answer 'no': its code, and its sentence in English and Malay (empty when not said)."""

    code: str
    en: str
    ms: str


class CommandEntry(NamedTuple):
    """One command, as its module declares it. Refusals are in order of precedence."""

    module: str
    name: str
    text: str
    fields: tuple[Field, ...]
    refusals: tuple[RefusalEntry, ...]


class Verb(Protocol):
    """What a module says of one command: its type, and its refusals in order of precedence."""

    @property
    def command(self) -> type[msgspec.Struct]:
        """What is asked for."""

    @property
    def refusals(self) -> Iterable[object]:
        """An enum, or a list of its members."""


class Manifest(Protocol):
    """What a module says of itself in the assembly."""

    @property
    def name(self) -> str:
        """The folder it lives in."""

    @property
    def verbs(self) -> Iterable[Verb]:
        """Its commands, in the order people learn them."""


def is_assembled(root: Path = Path()) -> bool:
    """Tell whether there is an assembly to ask. Everything else must work once there is."""
    return (root / ASSEMBLY).exists()


def assembled() -> Iterable[Manifest]:
    """Return the modules of the program, in their order."""
    modules: Iterable[Manifest] = importlib.import_module("lejar.assembly").MODULES
    return modules


def commands(modules: Iterable[Manifest]) -> list[CommandEntry]:
    """Return every command, in the order of the modules and of the verbs in each."""
    return [_command(module.name, verb) for module in modules for verb in module.verbs]


def _command(module: str, verb: Verb) -> CommandEntry:
    return CommandEntry(
        module=module,
        name=verb.command.__name__,
        text=inspect.getdoc(verb.command) or "",
        fields=tuple(
            Field(field.name, _type_name(field.type))
            for field in msgspec.structs.fields(verb.command)
        ),
        refusals=tuple(_refusal(refusal) for refusal in verb.refusals),
    )


def _refusal(refusal: object) -> RefusalEntry:
    name = str(getattr(refusal, "code", None) or getattr(refusal, "name", refusal))
    return RefusalEntry(
        name.lower(), str(getattr(refusal, "en", "")), str(getattr(refusal, "ms", ""))
    )


def _type_name(annotation: object) -> str:
    if isinstance(annotation, type) and not getattr(annotation, "__args__", ()):
        return annotation.__name__
    return str(annotation).replace("typing.", "")

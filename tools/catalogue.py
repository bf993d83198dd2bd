# SPDX-License-Identifier: Apache-2.0
"""What the assembled program says about itself: its modules, commands and refusals.

The one place of the tools that knows how a module describes itself (`lejar.assembly.MODULES`), so
that tidy and the reference pages cannot disagree, and a change of the manifest changes one file.
"""

import importlib
import inspect
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

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


def is_assembled(root: Path = Path()) -> bool:
    """Tell whether there is an assembly to ask. Everything else must work once there is."""
    return (root / ASSEMBLY).exists()


def commands() -> list[CommandEntry]:
    """Return every command, in the order of the modules and of the verbs in each."""
    modules = importlib.import_module("lejar.assembly").MODULES
    return [_command(str(module.name), verb) for module in modules for verb in module.verbs]


def _command(module: str, verb: object) -> CommandEntry:
    command = _attribute(verb, "command")
    if not isinstance(command, type):
        message = f"a verb of {module} names {command!r}, which is not a command type"
        raise TypeError(message)
    return CommandEntry(
        module=module,
        name=command.__name__,
        text=inspect.getdoc(command) or "",
        fields=tuple(Field(f.name, _type_name(f.type)) for f in msgspec.structs.fields(command)),
        refusals=tuple(_refusal(r) for r in _iterable(_attribute(verb, "refusals"))),
    )


def _refusal(refusal: object) -> RefusalEntry:
    name = str(getattr(refusal, "code", None) or getattr(refusal, "name", refusal))
    return RefusalEntry(
        name.lower(), str(getattr(refusal, "en", "")), str(getattr(refusal, "ms", ""))
    )


def _attribute(owner: object, name: str) -> object:
    return getattr(owner, name)


def _iterable(value: object) -> Iterable[object]:
    if not isinstance(value, Iterable):
        message = f"refusals are a list or an enum, was {value!r}"
        raise TypeError(message)
    return value


def _type_name(annotation: object) -> str:
    if isinstance(annotation, type) and not getattr(annotation, "__args__", ()):
        return annotation.__name__
    return str(annotation).replace("typing.", "")

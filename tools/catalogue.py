# SPDX-License-Identifier: Apache-2.0
"""What the assembled program says about itself: its modules, commands and refusals.

The one place of the tools that knows how a module describes itself, so that tidy and the reference
pages cannot disagree, and a change of the manifest changes one file.
"""

import inspect
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import msgspec

from lejar.kernel.module import Module, Verb
from lejar.kernel.refusal import KernelRefusal, RefusalTable
from tools.type_names import type_name


class Field(NamedTuple):
    """One field of a command: its name, and its type as people write it."""

    name: str
    type: str


class RefusalEntry(NamedTuple):
    """One answer 'no', with what it says to people in English and Malay."""

    code: str
    sentence: str
    sentence_ms: str
    remedy: str
    remedy_ms: str
    basis: str


class RefusalGroup(NamedTuple):
    """One table of refusals, in order of precedence, and what it says of itself."""

    name: str
    text: str
    refusals: tuple[RefusalEntry, ...]


class CommandEntry(NamedTuple):
    """One command, as its module declares it. Refusals are in order of precedence."""

    module: str
    name: str
    tag: str
    role: str
    text: str
    fields: tuple[Field, ...]
    refusals: tuple[RefusalEntry, ...]


class Catalogue(NamedTuple):
    """Everything that may be asked, and every way to say no."""

    commands: tuple[CommandEntry, ...]
    refusals: tuple[RefusalGroup, ...]


def catalogue(modules: Iterable[Module]) -> Catalogue:
    """Describe modules, in their order, and the verbs of each in theirs."""
    listed = tuple(modules)
    return Catalogue(
        commands=tuple(_command(module.name, verb) for module in listed for verb in module.verbs),
        refusals=tuple(_groups(listed)),
    )


def _groups(modules: Iterable[Module]) -> Iterator[RefusalGroup]:
    yield _group("kernel", KernelRefusal)
    for module in modules:
        yield from (_group(module.name, table) for table in module.refusals)


def _group(name: str, table: type[RefusalTable]) -> RefusalGroup:
    return RefusalGroup(name, inspect.getdoc(table) or "", tuple(_refusal(r) for r in table))


def _command(module: str, verb: Verb) -> CommandEntry:
    command = verb.command
    return CommandEntry(
        module=module,
        name=command.__name__,
        tag=verb.name,
        role=verb.role,
        text=inspect.cleandoc(command.__doc__ or ""),
        fields=tuple(Field(f.name, type_name(f.type)) for f in msgspec.structs.fields(command)),
        refusals=tuple(_refusal(refusal) for refusal in verb.refusals),
    )


def _refusal(refusal: RefusalTable) -> RefusalEntry:
    row = refusal.row
    return RefusalEntry(
        code=refusal.code,
        sentence=row.sentence,
        sentence_ms=row.sentence_ms,
        remedy=row.remedy,
        remedy_ms=row.remedy_ms,
        basis=row.basis,
    )

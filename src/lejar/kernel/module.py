# SPDX-License-Identifier: Apache-2.0
"""What a domain module declares, and how the modules together make one machine.

Nothing registers itself at import: `assembly.py` names the modules in order, and `assemble` checks
that they fit together.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import msgspec

from lejar.kernel.codec import Decoder, decoder
from lejar.kernel.draft import Draft
from lejar.kernel.envelope import Command, Signed
from lejar.kernel.failure import must
from lejar.kernel.genesis import Genesis
from lejar.kernel.mandate import KIND, Carried, Mandate
from lejar.kernel.refusal import KernelRefusal, RefusalTable, Refused
from lejar.kernel.state import State, Table

Handler: TypeAlias = Callable[[Draft, Any], None]
Invariant: TypeAlias = Callable[[Draft], None]


class Event(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True, gc=False):
    """The base of every event; its tag is `module.what_happened`."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One command: who may sign it, what must hold, what it does, and how it can be refused."""

    command: type[Command]
    handler: Handler
    role: str
    """The role that a signing key needs."""
    refusals: tuple[RefusalTable, ...]
    """Every refusal of this command beyond the kernel's and the signers', by precedence."""
    matter: Callable[[Any], str] | None = None
    """What a command of this verb is about, where consent to one matter is not that to another."""
    subject: Callable[[Any], bytes] | None = None
    """What a command of this verb acts on, so that two proposals about one thing are known."""
    carries: Callable[[Any], bytes] | None = None
    """The bytes of another command that this one carries; the kernel reads them for the handler."""

    @property
    def name(self) -> str:
        """The tag, `module.verb`."""
        return str(self.command.__struct_config__.tag)

    def matter_of(self, command: Command) -> str:
        """Say what a command of this verb is about; empty where it makes no difference."""
        return "" if self.matter is None else self.matter(command)

    def as_carried(self, command: Command) -> Carried:
        """Describe a command of this verb to whoever carries it."""
        subject = None if self.subject is None else self.subject(command)
        return Carried(self.name, self.role, self.matter_of(command), subject)


Authorize: TypeAlias = Callable[[Draft, tuple[Signed, ...], Verb, Any], tuple[bytes, ...]]
"""Gives the parties that validly signed a command, or refuses."""


@dataclass(frozen=True, slots=True)
class Mandates:
    """What the module that keeps authorities says about them."""

    counted: Callable[[Draft, bytes], Mandate]
    """Gives the command and who stands behind it at this moment, or refuses."""
    became: Callable[[Draft, bytes, Refused | None], None]
    """Is told what became of it, in the same entry: carried out, or refused with its reason."""


@dataclass(frozen=True, slots=True)
class Module:
    """A room of the domain, as the machine sees it."""

    name: str
    verbs: tuple[Verb, ...] = ()
    tables: tuple[Table[Any], ...] = ()
    events: tuple[type[Event], ...] = ()
    refusals: tuple[type[RefusalTable], ...] = ()
    due: tuple[tuple[str, Handler], ...] = ()
    """What runs by itself when its moment comes: (kind, handler of the payload bytes)."""
    invariants: tuple[Invariant, ...] = ()
    audits: tuple[Callable[[State], None], ...] = ()
    """What is always true of the whole state; walked by a full replay, never by `apply`."""
    genesis: Callable[[Draft, Genesis], None] | None = None
    rebuild: Callable[[State], None] | None = None
    """Fills the module's derived tables after a snapshot was loaded."""
    mandates: Mandates | None = None
    """Set by the one module whose authorities let commands run by themselves."""


@dataclass(frozen=True, slots=True)
class Machine:
    """All modules together: what `apply` needs to run any command."""

    modules: tuple[Module, ...]
    authorize: Authorize
    time_offset: Callable[[State], int]
    verbs: dict[type[Command], Verb]
    due: dict[str, Handler]
    tables: dict[int, Table[Any]]
    invariants: tuple[Invariant, ...]
    refusals: dict[str, RefusalTable]
    read_command: Decoder
    read_event: Decoder
    committed: frozenset[int] = field(default_factory=frozenset)
    """The tags of the tables that the state tree commits."""
    mandates: Mandates | None = None

    def verb_named(self, name: str) -> Verb | None:
        """Find a verb by its tag."""
        return next((verb for verb in self.verbs.values() if verb.name == name), None)


def assemble(
    modules: Sequence[Module],
    authorize: Authorize,
    time_offset: Callable[[State], int],
) -> Machine:
    """Put the modules together; two that claim one name, tag or code are our own mistake."""
    verbs = [verb for module in modules for verb in module.verbs]
    tables = [table for module in modules for table in module.tables]
    events = [event for module in modules for event in module.events]
    due = [pair for module in modules for pair in module.due]
    mandates = [module.mandates for module in modules if module.mandates is not None]
    tags = [table.prefix[0] for table in tables]
    for kind, names in (
        ("module", [module.name for module in modules]),
        ("command", [verb.name for verb in verbs]),
        ("event", [str(event.__struct_config__.tag) for event in events]),
        ("kind of due work", [KIND, *(name for name, _ in due)]),
        ("keeping of mandates", ["mandates" for _ in mandates]),
        ("table", [table.name for table in tables]),
        ("table tag", [str(tag) for tag in tags]),
    ):
        must(len(names) == len(dict.fromkeys(names)), f"two modules claim one {kind}: {names}")
    return Machine(
        modules=tuple(modules),
        authorize=authorize,
        time_offset=time_offset,
        verbs={verb.command: verb for verb in verbs},
        due=dict(due),
        tables=dict(zip(tags, tables, strict=True)),
        invariants=tuple(check for module in modules for check in module.invariants),
        refusals=_refusals(modules),
        read_command=decoder(_union([verb.command for verb in verbs])),
        read_event=decoder(_union(events)),
        committed=frozenset(  # dst-ok: membership only
            t.prefix[0] for t in tables if not t.derived
        ),
        mandates=mandates[0] if mandates else None,
    )


def _union(types: Sequence[type]) -> Any:
    union: Any = types[0]
    for one in types[1:]:
        union |= one
    return union


def _refusals(modules: Sequence[Module]) -> dict[str, RefusalTable]:
    found: dict[str, RefusalTable] = {}
    tables: list[type[RefusalTable]] = [KernelRefusal]
    tables += [table for module in modules for table in module.refusals]
    for table in tables:
        must(len(table) == len(table.__members__), f"two rows of {table.__name__} are the same")
        for refusal in table:
            must(refusal.code not in found, f"two tables claim the refusal {refusal.code}")
            found[refusal.code] = refusal
    return found

# SPDX-License-Identifier: Apache-2.0
"""What became of each collected fact: a rule carries it, code does, or the reason why none can.

A fact that names a rule which is in no pack, or code which is not there, is mapped to nothing; the
list of those must be empty.
"""

from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from lejar.reference.facts import Fact, facts
from lejar.reference.pack_files import pack_folder
from lejar.reference.packs import jurisdictions, shipped_pack

FACTS: Final = "facts"


class Unenforceable(msgspec.Struct, frozen=True):
    """A fact that no rule can carry, and why."""

    fact: str
    why: str


class Coverage(msgspec.Struct, frozen=True):
    """How many facts there are, how many bind, and what became of the others."""

    facts: int
    enforced: int
    not_enforceable: tuple[Unenforceable, ...]
    unmapped: tuple[str, ...]


class Outcome(msgspec.Struct, frozen=True):
    """What became of one fact."""

    fact: Fact
    lacking: tuple[str, ...]
    """Rules or code that it names and that are not there."""

    @property
    def is_enforced(self) -> bool:
        """Whether all that it names is there."""
        return self.fact.why_not is None and not self.lacking


def with_facts() -> tuple[str, ...]:
    """Give the shipped folders that hold facts."""
    folders = sorted(pack_folder().iterdir(), key=lambda one: one.name)
    return tuple(one.name for one in folders if one.is_dir() and one.joinpath(FACTS).is_dir())


def shipped_rule_ids() -> frozenset[str]:
    """Give the ids of all rules that are shipped.  Raises PackErrors."""
    return frozenset(rule.id for one in jurisdictions() for rule in shipped_pack(one).rules)


def outcomes(
    which: Iterable[str], rule_ids: frozenset[str], code_exists: Callable[[str], bool]
) -> tuple[Outcome, ...]:
    """Say what became of every fact of some jurisdictions.  Raises PackError."""
    return tuple(
        Outcome(fact, _lacking(fact, rule_ids, code_exists)) for one in which for fact in facts(one)
    )


def summed(found: Iterable[Outcome]) -> Coverage:
    """Count what became of facts."""
    listed = tuple(found)
    return Coverage(
        facts=len(listed),
        enforced=sum(one.is_enforced for one in listed),
        not_enforceable=tuple(
            Unenforceable(one.fact.id, one.fact.why_not)
            for one in listed
            if one.fact.why_not is not None
        ),
        unmapped=tuple(one.fact.id for one in listed if one.lacking),
    )


def _lacking(
    fact: Fact, rule_ids: frozenset[str], code_exists: Callable[[str], bool]
) -> tuple[str, ...]:
    rules = tuple(name for name in fact.carried_by or () if name not in rule_ids)
    if fact.enforced_by is None:
        return rules
    code = fact.enforced_by.partition(":")[0]
    return rules if code_exists(code) else (*rules, code)

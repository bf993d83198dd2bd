# SPDX-License-Identifier: Apache-2.0
"""Packs and their rules, by two times: in force at one moment, as known at another.

Rules are public, all of them, with everything that they rest on.
"""

from dataclasses import dataclass

from sqlalchemy import Select, select

from lejar.domain.policy.pack import Rule
from lejar.kernel.codec import decoder
from lejar.projections.paging import FIRST_PAGE, Listing, Page, Wanted, page
from lejar.projections.ruled_schema import (
    duties,
    market_switches,
    pack_names,
    pack_rules,
    packs,
)
from lejar.projections.snapshot import Found, Snapshot

read_rule = decoder(Rule)


@dataclass(frozen=True, slots=True)
class PackLine:
    """A version of a jurisdiction's pack; it counts from its entry until the next one's."""

    jurisdiction: str
    version: str
    digest: bytes
    offset_minutes: int
    rules: int
    recorded_at: int
    adopted_by: bytes
    basis: str
    link: str | None
    entry: int


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule as a version of its pack has it."""

    jurisdiction: str
    version: str
    offset_minutes: int
    recorded_at: int
    entry: int
    rule: Rule


@dataclass(frozen=True, slots=True)
class NameLine:
    """What a word of the packs stands for: a party, an account or an asset."""

    name: str
    target: bytes
    at: int
    entry: int


@dataclass(frozen=True, slots=True)
class SwitchLine:
    """A switch of the whole market, as it stands."""

    name: str
    is_on: bool
    set_by: bytes
    basis: str
    link: str | None
    since: int
    entry: int


@dataclass(frozen=True, slots=True)
class DutyLine:
    """What a rule has brought in of one currency, in its smallest units."""

    rule: str
    asset: bytes
    times: int
    base: int
    amount: int


_PACK = tuple(packs.c[name] for name in PackLine.__dataclass_fields__)
_RULE = (
    pack_rules.c.jurisdiction,
    pack_rules.c.version,
    packs.c.offset_minutes,
    packs.c.recorded_at,
    pack_rules.c.entry,
    pack_rules.c.ordinal,
    pack_rules.c.data,
)
_OF_PACK = pack_rules.join(
    packs,
    (packs.c.jurisdiction == pack_rules.c.jurisdiction) & (packs.c.version == pack_rules.c.version),
)


def packs_page(snapshot: Snapshot, wanted: Wanted = FIRST_PAGE) -> Page[PackLine]:
    """Give a page of every version of every pack, the newest first."""
    return page(snapshot, _PACKS, select(*_PACK), wanted)


def versions(snapshot: Snapshot, jurisdiction: str) -> tuple[PackLine, ...]:
    """Give every version of a jurisdiction's pack, the newest first."""
    query = select(*_PACK).where(packs.c.jurisdiction == jurisdiction)
    found = snapshot.connection.execute(query.order_by(packs.c.entry.desc()))
    return tuple(_pack(row) for row in found)


def pack(snapshot: Snapshot, jurisdiction: str, version: str) -> PackLine | None:
    """Give one version."""
    query = select(*_PACK).where(packs.c.jurisdiction == jurisdiction, packs.c.version == version)
    row = snapshot.connection.execute(query).one_or_none()
    return None if row is None else _pack(row)


def newest_packs(snapshot: Snapshot) -> tuple[PackLine, ...]:
    """Give the version that counts now of each jurisdiction, in their order."""
    found: dict[str, PackLine] = {}
    query = select(*_PACK).order_by(packs.c.jurisdiction, packs.c.entry)
    for row in snapshot.connection.execute(query):
        found[row.jurisdiction] = _pack(row)
    return tuple(found.values())


def known_at(lines: tuple[PackLine, ...], known: int | None) -> PackLine | None:
    """Give the newest version that was recorded by a moment; of several, the newest stands first.

    None for the moment means now.
    """
    for one in lines:
        if known is None or one.recorded_at <= known:
            return one
    return None


def rules_of(snapshot: Snapshot, of: PackLine, at: int | None = None) -> tuple[Rule, ...]:
    """Give a version's rules in their order: those in force at a moment, or all."""
    c = pack_rules.c
    query = select(c.data).where(c.jurisdiction == of.jurisdiction, c.version == of.version)
    found = snapshot.connection.execute(query.order_by(c.ordinal)).scalars()
    rules: list[Rule] = [read_rule(data) for data in found]
    return tuple(rule for rule in rules if at is None or rule.is_in_force(at))


def rule_history(snapshot: Snapshot, rule: str) -> tuple[RuleLine, ...]:
    """Give a rule in every version that has it, the newest first."""
    query = _rules().where(pack_rules.c.rule == rule)
    ordered = query.order_by(pack_rules.c.entry.desc(), pack_rules.c.ordinal)
    return tuple(_rule(row) for row in snapshot.connection.execute(ordered))


def rule_of(snapshot: Snapshot, pack_name: str, rule: str, at: int) -> Rule | None:
    """Give a rule as a version has it, such as `my 2026.11.1`; the one in force at a moment."""
    jurisdiction, _, version = pack_name.partition(" ")
    c = pack_rules.c
    query = select(c.data).where(
        c.jurisdiction == jurisdiction, c.version == version, c.rule == rule
    )
    data = snapshot.connection.execute(query.order_by(c.ordinal)).scalars()
    found: list[Rule] = [read_rule(one) for one in data]
    return next((one for one in found if one.is_in_force(at)), found[0] if found else None)


def names_bound(snapshot: Snapshot) -> tuple[NameLine, ...]:
    """Give what the packs' words stand for, in the words' order."""
    c = pack_names.c
    query = select(c.name, c.target, c.at, c.entry).order_by(c.name)
    return tuple(NameLine(*row) for row in snapshot.connection.execute(query))


def switches(snapshot: Snapshot) -> tuple[SwitchLine, ...]:
    """Give the market's switches in the order of their names."""
    c = market_switches.c
    query = select(c.name, c.is_on, c.set_by, c.basis, c.link, c.since, c.entry).order_by(c.name)
    return tuple(
        SwitchLine(row[0], bool(row[1]), *row[2:]) for row in snapshot.connection.execute(query)
    )


def duty_totals(snapshot: Snapshot) -> tuple[DutyLine, ...]:
    """Give what every rule has brought in."""
    c = duties.c
    query = select(c.rule, c.asset, c.times, c.base, c.amount).order_by(c.rule, c.asset)
    return tuple(DutyLine(*row) for row in snapshot.connection.execute(query))


def _rules() -> Select[*tuple[object, ...]]:
    return select(*_RULE).select_from(_OF_PACK)


def _pack(row: Found) -> PackLine:
    return PackLine(*row)


def _rule(row: Found) -> RuleLine:
    rule: Rule = read_rule(row.data)
    return RuleLine(
        row.jurisdiction, row.version, row.offset_minutes, row.recorded_at, row.entry, rule
    )


_PACKS: Listing[PackLine] = Listing("packs", (packs.c.entry,), _pack)

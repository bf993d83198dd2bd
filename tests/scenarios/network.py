# SPDX-License-Identifier: Apache-2.0
"""The network that scenarios play on: who founds it, with which keys and powers, on which calendar.

Every key comes from its name, so every byte of a scenario is the same on every machine.
"""

import datetime
from typing import Final, Literal, TypeAlias

from lejar.assembly import MODULES
from lejar.domain import calendar, consent
from lejar.domain.calendar import Calendar
from lejar.domain.consent import (
    ConsentSection,
    FoundingOfficer,
    FoundingRequirement,
    Requirement,
)
from lejar.domain.identity import (
    FoundingParty,
    IdentitySection,
    Key,
    PartyKind,
    Power,
    Role,
    Threshold,
)
from lejar.kernel.genesis import Genesis, genesis
from lejar.kernel.module import Machine, assemble
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_HOUR, start_of
from lejar.kernel.rulebook import Rulebook, single
from lejar.kernel.signature import public_key_of
from tests.scenarios import paper
from tests.scenarios.values import OFFSET_MINUTES, digest_of, seed_of

Network: TypeAlias = Literal["production", "test", "demonstration", "consenting"]
"""A kind of network; a consenting one is a test network whose agencies must agree."""

MACHINE: Final[Machine] = assemble(
    (*MODULES, paper.MODULE), consent.authorize, calendar.time_offset
)
RULEBOOK: Final[Rulebook] = single(MACHINE)

BEGINS_AT: Final = start_of(datetime.date(2026, 11, 24), OFFSET_MINUTES) + 9 * MICROS_PER_HOUR
"""A Tuesday, 09:00 in Malaysia."""

CUT_OFF_MINUTES: Final = 17 * 60
"""The test network's own; no claim about any real system."""

_BOTH: Final = (Role.OPERATE, Role.ADMINISTER)
_FOUNDERS: Final[tuple[tuple[str, PartyKind, tuple[Power, ...], tuple[str, ...]], ...]] = (
    (
        "sc",
        PartyKind.AGENCY,
        (
            Power.APPROVE_ISSUES,
            Power.DIRECT,
            Power.RECOVER_KEYS,
            Power.ISSUE_CREDENTIALS,
            Power.SET_POLICY,
        ),
        (),
    ),
    ("bnm", PartyKind.AGENCY, (Power.ISSUE_MONEY, Power.DIRECT, Power.RUN_SETTLEMENT), ()),
    ("overseas", PartyKind.AGENCY, (Power.ISSUE_MONEY,), ()),
    (
        "digital",
        PartyKind.AGENCY,
        (Power.REGISTER_PARTIES, Power.RECOVER_KEYS, Power.ISSUE_CREDENTIALS),
        (),
    ),
    ("node", PartyKind.SYSTEM, (Power.TICK,), ()),
    ("alpha_bank", PartyKind.COMPANY, (), ("bank",)),
    ("beta_bank", PartyKind.COMPANY, (), ("bank",)),
    ("custodian", PartyKind.COMPANY, (Power.FREE_OF_PAYMENT,), ("investor",)),
    ("issuer", PartyKind.COMPANY, (), ()),
    ("alice", PartyKind.PERSON, (), ("investor",)),
    ("bob", PartyKind.PERSON, (), ("investor",)),
    ("carol", PartyKind.PERSON, (), ()),
)


def party_id(name: str) -> bytes:
    """Give the id of a founding party."""
    return digest_of(f"party/{name}", 16)


def key(name: str, *roles: Role) -> Key:
    """Give a test key's public half with its roles; both roles when none is named."""
    return Key(public_key_of(seed_of(name)), roles or _BOTH)


def founding(kind: Network) -> Genesis:
    """Write the genesis of a kind of network."""
    days = Calendar(OFFSET_MINUTES, (5, 6), (datetime.date(2026, 12, 25),), CUT_OFF_MINUTES)
    if kind == "consenting":
        return genesis(
            "scenarios", "test", BEGINS_AT, identity=_agreeing(), calendar=days, consent=_consent()
        )
    return genesis("scenarios", kind, BEGINS_AT, identity=_parties(), calendar=days)


def _parties() -> IdentitySection:
    parties = [
        FoundingParty(party_id(name), party, (key(name),), (), powers, credentials)
        for name, party, powers, credentials in _FOUNDERS
    ]
    return IdentitySection((*parties, _treasury()))


AGREEING: Final = ("sc", "bnm", "digital")
OFFICERS: Final = (1, 2)
"""Beside its key without an officer, `sc`, an agency has `sc/1` and `sc/2`, of two persons:
`id:sc-1` and `id:sc-2`."""

FOUR_EYES: Final = 2
NOTICE: Final = 2 * MICROS_PER_DAY
REQUIRED: Final[tuple[tuple[str, str, tuple[str, ...], int, int], ...]] = (
    ("identity.grant_power", "digital", ("sc",), FOUR_EYES, 0),
    ("identity.revoke_power", "digital", ("sc", "bnm"), FOUR_EYES, NOTICE),
    ("policy.grant_status/licence", "sc", (), FOUR_EYES, 0),
    ("identity.recover_keys", "sc", ("digital",), 1, 0),
    ("identity.suspend_party", "digital", (), FOUR_EYES, 0),
)
"""Verb, owner, concurring, officers, notice; the test network's own, no claim about any law."""


def _agreeing() -> IdentitySection:
    """The usual parties, where each agency has two officers and may govern."""

    def with_officers(one: FoundingParty) -> FoundingParty:
        name = next((name for name in AGREEING if party_id(name) == one.party), None)
        if name is None:
            return one
        keys = (*one.keys, *(key(f"{name}/{number}") for number in OFFICERS))
        powers = (*one.powers, Power.GOVERN)
        return FoundingParty(one.party, one.kind, keys, one.thresholds, powers, one.credentials)

    return IdentitySection(tuple(with_officers(one) for one in _parties().parties))


def _consent() -> ConsentSection:
    officers = [
        FoundingOfficer(
            party_id(name),
            public_key_of(seed_of(f"{name}/{number}")),
            digest_of(f"id:{name}-{number}", 16),
        )
        for name in AGREEING
        for number in OFFICERS
    ]
    requirements = [
        FoundingRequirement(
            verb,
            Requirement(party_id(owner), tuple(party_id(p) for p in concurring), needed, notice),
        )
        for verb, owner, concurring, needed, notice in REQUIRED
    ]
    return ConsentSection(tuple(officers), tuple(requirements))


def founder_names() -> dict[str, bytes]:
    """Give every founding party's id by its name."""
    return {name: party_id(name) for name in (*(row[0] for row in _FOUNDERS), "treasury")}


def _treasury() -> FoundingParty:
    """A company whose commands need two of three keys, and whose keys change only by a fourth."""
    keys = (
        *(key(f"treasury/{n}", Role.OPERATE) for n in (1, 2, 3)),
        key("treasury/admin", Role.ADMINISTER),
    )
    ring = (Threshold(Role.OPERATE, 2),)
    return FoundingParty(party_id("treasury"), PartyKind.COMPANY, keys, ring, (), ("investor",))

# SPDX-License-Identifier: Apache-2.0
"""The network that scenarios play on: who founds it, with which keys and powers, on which calendar.

Every key comes from its name, so every byte of a scenario is the same on every machine.
"""

import datetime
from typing import Final

from lejar.assembly import MODULES
from lejar.domain import calendar, identity
from lejar.domain.calendar import Calendar
from lejar.domain.identity import (
    FoundingParty,
    IdentitySection,
    Key,
    PartyKind,
    Power,
    Role,
    Threshold,
)
from lejar.kernel.genesis import Genesis, Kind, genesis
from lejar.kernel.module import Machine, assemble
from lejar.kernel.moment import MICROS_PER_HOUR, start_of
from lejar.kernel.rulebook import Rulebook, single
from lejar.kernel.signature import public_key_of
from tests.scenarios import paper
from tests.scenarios.values import OFFSET_MINUTES, digest_of, seed_of

MACHINE: Final[Machine] = assemble(
    (*MODULES, paper.MODULE), identity.authorize, calendar.time_offset
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
    ("bnm", PartyKind.AGENCY, (Power.ISSUE_MONEY, Power.DIRECT), ()),
    (
        "digital",
        PartyKind.AGENCY,
        (Power.REGISTER_PARTIES, Power.RECOVER_KEYS, Power.ISSUE_CREDENTIALS),
        (),
    ),
    ("node", PartyKind.SYSTEM, (Power.TICK,), ()),
    ("alpha_bank", PartyKind.COMPANY, (), ("bank",)),
    ("beta_bank", PartyKind.COMPANY, (), ("bank",)),
    ("custodian", PartyKind.COMPANY, (), ("investor",)),
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


def founding(kind: Kind) -> Genesis:
    """Write the genesis of a kind of network."""
    parties = [
        FoundingParty(party_id(name), party, (key(name),), (), powers, credentials)
        for name, party, powers, credentials in _FOUNDERS
    ]
    section = IdentitySection((*parties, _treasury()))
    days = Calendar(OFFSET_MINUTES, (5, 6), (datetime.date(2026, 12, 25),), CUT_OFF_MINUTES)
    return genesis("scenarios", kind, BEGINS_AT, identity=section, calendar=days)


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

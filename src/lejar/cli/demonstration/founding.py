# SPDX-License-Identifier: Apache-2.0
"""Found a demonstration: keys in the data folder, and a genesis that begins before the paper."""

from datetime import date
from pathlib import Path
from typing import Final

from lejar.cli.demonstration.cast import (
    AGENCIES,
    FOUNDERS,
    LHDN,
    REGISTERED,
    Role,
    second_officer_of,
)
from lejar.cli.demonstration.consenting import standard_requirements
from lejar.domain.calendar.model import Hub
from lejar.domain.consent import ConsentSection, FoundingOfficer
from lejar.domain.identity import FoundingParty, IdentitySection, Key
from lejar.domain.identity import Role as KeyRole
from lejar.domain.policy import PolicySection
from lejar.domain.policy.book import Bound
from lejar.kernel.digest import sha256
from lejar.kernel.genesis import Genesis, genesis
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.moment import MICROS_PER_DAY, MICROS_PER_MINUTE, start_of
from lejar.node.clock import system_clock
from lejar.node.founding import LOG_KEY, WITNESS_PREFIX, write_genesis
from lejar.node.keys import KeyFile, KeyFolder
from lejar.node.names import write_name
from lejar.reference import calendar, listing

JURISDICTION: Final = "my"
ISIN: Final = "MYBVO2103476"
OPENS_MINUTES: Final = 9 * 60
WITNESSES: Final = ("sc", "bnm", "digital")
ROLES: Final = (KeyRole.OPERATE, KeyRole.ADMINISTER)
FIRST_VOICE: Final = "bnm"
"""Of several agencies that sign a licence the first by id is who says it, and the pack takes a
bank's licence by the central bank's word alone: among the founders its id comes first."""
NAME: Final = "Lejar demonstration"


def issue_date() -> date:
    """Give the real paper's date of issue."""
    found = listing(JURISDICTION, ISIN).published.accrual_start
    if found is None:
        raise LookupError(ISIN)
    return found


def moment_of(day: date, minutes: int = OPENS_MINUTES) -> int:
    """Give the moment so many minutes into a local day; as it is, when business opens."""
    offset = calendar(JURISDICTION).calendar.offset_minutes
    return start_of(day, offset) + minutes * MICROS_PER_MINUTE


def found(home: Path) -> Genesis:
    """Make the keys and the genesis of a fresh demonstration in a data folder."""
    keys = KeyFolder(home)
    founders = tuple(_founder(keys, role) for role in FOUNDERS)
    for role in REGISTERED:
        keys.make(role.name, party=None, roles=ROLES)
    for name in (LOG_KEY, *(f"{WITNESS_PREFIX}{witness}" for witness in WITNESSES)):
        keys.make(name, party=None, roles=())
    begins_at = moment_of(issue_date()) - MICROS_PER_DAY
    made = genesis(
        NAME,
        "demonstration",
        begins_at,
        calendar=calendar(JURISDICTION).calendar,
        consent=_consent(keys),
        hub=Hub("demonstration", begins_at - system_clock()),
        identity=IdentitySection(tuple(sorted(founders, key=lambda one: one.party))),
        policy=_policy(keys),
    )
    write_genesis(home, made)
    for role, founder in zip(FOUNDERS, founders, strict=True):
        write_name(home, founder.party, role.en)
    return made


def _founder(keys: KeyFolder, role: Role) -> FoundingParty:
    made = keys.make(role.name, party=None, roles=ROLES)
    digest = sha256(b"lejar/demonstration/party\n" + bytes.fromhex(made.public))
    party = bytes([role.name != FIRST_VOICE]) + digest[: ID_BYTES - 1]
    ring = [keys.belongs_to(role.name, party)]
    if role in AGENCIES:
        ring.append(keys.make(second_officer_of(role.name), party=party, roles=ROLES))
    return FoundingParty(
        party, role.kind, tuple(public_key(one) for one in ring), (), role.powers, ()
    )


def _consent(keys: KeyFolder) -> ConsentSection:
    """Give each agency two officers, of two persons, and say who must agree to what."""
    officers = [
        _officer(keys.read(name))
        for role in AGENCIES
        for name in (role.name, second_officer_of(role.name))
    ]
    agencies = [keys.read(role.name).party_id for role in (*AGENCIES, LHDN)]
    return ConsentSection(tuple(officers), standard_requirements(*agencies))


def _policy(keys: KeyFolder) -> PolicySection:
    """Say who the agencies are that packs name; accounts are named once they are open."""
    roles = (*AGENCIES, LHDN)
    return PolicySection(tuple(Bound(one.name, keys.read(one.name).party_id) for one in roles))


def _officer(key: KeyFile) -> FoundingOfficer:
    public = bytes.fromhex(key.public)
    person = sha256(b"lejar/demonstration/person\n" + public)[:ID_BYTES]
    return FoundingOfficer(key.party_id, public, person)


def public_key(key: KeyFile) -> Key:
    """Give a key as a party's key ring holds it."""
    return Key(bytes.fromhex(key.public), key.roles)

# SPDX-License-Identifier: Apache-2.0
"""What must hold of identity's commands, each named as its sentence."""

from lejar.domain.identity.commands import Keys, Thresholds
from lejar.domain.identity.held import COUNTRY, held
from lejar.domain.identity.model import (
    PARTIES,
    POWERS,
    Party,
    PartyStatus,
    Power,
    Role,
    has_power,
)
from lejar.domain.identity.refusals import IdentityRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader

WITNESSES = 2


def known_party(reader: Reader, party: bytes) -> Party:
    """The party exists."""
    found = PARTIES.get(reader, party)
    if found is None:
        raise Refused(IdentityRefusal.PARTY_UNKNOWN, party=party)
    return found


def keyring_can_act(keys: Keys, thresholds: Thresholds) -> None:
    """Every key stands once, every threshold once, and each role has keys enough."""
    publics = [key.public for key in keys]
    roles = [threshold.role for threshold in thresholds]
    if len(publics) != len(dict.fromkeys(publics)) or len(roles) != len(dict.fromkeys(roles)):
        raise Refused(IdentityRefusal.KEYRING_UNUSABLE)
    wanted = {threshold.role: threshold.keys for threshold in thresholds}
    for role in Role:
        have = sum(1 for key in keys if role in key.roles)
        if have < wanted.get(role, 1):
            raise Refused(IdentityRefusal.KEYRING_UNUSABLE, role=str(role), keys=have)


def two_agencies_witness(draft: Draft) -> None:
    """Two different parties that may recover keys have signed."""
    witnesses = [p for p in draft.signers if has_power(draft, p, Power.RECOVER_KEYS)]
    if not witnesses:
        raise Refused(IdentityRefusal.POWER_MISSING, power=str(Power.RECOVER_KEYS))
    if len(witnesses) < WITNESSES:
        raise Refused(IdentityRefusal.WITNESS_MISSING)


def country_is_the_only_one(reader: Reader, party: bytes, type_: str) -> Refused | None:
    """No other credential of the family `country` stands: a person is resident in one place.

    Basis: rules of the hub; a cap on foreign ownership could not count a person of two countries.
    """
    if not type_.startswith(COUNTRY):
        return None
    standing = held(reader, party).country_at(reader.at)
    if standing is None or COUNTRY + standing == type_:
        return None
    return Refused(IdentityRefusal.COUNTRY_ALREADY, credential=COUNTRY + standing)


def somebody_else_governs(reader: Reader, party: bytes) -> None:
    """A party that can act keeps the power to govern when this one loses it."""
    wanted = Power.GOVERN.encode()
    for key, _ in POWERS.scan(reader):
        holder, power = key[:ID_BYTES], key[ID_BYTES:]
        if power == wanted and holder != party:
            status = PARTIES.require(reader, holder).status
            if status is PartyStatus.OPEN:
                return
    raise Refused(IdentityRefusal.POWER_LAST, party=party)

# SPDX-License-Identifier: Apache-2.0
"""Who signed, as the state sees it: key, party, role, threshold.

The arithmetic of signatures was done outside; asking here means that a rotation in between is seen.
"""

from lejar.domain.identity.model import (
    KEYRINGS,
    PARTIES,
    KeyRing,
    Party,
    PartyStatus,
    Power,
    has_power,
)
from lejar.domain.identity.refusals import IdentityRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.envelope import Signed
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader

_PARTY = PARTIES.prefix
_OPEN = PartyStatus.OPEN


def authorize(draft: Draft, signatures: tuple[Signed, ...], role: str) -> tuple[bytes, ...]:
    """Give the parties that validly signed in a role, in the order of their ids, or refuse."""
    parties: list[bytes] = []
    counted = 0
    ring: KeyRing | None = None
    for signed in signatures:  # ordered by (party, key), so a party's signatures stand together
        party = signed.party
        if not parties or parties[-1] != party:
            if ring is not None:
                _enough(ring, role, counted, parties[-1])
            ring = _ring_of(draft, party)
            parties.append(party)
            counted = 0
        counted += _counts(ring, signed, role)
    if ring is not None:
        _enough(ring, role, counted, parties[-1])
    return tuple(parties)


def _ring_of(draft: Draft, party: bytes) -> KeyRing:
    known: Party | None = draft.get(_PARTY + party)
    if known is None:
        raise Refused(IdentityRefusal.SIGNER_UNKNOWN, signer=party)
    if known.status is not _OPEN:
        raise Refused(IdentityRefusal.SIGNER_SUSPENDED, signer=party)
    return KEYRINGS.require(draft, party)


def _counts(ring: KeyRing | None, signed: Signed, role: str) -> int:
    for key in ring.keys if ring is not None else ():
        if key.public == signed.key:
            if role in key.roles:
                return 1
            raise Refused(IdentityRefusal.ROLE_MISSING, signer=signed.party, role=str(role))
    raise Refused(IdentityRefusal.KEY_UNKNOWN, signer=signed.party)


def _enough(ring: KeyRing, role: str, counted: int, party: bytes) -> None:
    if not ring.thresholds and counted:
        return
    wanted = 1
    for threshold in ring.thresholds:
        if threshold.role == role:
            wanted = threshold.keys
    if counted < wanted:
        raise Refused(IdentityRefusal.THRESHOLD_UNMET, signer=party, signed=counted, needed=wanted)


def acting_keys(
    reader: Reader, party: bytes, keys: tuple[bytes, ...], role: str
) -> tuple[bytes, ...]:
    """Give those of the keys with which a party acts in a role now; none if they are too few.

    What `authorize` asks of an envelope, asked again of keys that signed at different times.
    """
    known = PARTIES.get(reader, party)
    if known is None or known.status is not _OPEN:
        return ()
    ring = KEYRINGS.require(reader, party)
    able = [key.public for key in ring.keys if role in key.roles]
    found = tuple(key for key in keys if key in able)
    wanted = next((one.keys for one in ring.thresholds if one.role == role), 1)
    return found if len(found) >= wanted else ()


def signer_with(draft: Draft, power: Power) -> bytes:
    """Give the first signer with a power, or refuse."""
    for party in draft.signers:
        if has_power(draft, party, power):
            return party
    raise Refused(IdentityRefusal.POWER_MISSING, power=str(power))


def must_have_signed(draft: Draft, party: bytes) -> None:
    """Refuse unless a party is among the signers."""
    if party not in draft.signers:
        raise Refused(IdentityRefusal.NOT_THE_PARTY, party=party)

# SPDX-License-Identifier: Apache-2.0
"""The parties a network begins with, their keys, powers and credentials."""

from lejar.domain.identity.held import COUNTRY, note
from lejar.domain.identity.model import (
    CREDENTIALS,
    KEYRINGS,
    PARTIES,
    POWERS,
    Credential,
    Granted,
    Key,
    KeyRing,
    Party,
    PartyKind,
    PartyStatus,
    Power,
    Threshold,
)
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.failure import must
from lejar.kernel.genesis import Genesis


class FoundingParty(Record, frozen=True):
    """A party that nobody had to register."""

    party: bytes
    kind: PartyKind
    keys: tuple[Key, ...]
    thresholds: tuple[Threshold, ...]
    powers: tuple[Power, ...]
    credentials: tuple[str, ...]


class IdentitySection(Record, frozen=True):
    """Identity's part of the genesis."""

    parties: tuple[FoundingParty, ...]


def found_identity(draft: Draft, genesis: Genesis) -> None:
    """Write the founding parties."""
    section = genesis.section("identity", IdentitySection)
    for one in section.parties if section is not None else ():
        must(PARTIES.get(draft, one.party) is None, "a founding party is named once")
        PARTIES.put(draft, one.party, Party(one.kind, PartyStatus.OPEN, draft.at, one.party))
        KEYRINGS.put(draft, one.party, KeyRing(one.keys, one.thresholds, 1))
        for power in one.powers:
            POWERS.put(draft, one.party + power.encode(), Granted(draft.at))
        countries = [type_ for type_ in one.credentials if type_.startswith(COUNTRY)]
        must(len(countries) <= 1, "a founding party has one country at most")
        for type_ in one.credentials:
            found = Credential(one.party, draft.at, None, None)
            CREDENTIALS.put(draft, one.party + type_.encode(), found)
            note(draft, one.party, type_, found)

# SPDX-License-Identifier: Apache-2.0
"""Who has agreed: one count for an envelope that carries all signatures and for a proposal.

A voice counts if its key is in the party's ring today, in the role that the command needs, with as
many others as the party's threshold asks, and if the person behind the key is still the one who
spoke.  The person decides, never the key.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from lejar.domain.consent.model import AGREEMENTS, Requirement, person_behind
from lejar.domain.consent.refusals import ConsentRefusal
from lejar.domain.identity import acting_keys
from lejar.kernel.draft import Draft
from lejar.kernel.identifiers import ID_BYTES, NOBODY, show
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader


@dataclass(frozen=True, slots=True)
class Voice:
    """One signature: a key of a party, and the natural person behind it at that time."""

    party: bytes
    person: bytes
    key: bytes


@dataclass(frozen=True, slots=True)
class Heard:
    """The parties that have agreed, in the order of their ids, each with how many persons."""

    persons: dict[bytes, int]

    @property
    def parties(self) -> tuple[bytes, ...]:
        """The parties."""
        return tuple(self.persons)


def voices_signing(draft: Draft, concerned: tuple[bytes, ...]) -> tuple[Voice, ...]:
    """Give the voices of those concerned among who signed this command."""
    return tuple(
        Voice(one.party, person_behind(draft, one.party, one.key), one.key)
        for one in draft.signatures
        if one.party in concerned
    )


def voices_for(reader: Reader, proposal: bytes) -> tuple[Voice, ...]:
    """Give every voice that a proposal was ever given."""
    first, second = 2 * ID_BYTES, 3 * ID_BYTES
    return tuple(
        Voice(key[ID_BYTES:first], key[first:second], key[second:])
        for key, _ in AGREEMENTS.scan(reader, proposal)
    )


def heard(reader: Reader, voices: Iterable[Voice], role: str) -> Heard:
    """Count the voices as the state stands."""
    standing = [v for v in voices if person_behind(reader, v.party, v.key) == v.person]
    counted: dict[bytes, int] = {}
    for party in sorted(dict.fromkeys(voice.party for voice in standing)):
        own = [voice for voice in standing if voice.party == party]
        keys = acting_keys(reader, party, tuple(voice.key for voice in own), role)
        if keys:
            persons = dict.fromkeys(voice.person for voice in own if voice.key in keys)
            counted[party] = len([one for one in persons if one != NOBODY])
    return Heard(counted)


def lacking(requirement: Requirement, found: Heard) -> Refused | None:
    """Say what is missing: the parties that must still agree, and the owner's further officers."""
    missing = [party for party in requirement.concerned if party not in found.persons]
    officers = max(0, requirement.officers - found.persons.get(requirement.owner, 0))
    if not missing and not officers:
        return None
    return Refused(
        ConsentRefusal.CONSENT_MISSING,
        owner=requirement.owner,
        missing=" ".join(show("party", party) for party in missing),
        officers=officers,
    )


def each_person_speaks_for_one_party(voices: Iterable[Voice]) -> None:
    """Maker and checker are never the same person, over all parties of a matter."""
    parties: dict[bytes, bytes] = {}
    for voice in voices:
        spoke_for = parties.setdefault(voice.person, voice.party)
        if voice.person != NOBODY and spoke_for != voice.party:
            raise Refused(ConsentRefusal.MAKER_IS_CHECKER, party=voice.party)

# SPDX-License-Identifier: Apache-2.0
"""The requirements and officers a network begins with; without a section, nothing needs consent."""

from lejar.domain.consent.model import (
    OFFICERS,
    REQUIREMENTS,
    Matter,
    Officer,
    Requirement,
)
from lejar.domain.consent.rules import key_is_the_agencys, requirement_can_be_met
from lejar.domain.identity import PARTIES
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.envelope import Id, Key
from lejar.kernel.failure import must
from lejar.kernel.genesis import Genesis


class FoundingOfficer(Record, frozen=True):
    """A natural person behind a key of a founding party."""

    agency: Id
    key: Key
    person: Id


class FoundingRequirement(Record, frozen=True):
    """What must be agreed for a command; a later version may be the first that knows it."""

    verb: Matter
    requirement: Requirement


class ConsentSection(Record, frozen=True):
    """Consent's part of the genesis."""

    officers: tuple[FoundingOfficer, ...]
    requirements: tuple[FoundingRequirement, ...]


def found_consent(draft: Draft, genesis: Genesis) -> None:
    """Write the founding officers and requirements."""
    section = genesis.section("consent", ConsentSection)
    if section is None:
        return
    for one in section.officers:
        must(PARTIES.get(draft, one.agency) is not None, "an officer's agency is a founding party")
        key_is_the_agencys(draft, one.agency, one.key)
        must(OFFICERS.get(draft, one.agency + one.key) is None, "a founding officer is named once")
        OFFICERS.put(draft, one.agency + one.key, Officer(one.person, draft.at))
    for wanted in section.requirements:
        for party in wanted.requirement.concerned:
            must(PARTIES.get(draft, party) is not None, "who must agree is a founding party")
        requirement_can_be_met(draft, wanted.verb, wanted.requirement)
        must(
            REQUIREMENTS.get(draft, wanted.verb.encode()) is None,
            "a founding requirement is named once",
        )
        REQUIREMENTS.put(draft, wanted.verb.encode(), wanted.requirement)

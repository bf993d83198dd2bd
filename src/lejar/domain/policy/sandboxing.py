# SPDX-License-Identifier: Apache-2.0
"""What the commands and the due work about sandbox cohorts do."""

import msgspec

from lejar.domain.identity import Power, known_party, signer_with
from lejar.domain.policy import commands, events
from lejar.domain.policy.book import (
    EMPTY,
    PACKS,
    CohortRules,
    Relaxation,
    book,
    spec_bytes,
    write_book,
)
from lejar.domain.policy.cohorts import COHORTS, MEMBERS, UNUSED, USES, Cohort, CohortStage, Member
from lejar.domain.policy.pack import Rule
from lejar.domain.policy.refusals import PolicyRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.moment import MICROS_PER_DAY
from lejar.kernel.refusal import Refused
from lejar.kernel.schedule import Due, schedule, unschedule

COHORT_ENDS = "policy.cohort_ends"
COHORT_MAX = 3 * 366 * MICROS_PER_DAY
"""A sandbox is time-boxed: three years is the longest that the hub lets one be written for."""


def open_cohort(draft: Draft, command: commands.OpenCohort) -> None:
    """Write a cohort; its relaxations count from its beginning until its end."""
    by = signer_with(draft, Power.SET_POLICY)
    _has_a_time(draft, command)
    _relaxes_known_rules(draft, command)
    for person in command.participants:
        known_party(draft, person)
        if MEMBERS.get(draft, person) is not None:
            raise Refused(PolicyRefusal.MEMBER_ALREADY, party=person)
    if len(command.participants) != len(dict.fromkeys(command.participants)):
        raise Refused(PolicyRefusal.COHORT_UNFIT, reason="a participant is named twice")
    cohort_id = draft.new_id("cohort")
    rules = tuple(one.rule for one in command.relaxed)
    cohort = Cohort(
        command.title,
        by,
        command.basis,
        command.participants,
        rules,
        command.from_at,
        command.until,
        CohortStage.OPEN,
    )
    COHORTS.put(draft, cohort_id, cohort)
    for person in command.participants:
        MEMBERS.put(draft, person, Member(cohort_id))
    _add_to_book(draft, cohort_id, command)
    schedule(draft, command.until, cohort_id, Due(COHORT_ENDS, cohort_id))
    draft.emit(
        events.CohortOpened(
            cohort_id,
            command.title,
            by,
            command.participants,
            rules,
            command.from_at,
            command.until,
            command.basis,
            command.relaxed,
            command.money_each,
            command.money_all,
        )
    )


def end_cohort(draft: Draft, command: commands.EndCohort) -> None:
    """End a cohort before its time."""
    by = signer_with(draft, Power.SET_POLICY)
    cohort = COHORTS.get(draft, command.cohort)
    if cohort is None or cohort.stage is not CohortStage.OPEN:
        raise Refused(PolicyRefusal.COHORT_UNKNOWN, cohort=command.cohort)
    unschedule(draft, cohort.until, command.cohort)
    _ended(draft, command.cohort, cohort, by)


def cohort_ends(draft: Draft, cohort_id: bytes) -> None:
    """End a cohort whose time is over."""
    cohort = COHORTS.get(draft, cohort_id)
    if cohort is not None and cohort.stage is CohortStage.OPEN:
        _ended(draft, cohort_id, cohort, None)


def _ended(draft: Draft, cohort_id: bytes, cohort: Cohort, by: bytes | None) -> None:
    COHORTS.put(draft, cohort_id, msgspec.structs.replace(cohort, stage=CohortStage.ENDED))
    for person in cohort.participants:
        MEMBERS.remove(draft, person)
    left = [one for one in (book(draft) or EMPTY).cohorts if one.cohort != cohort_id]
    write_book(draft, cohorts=tuple(left))
    use = USES.get(draft, cohort_id) or UNUSED
    draft.emit(events.CohortEnded(cohort_id, by, use.movements, use.money))


def _has_a_time(draft: Draft, command: commands.OpenCohort) -> None:
    if command.until <= max(draft.at, command.from_at):
        raise Refused(PolicyRefusal.COHORT_UNFIT, reason="it would be over before it begins")
    if command.until > max(draft.at, command.from_at) + COHORT_MAX:
        raise Refused(PolicyRefusal.COHORT_UNFIT, reason="it would last more than three years")


def _relaxes_known_rules(draft: Draft, command: commands.OpenCohort) -> None:
    """Every rule that is relaxed stands in an adopted pack, and stays of its kind."""
    known = _adopted_rules(draft)
    names = [one.rule for one in command.relaxed]
    if len(names) != len(dict.fromkeys(names)):
        raise Refused(PolicyRefusal.COHORT_UNFIT, reason="a rule is named twice")
    for one in command.relaxed:
        rule = known.get(one.rule)
        if rule is None:
            raise Refused(PolicyRefusal.RULE_UNKNOWN, rule=one.rule)
        if type(rule.spec) is not type(one.spec):
            raise Refused(PolicyRefusal.COHORT_UNFIT, reason="a rule stays of its kind")


def _adopted_rules(draft: Draft) -> dict[str, Rule]:
    newest = (book(draft) or EMPTY).newest
    return {rule.id: rule for one in newest for rule in PACKS.require(draft, one.digest).rules}


def _add_to_book(draft: Draft, cohort_id: bytes, command: commands.OpenCohort) -> None:
    relaxed = tuple(Relaxation(one.rule, spec_bytes(one.spec)) for one in command.relaxed)
    rules = CohortRules(
        cohort_id,
        command.from_at,
        command.until,
        relaxed,
        command.money_each,
        command.money_all,
    )
    write_book(draft, cohorts=(*(book(draft) or EMPTY).cohorts, rules))

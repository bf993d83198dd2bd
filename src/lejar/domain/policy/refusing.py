# SPDX-License-Identifier: Apache-2.0
"""What a pack's rules answer about a leg, and how they say no.

A refusal names rule, version and basis, the facts that failed, and how much would be allowed.
Personal facts are told to the person alone: a counterparty learns the rule, and nothing about why.
"""

from collections.abc import Sequence
from math import lcm

from lejar.domain.identity import Power, has_power
from lejar.domain.policy.model import Movement
from lejar.domain.policy.program import Asked, Program
from lejar.kernel.draft import Draft
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.refusal import Fact, Refused
from lejar.kernel.state import Reader


def passes(one: Asked, reader: Reader, leg: Movement, legs: Sequence[Movement]) -> bool:
    """Say whether a rule lets a leg pass as it is."""
    if one.in_scope is not None and not one.in_scope(reader, leg):
        return True
    test = one.test
    room = test.room(reader, leg, legs)
    if room is not None and room < leg.amount:
        return False
    return (test.multiple_of == 1 or leg.amount % test.multiple_of == 0) and (
        test.at_least is None or leg.amount >= test.at_least(leg)
    )


def most(one: Asked, reader: Reader, leg: Movement, legs: Sequence[Movement]) -> int | None:
    """Give the largest amount that a rule allows, none when it does not bind.

    Below a smallest amount nothing is allowed, and what is allowed comes in whole lots.
    """
    if one.in_scope is not None and not one.in_scope(reader, leg):
        return None
    test = one.test
    room = test.room(reader, leg, legs)
    if room is None and test.multiple_of == 1:
        return None
    largest = (AMOUNT_MAX if room is None else room) // test.multiple_of * test.multiple_of
    return 0 if test.at_least is not None and largest < test.at_least(leg) else largest


def first_failing(
    program: Program, reader: Reader, leg: Movement, legs: Sequence[Movement]
) -> Asked | None:
    """Give the rule that allows least of those that refuse; equal ones by reason, then by name."""
    failing = [one for one in program.asked if not passes(one, reader, leg, legs)]
    if not failing:
        return None
    return min(failing, key=lambda one: _tightness(one, reader, leg, legs))


def _tightness(
    one: Asked, reader: Reader, leg: Movement, legs: Sequence[Movement]
) -> tuple[int, int, str]:
    largest = most(one, reader, leg, legs)
    reason = one.test.reason
    return (
        AMOUNT_MAX if largest is None else largest,
        list(type(reason)).index(reason),
        one.rule.id,
    )


def refused_by(
    one: Asked, program: Program, reader: Reader, leg: Movement, legs: Sequence[Movement]
) -> Refused:
    """Put the refusal together, with the facts that those who signed may know."""
    facts: dict[str, Fact] = {
        "asset": leg.asset,
        "basis": one.rule.basis.cited(),
        "pack": one.pack,
        "rule": one.rule.id,
    }
    if one.rule.basis.link is not None:
        facts["link"] = one.rule.basis.link
    if not one.rule.source.verified:
        facts["source"] = f"class {one.rule.source.grade}, not verified"
    if _may_know(reader, one, leg):
        facts.update(one.test.facts(reader, leg, legs))
        facts["allowed"] = allowed_of(program, reader, leg, legs, known_only=True)
    return Refused(one.test.reason, **facts)


def allowed_of(
    program: Program,
    reader: Reader,
    leg: Movement,
    legs: Sequence[Movement],
    *,
    known_only: bool = False,
) -> int:
    """Give the largest amount that every rule allows, in whole lots of all of them."""
    lot = 1
    largest = AMOUNT_MAX
    least = 1
    for one in program.asked:
        if known_only and not _may_know(reader, one, leg):
            continue
        found = most(one, reader, leg, legs)
        if found is None:
            continue
        largest = min(largest, found)
        lot = lcm(lot, one.test.multiple_of)
        if one.test.at_least is not None:
            least = max(least, one.test.at_least(leg))
    largest = largest // lot * lot
    return largest if largest >= least else 0


def _may_know(reader: Reader, one: Asked, leg: Movement) -> bool:
    """Say whether a person whose facts these are has signed, and nobody else who may not know them.

    The answer goes to all who signed: where a seller signs beside the buyer, it learns the rule.
    An agency that directs may read them in any case.
    """
    subjects = one.test.subjects(leg)
    if not subjects:
        return True
    signers = reader.signers if isinstance(reader, Draft) else ()
    others = [signer for signer in signers if signer not in subjects]
    return len(others) < len(signers) and all(
        has_power(reader, other, Power.DIRECT) for other in others
    )

# SPDX-License-Identifier: Apache-2.0
"""What must be true of a pack as a whole: each fault alone, with its rule and its field."""

from collections.abc import Iterable

import msgspec
import pytest

from lejar.domain.policy.flows import Reach, Window
from lejar.domain.policy.kinds.duty import Duty, Payer, Tier
from lejar.domain.policy.kinds.form import Side
from lejar.domain.policy.kinds.timing import Hours
from lejar.domain.policy.kinds.trading import Band, PriceTick, Ticket
from lejar.domain.policy.kinds.windows import Velocity
from lejar.domain.policy.pack import AnySpec, Effect, Grade, Rule, SourceNote
from lejar.domain.policy.soundness import Fault, Found, faults
from tests.domain.policy.ground import TODAY, pack_of, rule_of

GOOD = rule_of(Ticket(lot=5), "my.good")


def changed(**fields: object) -> Rule:
    """Give a good rule with some fields changed."""
    return msgspec.structs.replace(GOOD, id="my.other", **fields)


def weak(*, verified: bool = False, grade: Grade = Grade.WEAK) -> SourceNote:
    """Give a weak source."""
    return SourceNote(grade, "a blog", "2026-11", verified)


def version(since: int | None, until: int | None, spec: AnySpec | None = None) -> Rule:
    """Give a version of a rule."""
    rule = rule_of(spec or Ticket(lot=5), "my.versioned")
    return msgspec.structs.replace(rule, valid_from=since, valid_until=until)


SOUND: list[tuple[Rule, ...]] = [
    (GOOD,),
    (GOOD, changed(source=weak(), backed_by=("my.good",))),
    (GOOD, changed(source=weak(grade=Grade.UNVERIFIED), effect=Effect.ADVISE)),
    (version(None, TODAY), version(TODAY, None)),
    (version(TODAY, TODAY + 1),),
    (rule_of(Duty(Payer.BUYER, "taxes", each=5, each_costs=1)),),
]


@pytest.mark.parametrize("rules", SOUND)
def test_a_sound_pack_has_no_faults(rules: tuple[Rule, ...]) -> None:
    assert list(faults(pack_of(*rules))) == []


UNSOUND: list[tuple[Iterable[Rule], list[Found]]] = [
    ((GOOD, GOOD), [Found(1, "id", Fault.REPEATED)]),
    ((version(None, TODAY + 1), version(TODAY, None)), [Found(1, "id", Fault.REPEATED)]),
    ((rule_of(Ticket(lot=5), "sg.rule"),), [Found(0, "id", Fault.FOREIGN)]),
    ((version(TODAY, TODAY),), [Found(0, "until", Fault.NEVER_IN_FORCE)]),
    ((version(None, TODAY), version(TODAY + 1, None)), [Found(1, "from", Fault.GAP)]),
    ((changed(backed_by=("my.nowhere",)),), [Found(0, "backed_by", Fault.BACKING_UNKNOWN)]),
    (
        (
            changed(source=weak(), effect=Effect.ADVISE),
            msgspec.structs.replace(GOOD, backed_by=("my.other",)),
        ),
        [Found(1, "backed_by", Fault.BACKING_WEAK)],
    ),
    (
        (msgspec.structs.replace(GOOD, effect=Effect.ADVISE), changed(backed_by=("my.good",))),
        [Found(1, "backed_by", Fault.BACKING_WEAK)],
    ),
    ((changed(source=weak()),), [Found(0, "effect", Fault.ALONE)]),
    (
        (changed(source=weak(verified=True), effect=Effect.ADVISE),),
        [Found(0, "verified", Fault.VERIFIED_WEAK)],
    ),
    (
        (version(None, TODAY), version(TODAY, None, Hours((0,), ((0, 5),)))),
        [Found(1, "kind", Fault.KIND_CHANGED)],
    ),
    ((rule_of(Ticket()),), [Found(0, "kind", Fault.EMPTY)]),
    ((rule_of(Ticket(units_min=6, units_max=5)),), [Found(0, "kind", Fault.BOUNDS)]),
    ((rule_of(Ticket(money_min=6, money_max=5)),), [Found(0, "kind", Fault.BOUNDS)]),
    ((rule_of(Hours((0,), ((5, 5),))),), [Found(0, "spans", Fault.BOUNDS)]),
    ((rule_of(PriceTick((Band(1, 5),))),), [Found(0, "bands", Fault.BANDS)]),
    ((rule_of(PriceTick((Band(0, 5), Band(9, 5), Band(8, 5)))),), [Found(0, "bands", Fault.BANDS)]),
    ((rule_of(Velocity(Side.BOTH, Window(Reach.EVER), 5)),), [Found(0, "side", Fault.SIDE)]),
    ((rule_of(Velocity(Side.GIVER, Window(Reach.EVER))),), [Found(0, "kind", Fault.EMPTY)]),
    ((rule_of(Duty(Payer.BUYER, "taxes")),), [Found(0, "kind", Fault.DUTY)]),
    ((rule_of(Duty(Payer.BUYER, "taxes", each=5)),), [Found(0, "kind", Fault.DUTY)]),
    (
        (rule_of(Duty(Payer.BUYER, "taxes", tiers=(Tier(5, 1),))),),
        [Found(0, "tiers", Fault.TIERS)],
    ),
    (
        (rule_of(Duty(Payer.BUYER, "taxes", tiers=(Tier(5, 1), Tier(5, 2), Tier(None, 3)))),),
        [Found(0, "tiers", Fault.TIERS)],
    ),
    (
        (rule_of(Duty(Payer.BUYER, "taxes", each=5, each_costs=1, least=2, cap=1)),),
        [Found(0, "cap", Fault.BOUNDS)],
    ),
]


@pytest.mark.parametrize(("rules", "found"), UNSOUND)
def test_a_fault_is_found_with_its_rule_and_field(
    rules: tuple[Rule, ...], found: list[Found]
) -> None:
    assert list(faults(pack_of(*rules))) == found


def test_every_fault_is_shown() -> None:
    shown = [found.fault for _, all_ in UNSOUND for found in all_]
    assert set(shown) == set(Fault)

# SPDX-License-Identifier: Apache-2.0
"""What must be true of a pack as a whole: asked when it is loaded, and when it is adopted."""

import enum
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from lejar.domain.policy.kinds.duty import Duty
from lejar.domain.policy.kinds.form import Side
from lejar.domain.policy.kinds.timing import Hours
from lejar.domain.policy.kinds.trading import PriceTick, Ticket
from lejar.domain.policy.kinds.windows import Velocity
from lejar.domain.policy.pack import Effect, Grade, Pack, Rule

WEAK = (Grade.WEAK, Grade.UNVERIFIED)


class Fault(enum.StrEnum):
    """What can be wrong with a rule among its fellows."""

    REPEATED = "another rule in force at the same time has this id"
    FOREIGN = "the id does not begin with the pack's jurisdiction"
    NEVER_IN_FORCE = "it ends before it begins"
    GAP = "between two versions of this rule nothing is in force"
    BACKING_UNKNOWN = "it is backed by a rule that is not in this pack"
    BACKING_WEAK = "it is backed by a rule that is itself weak, or only advises"
    ALONE = "a weak source is never the only guard: let it advise, or name what backs it"
    VERIFIED_WEAK = "a weak source cannot be verified"
    KIND_CHANGED = "two versions of one rule are of different kinds"
    EMPTY = "its parameters limit nothing"
    TIERS = "tiers rise, and the last has no bound"
    DUTY = "a duty goes by parts (each and each_costs) or by tiers, one of them"
    BOUNDS = "its smallest value is above its largest"
    BANDS = "bands rise, and the first begins at nothing"
    SIDE = "what goes through a person's hands is counted for a giver or a receiver"


class Found(NamedTuple):
    """A fault: the place of the rule in the pack, the field, and what is wrong."""

    place: int
    field: str
    fault: Fault


def faults(pack: Pack) -> Iterator[Found]:
    """Walk what is wrong with a pack, in the order of its rules."""
    by_id: dict[str, list[tuple[int, Rule]]] = {}
    for place, rule in enumerate(pack.rules):
        by_id.setdefault(rule.id, []).append((place, rule))
    for place, rule in enumerate(pack.rules):
        yield from (Found(place, field, fault) for field, fault in _of_rule(pack, rule, by_id))
    for versions in by_id.values():
        yield from _of_versions(versions)


def _of_rule(
    pack: Pack, rule: Rule, by_id: dict[str, list[tuple[int, Rule]]]
) -> Iterator[tuple[str, Fault]]:
    if not rule.id.startswith(f"{pack.jurisdiction}."):
        yield "id", Fault.FOREIGN
    if rule.source.verified and rule.source.grade in WEAK:
        yield "verified", Fault.VERIFIED_WEAK
    if (
        rule.valid_from is not None
        and rule.valid_until is not None
        and rule.valid_until <= rule.valid_from
    ):
        yield "until", Fault.NEVER_IN_FORCE
    for name in rule.backed_by:
        if name not in by_id:
            yield "backed_by", Fault.BACKING_UNKNOWN
        elif not any(_is_strong(other) for _, other in by_id[name]):
            yield "backed_by", Fault.BACKING_WEAK
    if rule.source.grade in WEAK and rule.effect is Effect.BIND and not rule.backed_by:
        yield "effect", Fault.ALONE
    yield from _of_spec(rule)


def _is_strong(rule: Rule) -> bool:
    return rule.source.grade not in WEAK and rule.effect is Effect.BIND


def _of_spec(rule: Rule) -> Iterator[tuple[str, Fault]]:
    spec = rule.spec
    if isinstance(spec, Duty):
        yield from _of_duty(spec)
    elif isinstance(spec, Ticket):
        yield from _of_ticket(spec)
    elif isinstance(spec, Velocity):
        yield from _of_velocity(spec)
    elif isinstance(spec, PriceTick) and not _bands_rise(spec):
        yield "bands", Fault.BANDS
    elif isinstance(spec, Hours) and any(start >= end for start, end in spec.spans):
        yield "spans", Fault.BOUNDS


def _of_duty(spec: Duty) -> Iterator[tuple[str, Fault]]:
    by_parts = spec.each is not None and spec.each_costs is not None
    if by_parts is bool(spec.tiers) or (spec.each is None) is not (spec.each_costs is None):
        yield "kind", Fault.DUTY
    if spec.tiers and not _tiers_rise(spec):
        yield "tiers", Fault.TIERS
    if spec.least is not None and spec.cap is not None and spec.least > spec.cap:
        yield "cap", Fault.BOUNDS


def _of_ticket(spec: Ticket) -> Iterator[tuple[str, Fault]]:
    pairs = ((spec.units_min, spec.units_max), (spec.money_min, spec.money_max))
    if any(low is not None and high is not None and low > high for low, high in pairs):
        yield "kind", Fault.BOUNDS
    if all(one is None for pair in pairs for one in pair) and spec.lot is None:
        yield "kind", Fault.EMPTY


def _of_velocity(spec: Velocity) -> Iterator[tuple[str, Fault]]:
    if spec.side not in {Side.GIVER, Side.RECEIVER}:
        yield "side", Fault.SIDE
    if spec.units is None and spec.times is None:
        yield "kind", Fault.EMPTY


def _tiers_rise(duty: Duty) -> bool:
    bounds = [tier.up_to for tier in duty.tiers]
    known = [bound for bound in bounds if bound is not None]
    return bounds[-1] is None and len(known) == len(bounds) - 1 and known == sorted(set(known))


def _bands_rise(ticks: PriceTick) -> bool:
    starts = [band.price_from for band in ticks.bands]
    return starts[0] == 0 and starts == sorted(set(starts))


def _of_versions(versions: list[tuple[int, Rule]]) -> Iterator[Found]:
    """Versions of one rule follow one another without overlap and without a gap."""
    ordered = sorted(versions, key=lambda pair: pair[1].valid_from or 0)
    for (_, before), (place, after) in pairwise(ordered):
        if type(before.spec) is not type(after.spec):
            yield Found(place, "kind", Fault.KIND_CHANGED)
        if before.valid_until is None or before.valid_until > (after.valid_from or 0):
            yield Found(place, "id", Fault.REPEATED)
        elif before.valid_until < (after.valid_from or 0):
            yield Found(place, "from", Fault.GAP)

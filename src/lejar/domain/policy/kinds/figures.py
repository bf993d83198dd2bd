# SPDX-License-Identifier: Apache-2.0
"""Rules about recorded figures: capital, directors, ratios, that an authority vouches for."""

import enum
from collections.abc import Sequence
from typing import Annotated

import msgspec

from lejar.domain.policy.figures import figure
from lejar.domain.policy.kinds.form import Facts, Name, Names, Spec, Test
from lejar.domain.policy.model import Movement
from lejar.domain.policy.rule_refusals import RuleRefusal as No
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.state import Reader

Value = Annotated[int, msgspec.Meta(ge=-AMOUNT_MAX, le=AMOUNT_MAX)]


class Subject(enum.StrEnum):
    """Whose figure is asked."""

    ISSUER = "issuer"
    ASSET = "asset"
    RECEIVER = "receiver"
    GIVER = "giver"


class Compare(enum.StrEnum):
    """How a figure stands to the value."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BELOW = "below"
    ABOVE = "above"


class Figure(Spec, frozen=True, tag="figure"):
    """A recorded figure of an issuer, an asset or a person stands so to a value."""

    of: Subject
    name: Name
    compare: Compare
    value: Value | None


def figure_limit(spec: Figure, _names: Names) -> Test:
    """Ask a recorded figure; one that nobody recorded satisfies nothing."""

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        if spec.value is None:
            return None
        known = figure(reader, _subject(spec.of, leg), spec.name)
        return None if known is not None and stands(spec.compare, known, spec.value) else 0

    def facts(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Facts:
        recorded = figure(reader, _subject(spec.of, leg), spec.name)
        return (
            ("figure", spec.name),
            ("must_be", f"{spec.compare} {spec.value}"),
            ("recorded", recorded),
        )

    return Test(No.FIGURE_UNFIT, room, facts, lambda leg: (_subject(spec.of, leg),))


def stands(compare: Compare, known: int, value: int) -> bool:
    """Compare a figure with a value."""
    if compare is Compare.AT_LEAST:
        return known >= value
    if compare is Compare.AT_MOST:
        return known <= value
    return known < value if compare is Compare.BELOW else known > value


def _subject(of: Subject, leg: Movement) -> bytes:
    if of is Subject.ISSUER:
        return leg.profile.issuer
    if of is Subject.ASSET:
        return leg.asset
    return leg.receiver.person if of is Subject.RECEIVER else leg.giver.person

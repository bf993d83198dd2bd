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
from lejar.kernel.codec import Record
from lejar.kernel.quantity import AMOUNT_MAX, MILLION
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


class FigureShare(Spec, frozen=True, tag="figure_share"):
    """A recorded figure stands so to a share of another: capital to a year's expenses."""

    of: Subject
    name: Name
    compare: Compare
    share: Annotated[int, msgspec.Meta(ge=0, le=100_000_000, title="share")] | None
    """Millionths; above a million where a multiple is asked."""
    figure: Name


class Limb(Record, frozen=True):
    """One way in which a requirement is met."""

    name: Name
    compare: Compare
    value: Value


class FigureAny(Spec, frozen=True, tag="figure_any"):
    """At least one of several recorded figures stands so to its value."""

    of: Subject
    any: Annotated[tuple[Limb, ...], msgspec.Meta(min_length=1, max_length=16)]


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


def figure_share(spec: FigureShare, _names: Names) -> Test:
    """Ask two recorded figures."""

    def wanted(reader: Reader, leg: Movement) -> int | None:
        other = figure(reader, _subject(spec.of, leg), spec.figure)
        return None if other is None or spec.share is None else other * spec.share // MILLION

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        if spec.share is None:
            return None
        known, value = figure(reader, _subject(spec.of, leg), spec.name), wanted(reader, leg)
        fit = known is not None and value is not None and stands(spec.compare, known, value)
        return None if fit else 0

    def facts(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> Facts:
        return (
            ("figure", spec.name),
            ("must_be", f"{spec.compare} {wanted(reader, leg)} ({spec.figure})"),
            ("recorded", figure(reader, _subject(spec.of, leg), spec.name)),
        )

    return Test(No.FIGURE_UNFIT, room, facts, lambda leg: (_subject(spec.of, leg),))


def figure_any(spec: FigureAny, _names: Names) -> Test:
    """Ask several recorded figures, of which one is enough."""

    def meets(reader: Reader, subject: bytes, limb: Limb) -> bool:
        known = figure(reader, subject, limb.name)
        return known is not None and stands(limb.compare, known, limb.value)

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        subject = _subject(spec.of, leg)
        return None if any(meets(reader, subject, limb) for limb in spec.any) else 0

    def facts(_reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        ways = " or ".join(f"{limb.name} {limb.compare} {limb.value}" for limb in spec.any)
        return (("must_be", ways),)

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

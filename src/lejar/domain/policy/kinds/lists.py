# SPDX-License-Identifier: Apache-2.0
"""Rules that ask a list: sanctions, blacklists, whitelists; a list that is stale fails closed."""

from collections.abc import Callable, Sequence

from lejar.domain.policy.kinds.form import Count, Facts, Name, Names, Side, Spec, Test, persons_of
from lejar.domain.policy.lists import LISTED, LISTS, is_cleared, is_listed, start_of
from lejar.domain.policy.model import Movement
from lejar.domain.policy.rule_refusals import RuleRefusal as No
from lejar.kernel.moment import MICROS_PER_HOUR
from lejar.kernel.state import Reader


class DenyList(Spec, frozen=True, tag="deny_list"):
    """Nobody on a side stands on a list, unless somebody decided that it is another person."""

    side: Side
    name: Name
    hours_max: Count | None = None
    """A list that was not brought up to date for so long allows nothing."""


class AllowList(Spec, frozen=True, tag="allow_list"):
    """Everybody on a side stands on a list."""

    side: Side
    name: Name
    hours_max: Count | None = None


def deny_list(spec: DenyList, _names: Names) -> Test:
    """Refuse who is listed and not cleared."""
    start = LISTED.prefix + start_of(spec.name)

    def fit(reader: Reader, person: bytes) -> bool:
        if reader.get(start + person) is None:  # almost everybody, at one look-up
            return True
        return not is_listed(reader, spec.name, person) or is_cleared(reader, spec.name, person)

    return _asking(spec, fit)


def allow_list(spec: AllowList, _names: Names) -> Test:
    """Refuse who is not listed."""

    def fit(reader: Reader, person: bytes) -> bool:
        return is_listed(reader, spec.name, person)

    return _asking(spec, fit)


def is_stale(reader: Reader, name: str, hours_max: int | None) -> bool:
    """Say whether a list was never set, or not brought up to date in time."""
    found = LISTS.get(reader, name.encode())
    if found is None:
        return True
    return hours_max is not None and reader.at >= found.updated_at + hours_max * MICROS_PER_HOUR


def _asking(spec: DenyList | AllowList, fit: Callable[[Reader, bytes], bool]) -> Test:
    who = persons_of(spec.side)

    def room(reader: Reader, leg: Movement, _legs: Sequence[Movement]) -> int | None:
        if is_stale(reader, spec.name, spec.hours_max):
            return 0
        for person in who(leg):
            if person and not fit(reader, person):
                return 0
        return None

    def facts(reader: Reader, _leg: Movement, _legs: Sequence[Movement]) -> Facts:
        stale = is_stale(reader, spec.name, spec.hours_max)
        return (("list", spec.name), ("list_state", "unset or stale" if stale else "current"))

    reason = No.LISTED if isinstance(spec, DenyList) else No.NOT_LISTED
    return Test(reason, room, facts, who)

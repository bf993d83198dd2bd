# SPDX-License-Identifier: Apache-2.0
"""Makes a rule laxer: a higher limit, a wider list, a shorter time, or no rule at all.

What is laxer is said here once for each kind, apart from the code that judges.
"""

from collections.abc import Callable
from typing import Any, Final

import msgspec
from hypothesis import strategies as st

from lejar.domain.policy.flows import Reach, Window
from lejar.domain.policy.kinds.figures import Compare, Figure
from lejar.domain.policy.pack import AnySpec, Effect, Rule
from lejar.kernel.quantity import MILLION

Laxer = Callable[[Any, int], Any]


def _higher(value: int | None, more: int) -> int | None:
    return None if value is None else value + more


def _lower(value: int | None, less: int) -> int | None:
    return None if value is None else max(value - less, 1)


def _larger_share(value: int, more: int) -> int:
    return min(value + more * 1_000, MILLION)


def _wider(values: tuple[str, ...], _more: int) -> tuple[str, ...]:
    return (*values, "*.more")


def _shorter(window: Window, less: int) -> Window:
    if window.reach in {Reach.DAYS, Reach.MONTHS}:
        return Window(window.reach, max(window.number - less, 1))
    return Window(Reach.CALENDAR_DAY)


def _earlier(moment: int | None, less: int) -> int | None:
    return None if moment is None else moment - less


def _fewer(values: tuple[str, ...], _more: int) -> tuple[str, ...]:
    return values[1:]


def _no_lot(_value: int | None, _more: int) -> None:
    return None


LAXER: Final[dict[str, dict[str, Laxer]]] = {
    "credential": {"all": _fewer, "none": _fewer},
    "investor_class": {"any": _wider},
    "knowledge": {"any": _wider, "days_max": _higher},
    "country_allow": {"countries": lambda values, _more: (*values, "my", "sg")},
    "country_deny": {"countries": _fewer},
    "look_through": {"unless_keeper": _wider},
    "holding_cap": {"units": _higher, "share": _no_lot},
    "holder_cap": {"holders": _higher},
    "foreign_cap": {"share": _larger_share},
    "supply_cap": {"units": _higher},
    "concentration": {"share": _larger_share},
    "investment_cap": {"limit": _higher, "window": _shorter},
    "velocity": {"units": _higher, "times": _higher, "window": _shorter},
    "fund_raising": {"limit": _higher, "times": _higher, "window": _shorter},
    "lock_up": {"until": _earlier, "milestone": lambda *_: None},
    "moratorium": {"share": _larger_share},
    "cooling_off": {"business_days": _lower},
    "transfer_window": {"spans": lambda spans, _more: (*spans, (0, 1_440))},
    "ticket": {
        "units_min": _lower,
        "units_max": _higher,
        "money_min": _lower,
        "money_max": _higher,
        "lot": _no_lot,
    },
    "settlement_asset": {"any": lambda values, _more: (*values, "myr")},
    "purpose_bound": {"any": _wider},
    "officer_approval": {"above_units": _higher, "above_money": _higher},
}
"""By kind: how each parameter is made laxer; other parameters, and other kinds, stay."""


@st.composite
def relaxed(draw: st.DrawFn, rule: Rule) -> Rule | None:
    """Draw a laxer rule, or none."""
    way = draw(st.sampled_from(("drop", "advise", "scope", "values", "values", "values")))
    if way == "drop":
        return None
    if way == "advise":
        return msgspec.structs.replace(rule, effect=Effect.ADVISE)
    if way == "scope":
        scope = msgspec.structs.replace(rule.scope, unless=(*rule.scope.unless, "a.fit"))
        return msgspec.structs.replace(rule, scope=scope)
    return msgspec.structs.replace(rule, spec=_laxer(rule.spec, draw(st.integers(1, 50))))


def _laxer(spec: AnySpec, more: int) -> AnySpec:
    tag = spec.__struct_config__.tag
    changes = {
        name: how(getattr(spec, name), more) for name, how in LAXER.get(str(tag), {}).items()
    }
    if isinstance(spec, Figure) and spec.value is not None:
        lower = spec.compare in {Compare.AT_LEAST, Compare.ABOVE}
        changes = {"value": spec.value - more if lower else spec.value + more}
    return msgspec.structs.replace(spec, **changes)

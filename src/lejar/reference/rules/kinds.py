# SPDX-License-Identifier: Apache-2.0
"""Every kind of rule as a table, made from the domain's tagged records: no list to keep by hand."""

from typing import Final, get_args

import msgspec

from lejar.domain.policy.kinds.form import Spec
from lejar.domain.policy.pack import AnySpec, Effect, Rule, Scope
from lejar.reference.rules.forms import table_of
from lejar.reference.rules.tables import Table

DEFAULTS: Final[dict[str, object]] = {
    "scope": msgspec.to_builtins(Scope()),
    "effect": str(Effect.BIND),
    "consult": [],
    "agree": [],
}
"""What a rule says when its file leaves it out."""
BESIDE: Final = ("kind", "value", "unknown")
"""Keys of a rule that make its `spec` together."""

RULE: Final = table_of(Rule, DEFAULTS, without=("spec",))
"""A rule but for what its kind adds."""
KINDS: Final[dict[str, Table]] = {
    str(record.__struct_config__.tag): table_of(record) for record in get_args(AnySpec)
}
"""The tables that stand under `value`, by kind."""


def kind_of(spec: Spec) -> str:
    """Give the name of a kind."""
    return str(spec.__struct_config__.tag)


def value_in_words(spec: Spec, offset_minutes: int) -> str:
    """Write what a rule asks for, key by key; what is unknown is said to be."""
    return KINDS[kind_of(spec)].said(spec, offset_minutes)

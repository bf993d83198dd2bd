# SPDX-License-Identifier: Apache-2.0
"""The JSON Schema (2020-12) of a file of rules, for editors and for checks by others.

It is made from the types.  TOML's own dates stand in it as their texts.  What only a whole pack can
break (two rules with one id, a gap in time) no schema says; `lejar policy check` does.
"""

from typing import Final

from lejar.reference.pack_files import FORMAT
from lejar.reference.rules.kinds import KINDS, RULE
from lejar.reference.rules.tables import Field, Table
from lejar.reference.rules.values import Schema

DIALECT: Final = "https" + "://json-schema.org/draft/2020-12/schema"


def rules_schema() -> Schema:
    """Give the schema of one file below `rules/`."""
    return {
        "$schema": DIALECT,
        "title": "Rules of a Lejar pack",
        "type": "object",
        "additionalProperties": False,
        "required": ["format", "rule"],
        "properties": {
            "format": {"const": FORMAT},
            "rule": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/rule"}},
        },
        "$defs": {"rule": _rule()} | {f"value_{kind}": _value(KINDS[kind]) for kind in KINDS},
    }


def _rule() -> Schema:
    """Give the schema of a rule: its own keys, and what its kind asks of the others."""
    made = RULE.schema()
    beside = {
        "kind": {"enum": list(KINDS)},
        "value": {"type": "object"},
        "unknown": {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
    }
    properties = {one.key: one.form.schema() for one in RULE.fields}
    required = [one.key for one in RULE.fields if one.is_required]
    return made | {
        "properties": beside | properties,
        "required": ["kind", *required],
        "allOf": [_of_kind(kind, table) for kind, table in KINDS.items()],
    }


def _of_kind(kind: str, table: Table) -> Schema:
    """Say what a rule of one kind needs under `value` and may name in `unknown`."""
    may_be = [one.key for one in table.fields if one.may_be_unknown]
    then: Schema = {
        "properties": {
            "value": {"$ref": f"#/$defs/value_{kind}"},
            "unknown": {"items": {"enum": may_be}} if may_be else {"maxItems": 0},
        }
    }
    if any(one.is_required and not one.may_be_unknown for one in table.fields):
        then["required"] = ["value"]
    if may_be:
        then["allOf"] = [_known_or_named(one) for one in table.fields if one.may_be_unknown]
    return {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": then}


def _known_or_named(field: Field) -> Schema:
    """A value stands there, or the field is named as unknown; never both, never neither."""
    has_value = {"properties": {"value": {"required": [field.key]}}, "required": ["value"]}
    has_none = {"properties": {"value": {"not": {"required": [field.key]}}}}
    is_named = {"properties": {"unknown": {"contains": {"const": field.key}}}}
    return {"if": is_named | {"required": ["unknown"]}, "then": has_none, "else": has_value}


def _value(table: Table) -> Schema:
    text = (table.record.__doc__ or "").strip().splitlines()[0]
    return table.schema() | {"description": text}

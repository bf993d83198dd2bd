# SPDX-License-Identifier: Apache-2.0
"""The reference of rules: each kind with its keys, its refusal, and the shipped rules of it."""

import inspect
import tomllib
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from lejar.domain.policy.kinds import test_of
from lejar.domain.policy.kinds.form import Names
from lejar.domain.policy.pack import AnySpec, Rule
from lejar.reference import jurisdictions, shipped_pack
from lejar.reference.pack_files import PackFile
from lejar.reference.rules.kinds import KINDS, RULE, kind_of, value_in_words
from lejar.reference.rules.places import Place
from lejar.reference.rules.schema import rules_schema
from lejar.reference.rules.tables import Field, Listed, Table

Shipped = Mapping[str, Sequence[tuple[int, Rule]]]
"""By kind: each rule, with the minutes that its days begin before UTC's."""


def rules_page(written: str) -> Iterator[str]:
    """Give the page's lines; `written` says by whom it is written."""
    yield from ("# Rules", "", written, "")
    yield "Every kind of rule that a pack may hold, as it is written in `rules/*.toml`."
    yield "How a rule is written: [add a rule](../how-to/add-a-rule.md). The same for programs:"
    yield "[packs.schema.json](packs.schema.json)."
    yield from ("", "## What every rule says", "")
    yield from _keys(RULE)
    shipped = _by_kind()
    for kind, table in KINDS.items():
        yield from ("", f"## {kind}", "", inspect.getdoc(table.record) or "", "")
        yield from _keys(table)
        yield from ("", *_refusal(table))
        yield from _shipped(shipped.get(kind, ()))


def schema_text() -> str:
    """Give the schema as a file."""
    return msgspec.json.format(msgspec.json.encode(rules_schema()), indent=2).decode() + "\n"


def _keys(table: Table) -> Iterator[str]:
    yield from ("| key | is | such as | without it |", "|---|---|---|---|")
    yield from _rows(table, "")


def _rows(table: Table, before: str) -> Iterator[str]:
    """Give a row for each key; the keys of a table inside follow it."""
    for field in table.fields:
        inner = field.form.inner if isinstance(field.form, Listed) else field.form
        example = "" if isinstance(inner, Table) else f"`{field.form.example}`"
        cells = f"| `{before}{field.key}` | {field.form.unit} | {example} | {_without(field)} |"
        yield cells.replace("*.", "`*.`")
        if isinstance(inner, Table):
            yield from _rows(inner, f"{before}{field.key}.")


def _without(field: Field) -> str:
    if field.may_be_unknown:
        return "it is named in `unknown`"
    if field.is_required:
        return "refused"
    if field.default in (None, [], ()) or isinstance(field.form, Table):
        return "nothing"
    return f"`{msgspec.json.encode(field.default).decode()}`"


def _refusal(table: Table) -> Iterator[str]:
    """Say how a movement is refused by a rule of this kind, in both languages."""
    value = tomllib.loads(f"value = {table.example}")["value"]
    spec = msgspec.convert(table.read(value, Place(PackFile("example", ""))), AnySpec)
    test = test_of(spec, Names({}, 0), "example")
    if test is None:
        yield "It judges no movement: it charges one, or sets a time for an obligation."
        return
    row = test.reason.row
    yield f"Refused with `{test.reason.code}`:"
    yield from ("", f"- {row.sentence} *{row.remedy}*", f"- {row.sentence_ms} *{row.remedy_ms}*")


def _shipped(rules: Sequence[tuple[int, Rule]]) -> Iterator[str]:
    if not rules:
        return
    yield from ("", "| shipped rule | value | class |", "|---|---|---|")
    for offset_minutes, rule in rules:
        value = value_in_words(rule.spec, offset_minutes).replace("*", "\\*")
        yield f"| `{rule.id}` | {value} | {rule.source.grade} |"


def _by_kind() -> Shipped:
    found: dict[str, list[tuple[int, Rule]]] = {}
    for pack in map(shipped_pack, jurisdictions()):
        for rule in pack.rules:
            found.setdefault(kind_of(rule.spec), []).append((pack.offset_minutes, rule))
    return found

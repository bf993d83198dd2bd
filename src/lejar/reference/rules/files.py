# SPDX-License-Identifier: Apache-2.0
"""A file of rules: each `[[rule]]` becomes a rule of the domain, or a list of what is wrong."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

import msgspec

from lejar.domain.policy.pack import Grade, Rule
from lejar.reference.pack_files import FORMAT, PackError, PackFile
from lejar.reference.rules.kinds import BESIDE, KINDS, RULE
from lejar.reference.rules.places import Gathering, PackErrors, Place

ISSUERS: Final = "issuers"
"""The field of a kind that names agencies whose word counts."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A rule and where it stands."""

    rule: Rule
    place: Place


@dataclass(frozen=True, slots=True)
class RuleFile:
    """What could be read of one file, and what could not."""

    rules: tuple[Placed, ...]
    errors: tuple[PackError, ...]


def read_rules(file: PackFile, offset_minutes: int, agencies: Collection[str]) -> RuleFile:
    """Read all rules of a file that can be read."""
    place = Place(file, "", offset_minutes)
    gathering, rules = Gathering(), list[Placed]()
    with gathering:
        for index, one in enumerate(_tables(place)):
            with gathering:
                rules.append(_rule(one, place.at("rule").at(index), agencies))
    return RuleFile(tuple(rules), tuple(gathering.errors))


def top_of(place: Place, known: Collection[str]) -> dict[str, object]:
    """Give a file's keys: of the format that is read here, and all of them known."""
    try:
        top = place.file.parsed()
    except PackError as error:
        raise PackErrors([error]) from error
    gathering = Gathering()
    with gathering:
        if top.get("format") != FORMAT:
            raise place.at("format").wrong(f"expected {FORMAT}, was {top.get('format')!r}")
    for key in top:
        with gathering:
            if key not in known:
                raise place.at(key).wrong(f"unknown key; known are {', '.join(known)}")
    gathering.settle()
    return top


def _tables(place: Place) -> Iterator[object]:
    top = top_of(place, ("format", "rule"))
    rules = top.get("rule")
    if not isinstance(rules, list) or not rules:
        raise place.at("rule").wrong("expected at least one [[rule]]")
    yield from rules


def _rule(written: object, place: Place, agencies: Collection[str]) -> Placed:
    """Read one rule, every part of it, before giving up."""
    if not isinstance(written, dict):
        raise place.wrong(f"expected a table, was {written!r}")
    gathering = Gathering()
    fields: dict[str, object] = {}
    with gathering:
        fields |= RULE.read_fields(written, place, also=BESIDE)
    with gathering:
        fields["spec"] = _spec(written, place)
    gathering.settle()
    rule = msgspec.convert(RULE.row(fields), Rule)
    with gathering:
        _check_source(rule, place.at("source"))
    for key, name in _agencies(rule):
        with gathering:
            if name not in agencies:
                raise place.at(key).wrong(f"{name} is no agency; known are {', '.join(agencies)}")
    gathering.settle()
    return Placed(rule, place)


def _spec(written: dict[str, object], place: Place) -> list[object]:
    """Read what the kind adds: `kind`, `value` and `unknown`."""
    kind = written.get("kind")
    if not isinstance(kind, str):
        raise place.at("kind").wrong(f"expected the name of a kind, was {kind!r}")
    table = KINDS.get(kind)
    if table is None:
        raise place.at("kind").wrong(f"there is no kind {kind!r}; known are {', '.join(KINDS)}")
    unknown = _unknown(kind, written.get("unknown", []), place.at("unknown"))
    return table.row(table.read_fields(written.get("value", {}), place.at("value"), unknown))


def _unknown(kind: str, named: object, place: Place) -> tuple[str, ...]:
    """Read the names of the fields whose value nobody could read."""
    may_be = [one.key for one in KINDS[kind].fields if one.may_be_unknown]
    if not isinstance(named, list):
        raise place.wrong(f"expected a list of fields, was {named!r}")
    for name in named:
        if name not in may_be:
            which = ", ".join(may_be) or "none"
            raise place.wrong(f"{name} cannot be unknown; of kind {kind} may be: {which}")
    if len(set(named)) != len(named):
        raise place.wrong("expected each field once")
    return tuple(named)


def _check_source(rule: Rule, place: Place) -> None:
    """News waits for a review, and what waits for one is not verified."""
    source = rule.source
    if source.grade is Grade.NEWS and not source.review:
        raise place.at("class").wrong("class N needs review = true")
    if source.review and source.verified:
        raise place.at("verified").wrong("what waits for a review is not verified")


def _agencies(rule: Rule) -> Iterator[tuple[str, str]]:
    """Walk the agencies that a rule names, with the keys under which they stand."""
    yield "owner", rule.owner
    lists = {"consult": rule.consult, "agree": rule.agree}
    lists[f"value.{ISSUERS}"] = getattr(rule.spec, ISSUERS, ())
    for key, names in lists.items():
        for name in names:
            yield key, name

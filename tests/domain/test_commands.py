# SPDX-License-Identifier: Apache-2.0
"""What a command's type allows is bounded: bytes cannot ask for more memory than they have."""

import re

import pytest
from msgspec import inspect

from lejar.assembly import MACHINE
from lejar.kernel.module import Verb
from lejar.kernel.quantity import AMOUNT_MAX

VERBS = list(MACHINE.verbs.values())


def unbounded(info: inspect.Type, place: str) -> list[str]:
    """Name the places in a type where a list, an id or an integer has no end."""
    match info:
        case inspect.UnionType():
            return [found for one in info.types for found in unbounded(one, place)]
        case inspect.StructType():
            return [
                found
                for field in info.fields
                for found in unbounded(field.type, f"{place}.{field.name}")
            ]
        case inspect.VarTupleType():
            here = [place] if info.max_length is None else []
            return here + unbounded(info.item_type, f"{place}[]")
        case inspect.BytesType():
            return [place] if info.max_length is None else []
        case inspect.Metadata():
            return unbounded(info.type, place)
        case inspect.IntType():
            return [place] if info.le is None or info.le > AMOUNT_MAX or info.ge is None else []
        case inspect.FloatType() | inspect.AnyType() | inspect.RawType() | inspect.DictType():
            return [f"{place} ({type(info).__name__})"]
        case _:
            return []


@pytest.mark.parametrize("verb", VERBS, ids=[verb.name for verb in VERBS])
def test_every_list_id_and_number_of_a_command_has_an_end(verb: Verb) -> None:
    assert unbounded(inspect.type_info(verb.command), verb.command.__name__) == []


def test_every_table_has_a_tag_of_its_own() -> None:
    tags = [table.prefix for table in MACHINE.tables.values()]
    assert len(tags) == len(dict.fromkeys(tags))
    assert all(len(tag) == 1 for tag in tags)


def patterns(info: inspect.Type) -> list[str]:
    """Give every pattern that a type asks of its texts."""
    match info:
        case inspect.UnionType():
            return [found for one in info.types for found in patterns(one)]
        case inspect.StructType():
            return [found for field in info.fields for found in patterns(field.type)]
        case inspect.VarTupleType():
            return patterns(info.item_type)
        case inspect.Metadata():
            return patterns(info.type)
        case inspect.StrType():
            return [info.pattern] if info.pattern else []
        case _:
            return []


@pytest.mark.parametrize("verb", VERBS, ids=[verb.name for verb in VERBS])
def test_every_pattern_holds_for_the_whole_text(verb: Verb) -> None:
    """`$` lets a line break follow: a second spelling of the same code."""
    for pattern in patterns(inspect.type_info(verb.command)):
        assert pattern.startswith(r"\A"), pattern
        assert pattern.endswith(r"\Z"), pattern
        assert not re.search(r"\\[dws]", pattern), f"{pattern}: Pythons differ in Unicode's digits"

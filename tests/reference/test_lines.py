# SPDX-License-Identifier: Apache-2.0
"""A message about one table of an array leads to the line in that table and in no other."""

import msgspec
import pytest

from lejar.reference.lines import dotted, line_of, lines_of
from lejar.reference.pack_files import PackError, PackFile

TEXT = '''\
format = 1
note = """
[[rule]]
id = "only text"
"""

[source]
verified = false

[[rule]]
id = "first"
value = 1

[rule.scope]
classes = ["token"]

[[rule]] # the second
id = "second"

[[rule.tier]]
rate = 10

[[rule.tier]]
rate = 20
up_to = [
  5,
]

[[rule]]
id = "third"
value = "x"
[rule.scope]
classes = []
limits.count = 3
'''


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("format", "format = 1"),
        ("source.verified", "verified = false"),
        ("rule", "[[rule]]"),
        ("rule.0.id", 'id = "first"'),
        ("rule.0.scope.classes", 'classes = ["token"]'),
        ("rule.1", "[[rule]] # the second"),
        ("rule.1.tier.1.rate", "rate = 20"),
        ("rule.1.tier.0.rate", "rate = 10"),
        ("rule.1.tier.1.up_to.0", "up_to = ["),
        ("rule.2.value", 'value = "x"'),
        ("rule.2.scope.classes", "classes = []"),
        ("rule.2.scope.limits.count", "limits.count = 3"),
        ("verified", "verified = false"),
    ],
)
def test_a_key_leads_to_its_line(key: str, line: str) -> None:
    number = line_of(lines_of(TEXT), key)
    assert number is not None
    assert TEXT.splitlines()[number - 1] == line


def test_a_key_that_is_not_there_leads_to_the_table_it_belongs_in() -> None:
    lines = lines_of(TEXT)
    assert line_of(lines, "rule.1.value") == lines["rule.1"]
    assert line_of(lines, "rule.2.scope.purpose") == lines["rule.2.scope"]
    assert line_of(lines, "colour") is None
    assert line_of(lines, "") is None


def test_what_stands_in_a_long_text_is_no_key() -> None:
    assert lines_of(TEXT)["rule.0"] == TEXT.splitlines().index('id = "first"')


def test_the_decoders_path_becomes_a_key() -> None:
    assert dotted("fact[3].value") == "fact.3.value"
    assert dotted("rule[1].tier[0].rate") == "rule.1.tier.0.rate"
    assert dotted("assumptions.why[...]") == "assumptions.why"


class _Rule(msgspec.Struct, forbid_unknown_fields=True):
    id: str
    value: int


class _Rules(msgspec.Struct, forbid_unknown_fields=True):
    rule: tuple[_Rule, ...]


@pytest.mark.parametrize(
    ("second", "key", "line"),
    [
        ('id = "b"\nvalue = "2"', "rule.1.value", 6),
        ('id = "b"\nvalue = 2\ncolour = 1', "rule.1.colour", 7),
        ('id = "b"', "rule.1", 4),
    ],
)
def test_the_decoders_refusal_names_the_table_that_is_wrong(
    second: str, key: str, line: int
) -> None:
    file = PackFile("rules.toml", f'[[rule]]\nid = "a"\nvalue = 1\n[[rule]]\n{second}\n')
    with pytest.raises(PackError) as refused:
        file.read(_Rules)
    assert (refused.value.key, refused.value.line) == (key, line)

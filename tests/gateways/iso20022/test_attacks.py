# SPDX-License-Identifier: Apache-2.0
"""Bytes that are no message, or mean harm: always an answer, never an exception."""

from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lejar.gateways.iso20022 import meaning, tree
from lejar.gateways.iso20022.checking import check
from lejar.gateways.iso20022.codec import decode, typed
from lejar.gateways.iso20022.findings import FINDINGS_MAX
from tests.gateways.iso20022.examples import GOOD, changed, good, rules_broken

XML: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
LAUGHS: Final = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">' for n in range(10)
)

ATTACKS: Final[dict[str, tuple[str | bytes, str]]] = {
    "nothing": (b"", "xml-empty"),
    "blank": (b" \n ", "xml-empty"),
    "entity of a file": (
        good().replace(XML, XML + '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "xml-doctype",
    ),
    "billion laughs": (
        f"{XML}<!DOCTYPE x [{LAUGHS}]><Document>&l9;</Document>",
        "xml-doctype",
    ),
    "external subset": (
        good().replace(XML, XML + '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">'),
        "xml-doctype",
    ),
    "parameter entity": (
        good().replace(XML, XML + '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://127.0.0.1:9/">%p;]>'),
        "xml-doctype",
    ),
    "doctype in utf-16": (f"{XML}<!DOCTYPE x><x/>".encode("utf-16"), "xml-encoding"),
    "utf-16": (good().encode("utf-16"), "xml-encoding"),
    "latin-1": (good().replace("Kedai", "Kedaí").encode("latin-1"), "xml-encoding"),
    "declared latin-1": (good().replace('"UTF-8"', '"ISO-8859-1"'), "xml-encoding"),
    "declared utf-7": (good().replace('"UTF-8"', "'UTF-7'"), "xml-encoding"),
    "undefined entity": (good().replace("Kedai", "&kedai;"), "xml-syntax"),
    "deep": ("<a>" * 100 + "</a>" * 100, "xml-depth"),
    "very deep": ("<a>" * 100_000, "xml-syntax"),
    "control character": (good().replace("Kedai", "Kedai\x07"), "xml-syntax"),
    "control character written out": (good().replace("Kedai", "Kedai&#7;"), "xml-syntax"),
    "cut off": (good()[:900], "xml-syntax"),
    "twice": (good() + good().removeprefix(XML), "xml-syntax"),
    "html": ("<html><body><p>404</p></body></html>", "envelope-document"),
    "html doctype": ("<!DOCTYPE html><html></html>", "xml-doctype"),
    "json": (b'{"Document": {}}', "xml-syntax"),
    "zip": (b"PK\x03\x04\xff\xfe\x00", "xml-encoding"),
    "empty document": (
        '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"/>',
        "schema-missing",
    ),
    "two roots": (
        changed("pacs.008.001.08", "</FIToFICstmrCdtTrf>", "</FIToFICstmrCdtTrf><Another/>"),
        "schema-unknown",
    ),
    "xsi:nil": (
        changed(
            "pacs.008.001.08",
            "<ChrgBr>SHAR",
            '<ChrgBr xmlns:x="http://www.w3.org/2001/XMLSchema-instance" x:nil="true">SHAR',
        ),
        "schema-attribute",
    ),
    "huge text": (
        changed("pacs.008.001.08", "Kedai Contoh", "K" * 1_000_000),
        "schema-length",
    ),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_answered(name: str) -> None:
    data, rule = ATTACKS[name]
    assert rule in rules_broken(data)


def test_a_file_above_the_limit_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "BYTES_MAX", len(good().encode()) - 1)
    assert rules_broken(good()) == ["xml-size"]


def test_findings_are_limited_and_safe_to_show() -> None:
    bad = "<Bad\u202e/>".replace("\u202e", "") * 5000
    found = check(changed("pacs.008.001.08", "<ChrgBr>SHAR", f"{bad}<ChrgBr>SHAR").encode())
    assert len(found.findings) == FINDINGS_MAX
    evil = check(changed("pacs.008.001.08", "SHAR", "\u202e\U0001f4a3" * 100).encode()).findings
    assert [f.detail for f in evil if f.detail] == ["?" * 40 + "..."]
    assert all(line.isascii() and line.isprintable() for line in (f.told("en") for f in evil))


@given(st.binary(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_findings(data: bytes) -> None:
    assert check(data).findings


MESSAGES: Final = [
    GOOD[name].read_bytes()
    for name in (
        "pacs.008.001.08",
        "camt.053.001.08",
        "camt.056.001.08",
        "sese.023.001.11",
        "semt.002.001.11",
    )
]


def understood(data: bytes) -> None:
    """What passed the walk the types can read, and what kept the rules means something."""
    message = decode(data).message
    if message is not None:
        assert typed(message).document is not None
        assert not check(data).rule_valid or meaning(message)


@given(st.sampled_from(MESSAGES), st.data())
@settings(max_examples=150, deadline=None)
def test_a_damaged_message_never_raises(whole: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    damaged = whole[:start] + data.draw(st.binary(max_size=12)) + whole[end:]
    report = check(damaged)
    assert report.schema_valid or report.findings
    understood(damaged)


@given(st.sampled_from(MESSAGES), st.data())
@settings(max_examples=150, deadline=None)
def test_a_message_with_another_text_never_raises(whole: bytes, data: st.DataObject) -> None:
    places = [i for i, byte in enumerate(whole) if whole[i : i + 2] == b"</" and byte]
    end = data.draw(st.sampled_from(places))
    start = whole.rindex(b">", 0, end) + 1
    number = st.from_regex(r"[+-]?[0-9]{0,20}(\.[0-9]{0,20})?(E[0-9])?", fullmatch=True)
    text = data.draw(st.one_of(number, st.text("0123456789-:TZ+.<&/aä", max_size=12)))
    changed_data = whole[:start] + text.encode() + whole[end:]
    report = check(changed_data)
    assert report.schema_valid or report.findings
    understood(changed_data)

# SPDX-License-Identifier: Apache-2.0
"""Every message that the hub understands has a good example, and it survives a round trip."""

import sys

import pytest

from lejar.gateways.iso20022.catalogue import KINDS, Version
from lejar.gateways.iso20022.checking import check
from lejar.gateways.iso20022.codec import decode, encode, typed
from lejar.gateways.iso20022.rules import CHECKS
from tests.gateways.iso20022.examples import GOOD, decoded, good, message

VERSIONS = [Version(kind, one) for kind in KINDS.values() for one in kind.versions]


def test_every_message_has_an_example_and_rules() -> None:
    assert {name[:8] for name in GOOD} == set(KINDS) == set(CHECKS)


@pytest.mark.parametrize("name", GOOD)
def test_an_example_is_valid(name: str) -> None:
    report = check(GOOD[name].read_bytes())
    assert report.findings == ()
    assert (report.identifier, report.schema_valid, report.rule_valid) == (name, True, True)


@pytest.mark.parametrize("name", GOOD)
def test_what_is_read_is_written_the_same(name: str) -> None:
    first = typed(message(name))
    second = decode(encode(first.document, first.header)).message
    assert second is not None
    assert typed(second) == first


@pytest.mark.parametrize("name", GOOD)
def test_a_document_alone_is_a_message_too(name: str) -> None:
    alone = encode(typed(message(name)).document)
    assert b"AppHdr" not in alone
    assert check(alone).findings == ()


@pytest.mark.parametrize("version", VERSIONS, ids=lambda version: version.identifier)
def test_every_accepted_version_reads_what_the_oldest_says(version: Version) -> None:
    oldest = Version(version.kind, version.kind.versions[0])
    text = good(oldest.identifier).replace(f"xsd:{oldest.identifier}", f"xsd:{version.identifier}")
    named = f"<MsgDefIdr>{version.identifier}</MsgDefIdr>"
    text = text.replace(f"<MsgDefIdr>{oldest.identifier}</MsgDefIdr>", named)
    report = check(text.encode())
    assert (report.identifier, report.findings) == (version.identifier, ())


def test_a_report_says_what_the_message_is() -> None:
    report = check(GOOD["pacs.008.001.08"].read_bytes())
    assert (report.title, report.title_ms) == (
        "customer credit transfer",
        "pindahan kredit pelanggan",
    )
    assert (report.sender, report.receiver) == ("ALFAMYKLXXX", "HUBLMYKLXXX")
    assert (report.message_id, report.count) == ("ALFA-20261102-1", 2)
    assert report.amounts == {"MYR": "1750.50"}


def test_a_byte_order_mark_may_stand() -> None:
    assert check(b"\xef\xbb\xbf" + good().encode()).findings == ()


def test_what_two_banks_agreed_between_them_is_not_judged() -> None:
    extra = "<SplmtryData><Envlp><x:Any xmlns:x='urn:x' a='1'>£</x:Any></Envlp></SplmtryData>"
    text = good().replace("</FIToFI", f"{extra}</FIToFI")
    assert extra in text
    assert check(text.encode()).findings == ()


def test_a_senders_note_of_its_schema_is_passed_over() -> None:
    note = (
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xsi:schemaLocation="urn:x file:///etc/passwd">'
    )
    text = good().replace('pacs.008.001.08">', f'pacs.008.001.08"{note}', 1)
    assert "schemaLocation" in text
    assert check(text.encode()).findings == ()
    assert typed(decoded(text)) == typed(message("pacs.008.001.08"))


def test_prefixes_are_the_senders_affair() -> None:
    text = good("camt.060.001.05")
    start = text.index("<Document")
    head, document = text[:start], text[start:]
    document = document.replace("</", "</n:").replace("<", "<n:").replace("<n:/n:", "</n:")
    document = document.replace("</n:Message>", "</Message>").replace(' xmlns="', ' xmlns:n="')
    report = check((head + document).encode())
    assert "<n:AcctRptgReq>" in document
    assert (report.identifier, report.findings) == ("camt.060.001.05", ())


def test_a_message_is_imported_without_the_others_of_its_area() -> None:
    assert check(GOOD["sese.023.001.11"].read_bytes()).schema_valid
    assert "python_iso20022.sese.sese_023_001_11.models" in sys.modules
    assert "python_iso20022.sese.sese_001_001_09.models" not in sys.modules

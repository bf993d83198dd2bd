# SPDX-License-Identifier: Apache-2.0
"""What we write is valid in every version that we accept, and means what was meant."""

import msgspec
import pytest

from lejar.gateways.iso20022 import codec
from lejar.gateways.iso20022.catalogue import KINDS, header_type
from lejar.gateways.iso20022.checking import check
from lejar.gateways.iso20022.messages import (
    Original,
    Party,
    SecuritiesState,
    SecuritiesStatus,
    Status,
)
from lejar.gateways.iso20022.reading import payments, securities, statements
from lejar.gateways.iso20022.reading.parts import envelope
from lejar.gateways.iso20022.rejecting import rejection_of_findings, rejection_of_refusal
from lejar.gateways.iso20022.writing import payments as write_payments
from lejar.gateways.iso20022.writing import securities as write_securities
from lejar.gateways.iso20022.writing import statements as write_statements
from lejar.gateways.iso20022.writing.build import Content, built
from lejar.gateways.iso20022.writing.parts import Heading, bank
from lejar.kernel.failure import Broken
from tests.gateways.iso20022.examples import changed, good, message

HEADING = Heading(
    message_id="HUB-1",
    created_at="2026-11-02T09:00:00+08:00",
    sender="HUBLMYKLXXX",
    receiver="ALFAMYKLXXX",
)

HEADER: dict[str, Content] = {
    "Fr": {"FIId": bank(Party(bic="ALFAMYKLXXX"))},
    "To": {"FIId": bank(Party(bic="HUBLMYKLXXX"))},
    "BizMsgIdr": "A-1",
    "MsgDefIdr": "pacs.008.001.08",
    "CreDt": "2026-11-02T09:00:00Z",
}


def read_back(data: bytes) -> codec.Message:
    assert check(data).findings == ()
    found = codec.decode(data).message
    assert found is not None
    return found


def versions(name: str) -> list[tuple[str, str]]:
    return [(name, version) for version in KINDS[name].versions]


@pytest.mark.parametrize(("name", "version"), versions("pacs.008") + versions("pacs.009"))
def test_credit_transfers_are_written(name: str, version: str) -> None:
    (first, *_) = payments.credit_transfers(message(f"{name}.001.08"))
    data = write_payments.credit_transfer(HEADING, first, version)
    (back,) = payments.credit_transfers(read_back(data))
    assert back == msgspec.structs.replace(
        first, identifier=f"{name}.001.{version}", message_id="HUB-1"
    )


@pytest.mark.parametrize("version", KINDS["pacs.004"].versions)
def test_returns_are_written(version: str) -> None:
    (first,) = payments.returns(message("pacs.004.001.09"))
    told = msgspec.structs.replace(first, reason="NARR", reason_text="Rosak é" + "x" * 200)
    (back,) = payments.returns(read_back(write_payments.returned(HEADING, told, version)))
    assert back == msgspec.structs.replace(
        told,
        identifier=f"pacs.004.001.{version}",
        message_id="HUB-1",
        reason_text="Rosak e" + "x" * 97 + "+",
    )


@pytest.mark.parametrize("version", KINDS["pacs.002"].versions)
def test_status_reports_are_written(version: str) -> None:
    whole = Status(
        original=Original(message_id="A", message_name="pacs.008.001.08"),
        code="RJCT",
        reason="FF01",
        reason_text="uetr-missing",
        whole_message=True,
    )
    told = (whole, *payments.statuses(message("pacs.002.001.10")))
    data = write_payments.status_report(HEADING, told, version)
    assert payments.statuses(read_back(data)) == told


def test_a_message_says_between_which_two_banks_it_goes() -> None:
    told = payments.statuses(message("pacs.002.001.10"))
    items = read_back(write_payments.status_report(HEADING, told)).root.every("TxInfAndSts")
    names = ("InstgAgt/FinInstnId/BICFI", "InstdAgt/FinInstnId/BICFI")
    assert [[item.says(name) for name in names] for item in items] == [
        ["HUBLMYKLXXX", "ALFAMYKLXXX"]
    ] * 2
    whole = [msgspec.structs.replace(told[0], whole_message=True)]
    root = read_back(write_payments.status_report(HEADING, whole)).root
    assert root.says(f"GrpHdr/{names[0]}") == "HUBLMYKLXXX"


@pytest.mark.parametrize("version", KINDS["camt.029"].versions)
def test_resolutions_are_written(version: str) -> None:
    (first,) = payments.resolutions(message("camt.029.001.09"))
    assert payments.resolutions(read_back(write_payments.resolution(HEADING, first, version))) == (
        first,
    )
    done = msgspec.structs.replace(first, confirmation="CNCL", reason=None, reason_text=None)
    assert payments.resolutions(read_back(write_payments.resolution(HEADING, done, version))) == (
        done,
    )


@pytest.mark.parametrize(
    ("name", "version"), versions("camt.052") + versions("camt.053") + versions("camt.054")
)
def test_statements_are_written(name: str, version: str) -> None:
    (first,) = statements.statements(message(f"{name}.001.08"))
    data = write_statements.statement(name, HEADING, first, version)
    (back,) = statements.statements(read_back(data))
    lines = [entry.line for entry in back.entries]
    entries = tuple(
        msgspec.structs.replace(entry, line=line)
        for entry, line in zip(first.entries, lines, strict=True)
    )
    assert back == msgspec.structs.replace(
        first, identifier=f"{name}.001.{version}", message_id="HUB-1", entries=entries
    )


def test_holdings_are_written() -> None:
    first = statements.holdings(message("semt.002.001.11"))
    back = statements.holdings(read_back(write_statements.holdings(HEADING, first)))
    pairs = zip(first.holdings, back.holdings, strict=True)
    held = tuple(msgspec.structs.replace(one, line=other.line) for one, other in pairs)
    assert back == msgspec.structs.replace(first, holdings=held)
    empty = msgspec.structs.replace(first, holdings=())
    assert statements.holdings(read_back(write_statements.holdings(HEADING, empty))) == empty


def test_securities_instructions_and_confirmations_are_written() -> None:
    first = securities.instruction(message("sese.023.001.11"))
    data = write_securities.instruction(HEADING, first)
    assert securities.instruction(read_back(data)) == first
    settled = securities.instruction(message("sese.025.001.11"))
    data = write_securities.confirmation(HEADING, settled, "HUB-INS-1")
    assert securities.instruction(read_back(data)) == settled
    free = msgspec.structs.replace(first, against_payment=False, currency=None, units=None)
    data = write_securities.instruction(HEADING, free)
    assert securities.instruction(read_back(data)) == free


@pytest.mark.parametrize("state", SecuritiesState)
def test_every_state_of_an_instruction_is_written(state: SecuritiesState) -> None:
    said = SecuritiesStatus(reference="ALFA-SX-1", infrastructure_reference="HUB-1", state=state)
    assert securities.status(read_back(write_securities.status(HEADING, said))) == said


def test_a_state_says_why() -> None:
    said = securities.status(message("sese.024.001.12"))
    assert securities.status(read_back(write_securities.status(HEADING, said))) == said


def test_corporate_actions_are_written() -> None:
    paid = securities.corporate_action(message("seev.036.001.15"))
    data = write_securities.movement(HEADING, paid)
    assert securities.corporate_action(read_back(data)) == paid
    coming = msgspec.structs.replace(paid, notice_id="HUB-1", record_date="2026-11-27")
    back = securities.corporate_action(read_back(write_securities.notice(HEADING, coming)))
    assert back == coming


def test_a_heading_becomes_the_header() -> None:
    twice = msgspec.structs.replace(HEADING, possible_duplicate=True)
    said = securities.status(message("sese.024.001.12"))
    head = envelope(read_back(write_securities.status(twice, said)))
    assert (head.sender, head.receiver, head.business_id) == (
        "HUBLMYKLXXX",
        "ALFAMYKLXXX",
        "HUB-1",
    )
    assert head.possible_duplicate


@pytest.mark.parametrize(
    ("change", "reason", "text"),
    [
        (("<NbOfTxs>2", "<NbOfTxs>9"), "AM18", "count-wrong"),
        (("<ChrgBr>SHAR</ChrgBr>", ""), "FF01", "schema-missing"),
        ((">250</Intr", ">0</Intr"), "AM10", "sum-wrong"),
    ],
)
def test_a_message_that_is_wrong_is_rejected_whole(
    change: tuple[str, str], reason: str, text: str
) -> None:
    data = changed("pacs.008.001.08", *change).encode()
    report = rejection_of_findings(HEADING, codec.decode(data), check(data).findings)
    (status,) = payments.statuses(read_back(report))
    assert (status.code, status.reason, status.whole_message) == ("RJCT", reason, True)
    assert status.original == Original(message_id="ALFA-20261102-1", message_name="pacs.008.001.08")
    assert text in (status.reason_text or "")


@pytest.mark.parametrize("data", [b"", b"<x>", good().replace("ALFA-20261102-1", "é").encode()])
def test_a_rejection_never_repeats_what_is_no_reference(data: bytes) -> None:
    report = rejection_of_findings(HEADING, codec.decode(data), check(data).findings)
    (status,) = payments.statuses(read_back(report))
    assert (status.reason, status.original.message_id) == ("FF01", "NOTPROVIDED")


def test_a_refusal_rejects_every_transaction_with_its_reason() -> None:
    sentence = "The free balance is too small."
    report = rejection_of_refusal(
        HEADING, message("pacs.008.001.08"), "funds_insufficient", sentence
    )
    first, second = payments.statuses(read_back(report))
    assert (first.reason, first.reason_text) == ("AM04", f"funds_insufficient: {sentence}")
    assert (first.original.end_to_end, second.original.end_to_end) == (
        "INVOICE 7/2026",
        "NOTPROVIDED",
    )
    whole = rejection_of_refusal(HEADING, message("camt.060.001.05"), "account_unknown", sentence)
    (status,) = payments.statuses(read_back(whole))
    assert (status.reason, status.whole_message) == ("AC01", True)


BAD_CONTENT: list[dict[str, Content]] = [
    {"Nonsense": "x", **HEADER},
    {**HEADER, "To": "HUBLMYKLXXX"},
    {**HEADER, "CreDt": {"Dt": "2026-11-02"}},
    {name: part for name, part in HEADER.items() if name != "BizMsgIdr"},
]


@pytest.mark.parametrize("content", BAD_CONTENT)
def test_a_writer_that_does_not_know_the_schema_is_a_defect(content: dict[str, Content]) -> None:
    assert built(header_type("02"), HEADER)
    with pytest.raises(Broken):
        built(header_type("02"), content)

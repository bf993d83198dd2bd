# SPDX-License-Identifier: Apache-2.0
"""What the good examples mean, to the last unit."""

from lejar.gateways.iso20022.messages import (
    Balance,
    Holding,
    Linkage,
    Party,
    SecuritiesState,
    Side,
)
from lejar.gateways.iso20022.reading import payments, securities, statements
from lejar.gateways.iso20022.reading.parts import envelope
from tests.gateways.iso20022.examples import changed, decoded, message

UETR = "8a562c67-ca16-48ba-b074-65581be6f001"


def test_a_credit_transfer_is_read() -> None:
    first, second = payments.credit_transfers(message("pacs.008.001.08"))
    assert (first.uetr, first.end_to_end, first.instruction_id) == (
        UETR,
        "INVOICE 7/2026",
        "ALFA-I-1",
    )
    assert (first.currency, first.units, first.settlement_date) == ("MYR", 150050, "2026-11-02")
    assert (first.priority, first.charge_bearer, first.purpose) == ("URGT", "SHAR", "SUPP")
    assert (first.debtor.name, first.debtor_account) == ("Kilang Contoh Sdn Bhd", "1001000001")
    assert (first.debtor_agent.bic, first.creditor_agent.bic) == ("ALFAMYKLXXX", "BETAMYKLXXX")
    assert (first.instructing_agent.bic, first.instructed_agent.bic) == (
        "ALFAMYKLXXX",
        "HUBLMYKLXXX",
    )
    assert (second.units, second.debtor_account) == (25000, "GB82WEST12345698765432")
    assert second.creditor.lei == "549300LEJARDEMO00148"
    assert not first.between_banks


def test_a_transfer_between_banks_is_read() -> None:
    (one,) = payments.credit_transfers(message("pacs.009.001.08"))
    assert one.between_banks
    assert (one.debtor, one.debtor_account) == (Party(bic="ALFAMYKLXXX"), "acct_alfa")
    assert one.creditor == Party(member="0227", lei="549300LEJARDEMO00245")
    assert one.units == 2_500_000_000


def test_answers_and_requests_are_read() -> None:
    refused, settled = payments.statuses(message("pacs.002.001.10"))
    assert (refused.code, refused.reason, refused.original.instruction_id) == (
        "RJCT",
        "AM04",
        "ALFA-I-1",
    )
    assert (settled.code, settled.reason, settled.whole_message) == ("ACSC", None, False)
    (back,) = payments.returns(message("pacs.004.001.09"))
    assert (back.units, back.reason, back.original.uetr) == (150050, "AC04", UETR)
    (wish,) = payments.cancellation_requests(message("camt.056.001.08"))
    assert (wish.case_id, wish.reason, wish.original.uetr) == ("CASE-1", "DUPL", UETR)
    (answer,) = payments.resolutions(message("camt.029.001.09"))
    assert (answer.confirmation, answer.reason, answer.case_id) == ("RJCR", "AGNT", "CASE-1")
    (asked,) = payments.report_requests(message("camt.060.001.05"))
    assert (asked.wanted, asked.account, asked.from_date) == (
        "camt.053.001.08",
        "acct_alfa",
        "2026-11-02",
    )


def test_a_statement_is_read_with_signs() -> None:
    (one,) = statements.statements(message("camt.053.001.08"))
    assert (one.account, one.account_currency, one.sequence) == ("RTGS-HUB-1", "MYR", "210")
    assert (one.owner.bic, one.servicer.bic) == ("HUBLMYKLXXX", "BNMRMYKLXXX")
    assert one.balances == (
        Balance(kind="OPBD", currency="MYR", units=-50000, date="2026-11-01"),
        Balance(kind="CLBD", currency="MYR", units=150000, date="2026-11-02"),
    )
    assert [entry.units for entry in one.entries] == [300000, -100000]
    first = one.entries[0]
    assert (first.status, first.value_date, first.code) == ("BOOK", "2026-11-02", "PMNT.RRCT.ESCT")
    assert (first.servicer_reference, first.uetr, first.end_to_end) == ("RTGS-1", UETR, "E-1")


def test_a_batch_that_states_its_parts_becomes_one_entry_for_each() -> None:
    parts = "".join(
        f"<TxDtls><Refs><InstrId>P-{n}</InstrId></Refs>"
        f'<Amt Ccy="MYR">{n}000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd></TxDtls>'
        for n in (1, 2)
    )
    text = changed("camt.053.001.08", "<NtryDtls><TxDtls><Refs><InstrId>I-1", "@")
    rest = text[text.index("@") : text.index("</NtryDtls>")]
    (one,) = statements.statements(decoded(text.replace(rest, f"<NtryDtls>{parts}")))
    assert [(e.instruction_id, e.units) for e in one.entries] == [
        ("P-1", 100000),
        ("P-2", 200000),
        ("I-2", -100000),
    ]
    bare = parts.replace('<Amt Ccy="MYR">1000.00</Amt><CdtDbtInd>CRDT</CdtDbtInd>', "")
    (one,) = statements.statements(decoded(text.replace(rest, f"<NtryDtls>{bare}")))
    assert [(e.instruction_id, e.units) for e in one.entries] == [(None, 300000), ("I-2", -100000)]


def test_reports_and_notices_are_read_as_statements() -> None:
    for name in ("camt.052.001.08", "camt.054.001.08"):
        (one,) = statements.statements(message(name))
        assert (one.identifier, len(one.entries)) == (name, 2)


def test_holdings_are_read_in_ten_thousandths() -> None:
    read = statements.holdings(message("semt.002.001.11"))
    assert (read.account, read.as_at, read.complete, read.last_page) == (
        "CSD-HUB-1",
        "2026-11-02T18:00:00+08:00",
        True,
        True,
    )
    first, second = read.holdings
    assert first == Holding(
        isin="MYBLJ2600019", aggregate=12_000_000, available=9_000_000, line=first.line
    )
    assert (second.aggregate, second.face_amount, second.available) == (5_000_005_000, True, None)
    short = changed("semt.002.001.11", "<ShrtLngInd>LONG", "<ShrtLngInd>SHOR")
    assert statements.holdings(decoded(short)).holdings[0].aggregate == -12_000_000


def test_a_securities_instruction_is_read_from_our_side() -> None:
    one = securities.instruction(message("sese.023.001.11"))
    assert (one.side, one.against_payment, one.isin, one.quantity) == (
        Side.DELIVERS,
        True,
        "MYBLJ2600019",
        3_000_000,
    )
    assert (one.currency, one.units) == ("MYR", 3_015_000)
    assert (one.account, one.owner.bic) == ("acct_alfa_sec", "ALFAMYKLXXX")
    assert (one.counterparty.bic, one.counterparty_account) == ("BETAMYKLXXX", "acct_beta")
    assert (one.trade_date, one.settlement_date) == ("2026-10-30", "2026-11-03")
    assert (one.priority, one.partial, one.hold) == ("0002", "PART", False)
    assert one.linkages == (Linkage(position="AFTE", reference="ALFA-SX-0"),)
    receives = changed("sese.023.001.11", "<SctiesMvmntTp>DELI", "<SctiesMvmntTp>RECE")
    other = securities.instruction(decoded(receives))
    assert (other.side, other.counterparty.bic) == (Side.RECEIVES, "ALFAMYKLXXX")


def test_states_confirmations_and_corporate_actions_are_read() -> None:
    state = securities.status(message("sese.024.001.12"))
    assert (state.state, state.reason, state.infrastructure_reference) == (
        SecuritiesState.FAILING,
        "LACK",
        "HUB-INS-1",
    )
    settled = securities.instruction(message("sese.025.001.11"))
    assert (settled.reference, settled.units, settled.settlement_date) == (
        "ALFA-SX-1",
        3_015_000,
        "2026-11-03",
    )
    event = securities.corporate_action(message("seev.031.001.14"))
    assert (event.kind, event.record_date, event.payment_date, event.units) == (
        "INTR",
        "2026-11-27",
        "2026-12-01",
        None,
    )
    paid = securities.corporate_action(message("seev.036.001.15"))
    assert (paid.units, paid.balance, paid.payment_date) == (210000, 12_000_000, "2026-12-01")


def test_the_same_message_has_the_same_fingerprint_and_another_has_not() -> None:
    first = envelope(message("pacs.008.001.08"))
    assert (first.sender, first.receiver, first.business_id) == (
        "ALFAMYKLXXX",
        "HUBLMYKLXXX",
        "BAH-1",
    )
    again = changed("pacs.008.001.08", "<CreDtTm>2026-11-02T09:00", "<CreDtTm>2026-11-02T09:30")
    other = changed("pacs.008.001.08", "<MsgId>ALFA-20261102-1", "<MsgId>ALFA-20261102-9")
    assert envelope(decoded(again)).fingerprint == first.fingerprint
    assert envelope(decoded(other)).fingerprint != first.fingerprint
    marked = changed("pacs.008.001.08", "</CreDt>", "</CreDt><PssblDplct>true</PssblDplct>")
    assert (first.possible_duplicate, envelope(decoded(marked)).possible_duplicate) == (False, True)

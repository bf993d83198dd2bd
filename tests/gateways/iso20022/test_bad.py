# SPDX-License-Identifier: Apache-2.0
"""Good examples with one thing broken each, and the rule that must say so."""

from pathlib import Path
from typing import Final

import pytest

from lejar.gateways.iso20022.checking import check
from lejar.gateways.iso20022.rule_table import Rule
from tests.gateways.iso20022.examples import changed, good, rules_broken

P8, P9, P2, P4 = "pacs.008.001.08", "pacs.009.001.08", "pacs.002.001.10", "pacs.004.001.09"
C3, C6, C9 = "camt.053.001.08", "camt.056.001.08", "camt.029.001.09"
S3, S4, S5 = "sese.023.001.11", "sese.024.001.12", "sese.025.001.11"
SB = "semt.002.001.11"
E1, E6 = "seev.031.001.14", "seev.036.001.15"
FAILING = (
    "<Flng><Rsn><Cd><Cd>LACK</Cd></Cd><AddtlRsnInf>300 units are lacking."
    "</AddtlRsnInf></Rsn></Flng>"
)
UETR = "8a562c67-ca16-48ba-b074-65581be6f001"

CASES: Final = (
    # The envelope.
    (P8, "xsd:pacs.008.001.08", "xsd:pacs.008.001.07", "envelope-version"),
    (P8, "xsd:pacs.008.001.08", "xsd:pacs.008.001.99", "envelope-version"),
    (P8, "xsd:pacs.008.001.08", "xsd:pain.001.001.09", "envelope-message"),
    (P8, "urn:iso:std:iso:20022:tech:xsd:pacs", "urn:example:pacs", "envelope-namespace"),
    (P8, ' xmlns="urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"', "", "envelope-namespace"),
    (P8, "head.001.001.02", "head.001.001.09", "envelope-version"),
    (P8, "head.001.001.02", "head.002.001.02", "envelope-namespace"),
    (P8, "</RequestPayload>", "<Document/></RequestPayload>", "envelope-one"),
    (P8, "</RequestPayload>", "<AppHdr/></RequestPayload>", "envelope-one"),
    # The shape.
    (P8, "<NbOfTxs>2</NbOfTxs>", "", "schema-missing"),
    (P8, ' Ccy="MYR">1500.50', ">1500.50", "schema-missing"),
    (P8, "<ChrgBr>SHAR</ChrgBr>", "", "schema-missing"),
    (P8, "<NbOfTxs>2</NbOfTxs>", "<NbOfTxs>2</NbOfTxs><NbOfTxs>2</NbOfTxs>", "schema-repeated"),
    (P8, "<NbOfTxs>2</NbOfTxs>", "<NbOfTxs>2</NbOfTxs><Extra/>", "schema-unknown"),
    (P8, "<NbOfTxs>2</NbOfTxs>", "<nboftxs>2</nboftxs>", "schema-unknown"),
    (P8, "<NbOfTxs>2</NbOfTxs>", "<NbOfTxs xmlns='urn:x'>2</NbOfTxs>", "schema-unknown"),
    (P8, "<NbOfTxs>2</NbOfTxs>", "<NbOfTxs><b>2</b></NbOfTxs>", "schema-unknown"),
    (P8, "<NbOfTxs>2</NbOfTxs>", "<NbOfTxs a='1'>2</NbOfTxs>", "schema-attribute"),
    (P8, "<Purp><Cd>SUPP</Cd></Purp>", "<Purp a='1'><Cd>SUPP</Cd></Purp>", "schema-attribute"),
    (P8, "<Purp><Cd>SUPP</Cd></Purp>", "<Purp/>", "schema-choice"),
    (P8, "<Cd>SUPP</Cd>", "<Cd>SUPP</Cd><Prtry>X</Prtry>", "schema-choice"),
    (P8, "<Purp>", "<Purp>text", "schema-text"),
    (P8, "</Purp>", "</Purp>text", "schema-text"),
    (P8, "<TxId>ALFA-T-1</TxId>", "<TxId></TxId>", "schema-length"),
    (P8, "<TxId>ALFA-T-1</TxId>", f"<TxId>{'A' * 36}</TxId>", "schema-length"),
    (P8, "<Cd>SUPP</Cd>", "<Cd>TOOLONG</Cd>", "schema-length"),
    (P8, "<NbOfTxs>2</NbOfTxs>", "<NbOfTxs>two</NbOfTxs>", "schema-pattern"),
    (P8, f"<UETR>{UETR}", f"<UETR>{UETR.upper()}", "schema-pattern"),
    (P8, "4c2d-9e8b", "1c2d-9e8b", "schema-pattern"),
    (P8, 'Ccy="MYR">1500.50', 'Ccy="myr">1500.50', "schema-pattern"),
    (P8, "<BICFI>ALFAMYKLXXX", "<BICFI>ALFA MYKL", "schema-pattern"),
    (P8, "<SttlmMtd>CLRG", "<SttlmMtd>CASH", "schema-code"),
    (P8, ">1500.50</Intr", ">1.5005E3</Intr", "schema-number"),
    (P8, ">1500.50</Intr", ">1,500.50</Intr", "schema-number"),
    (P8, ">1500.50</Intr", "></Intr", "schema-number"),
    (P8, ">1500.50</Intr", f">{'9' * 5000}</Intr", "schema-number"),
    (P8, ">1500.50</Intr", ">NaN</Intr", "schema-number"),
    (P8, ">1500.50</Intr", ">1500.500001</Intr", "schema-digits"),
    (P8, ">1500.50</Intr", ">1234567890123456789</Intr", "schema-digits"),
    (P8, ">1500.50</Intr", ">-1500.50</Intr", "schema-range"),
    (P8, "<IntrBkSttlmDt>2026-11-02", "<IntrBkSttlmDt>2026-02-30", "schema-value"),
    (P8, "<IntrBkSttlmDt>2026-11-02", "<IntrBkSttlmDt>02.11.2026", "schema-value"),
    (P8, "<IntrBkSttlmDt>2026-11-02", "<IntrBkSttlmDt>0000-11-02", "schema-value"),
    (P8, "<CreDtTm>2026-11-02T09:00:00", "<CreDtTm>2026-11-02T25:00:00", "schema-value"),
    (S3, "<Ind>false</Ind>", "<Ind>no</Ind>", "schema-value"),
    # The header.
    (P8, "<MsgDefIdr>pacs.008.001.08", "<MsgDefIdr>pacs.008.001.09", "header-message"),
    (P8, "<BICFI>ALFAMYKLXXX</BICFI>", "<Nm>Alfa</Nm>", "header-party"),
    (P8, "<CreDt>2026-11-02T09:00:00+08:00", "<CreDt>2026-11-02T09:00:00", "moment-offset"),
    (P8, "<CreDtTm>2026-11-02T09:00:00+08:00", "<CreDtTm>2026-11-02T09:00:00", "moment-offset"),
    (C6, "T09:10:00+08:00", "T09:10:00", "moment-offset"),
    # Payments.
    (P8, f"<UETR>{UETR}</UETR>", "", "uetr-missing"),
    (P8, "<NbOfTxs>2", "<NbOfTxs>3", "count-wrong"),
    (P8, "<CtrlSum>1750.50", "<CtrlSum>1750.51", "sum-wrong"),
    (P8, '<TtlIntrBkSttlmAmt Ccy="MYR">1750.50', '<TtlIntrBkSttlmAmt Ccy="MYR">1750', "sum-wrong"),
    (P8, '<TtlIntrBkSttlmAmt Ccy="MYR">', '<TtlIntrBkSttlmAmt Ccy="USD">', "sum-currencies"),
    (P8, 'Ccy="MYR">1500.50', 'Ccy="XYZ">1500.50', "currency-unknown"),
    (P8, 'Ccy="MYR">1500.50', 'Ccy="HRK">1500.50', "currency-unknown"),
    (P8, 'Ccy="MYR">1500.50', 'Ccy="JPY">1500.50', "currency-decimals"),
    (P8, ">1500.50</Intr", ">1500.505</Intr", "currency-decimals"),
    (P8, ">250</Intr", ">0.00</Intr", "amount-zero"),
    (P8, "<IntrBkSttlmDt>2026-11-02</IntrBkSttlmDt>", "", "date-missing"),
    (P8, "<SttlmMtd>CLRG", "<SttlmMtd>COVE", "method-unsupported"),
    (P8, "<BICFI>BETAMYKLXXX</BICFI>", "<Nm>Beta</Nm>", "agent-unidentified"),
    (
        P9,
        "<Dbtr><FinInstnId><BICFI>ALFAMYKLXXX</BICFI>",
        "<Dbtr><FinInstnId>",
        "agent-unidentified",
    ),
    (P8, "<BICFI>BETAMYKLXXX", "<BICFI>BETAXXKLXXX", "bic-form"),
    (P8, "549300LEJARDEMO00148", "549300LEJARDEMO00149", "lei-digits"),
    (P8, "GB82WEST12345698765432", "GB82WEST12345698765433", "iban-digits"),
    (P4, "<Cd>AC04</Cd>", "<Cd>NARR</Cd>", "reason-text"),
    (P4, "<RtrRsnInf><Rsn><Cd>AC04</Cd></Rsn></RtrRsnInf>", "", "status-reason"),
    # Texts.
    (P8, "<MsgId>ALFA-20261102-1", "<MsgId>ALFA_20261102", "character-reference"),
    (P8, "<MsgId>ALFA-20261102-1", "<MsgId>/ALFA", "reference-slash"),
    (P8, "<InstrId>ALFA-I-1", "<InstrId>ALFA//1", "reference-slash"),
    (P8, "<Nm>Kedai Contoh", "<Nm>Kedai Contoh\u00e9", "character-text"),
    (P8, "<Nm>Kedai Contoh", "<Nm>\u5e97", "character-text"),
    (P8, "<Nm>Kedai Contoh", "<Nm>Kedai\nContoh", "character-text"),
    (P8, "<Nm>Kedai Contoh", "<Nm> Kedai Contoh", "text-blank"),
    (P8, "<EndToEndId>NOTPROVIDED", "<EndToEndId>   ", "text-blank"),
    # Answers.
    (P2, "<Rsn><Cd>AM04</Cd></Rsn>", "", "status-reason"),
    (P2, "<TxSts>ACSC</TxSts>", "<TxSts>RJCT</TxSts>", "status-reason"),
    (P2, "<OrgnlUETR>0b9d3c1e-5a7f-4c2d-9e8b-1f2a3b4c5d6e</OrgnlUETR>", "", "original-missing"),
    (C6, "<NbOfTxs>1", "<NbOfTxs>2", "count-wrong"),
    (C6, "<CxlRsnInf><Rsn><Cd>DUPL</Cd></Rsn></CxlRsnInf>", "", "status-reason"),
    (C9, f"<OrgnlUETR>{UETR}</OrgnlUETR>", "", "original-missing"),
    (C9, "<Rsn><Cd>AGNT</Cd></Rsn>", "", "status-reason"),
    # Statements.
    (C3, "<Cd>OPBD</Cd>", "<Cd>OPAV</Cd>", "balance-missing"),
    (C3, "<Cd>CLBD</Cd>", "<Cd>CLAV</Cd>", "balance-missing"),
    (C3, ">1500.00</Amt>", ">1500.01</Amt>", "balance-wrong"),
    (C3, "<Cd>BOOK</Cd>", "<Cd>PDNG</Cd>", "balance-wrong"),
    (C3, '<Amt Ccy="MYR">1500.00', '<Amt Ccy="SGD">1500.00', "sum-currencies"),
    (C3, "<NbOfNtries>2", "<NbOfNtries>3", "count-wrong"),
    (C3, "<Sum>3000</Sum>", "<Sum>3000.01</Sum>", "sum-wrong"),
    (C3, "<Ccy>MYR</Ccy>", "<Ccy>MYX</Ccy>", "currency-unknown"),
    # Securities.
    (S3, "MYBLJ2600019", "MYBLJ2600018", "isin-digits"),
    (S3, "<ISIN>MYBLJ2600019</ISIN>", "<Desc>A bond</Desc>", "instrument-missing"),
    (S3, "<Pmt>APMT", "<Pmt>FREE", "payment-amount"),
    (S3, "<SctiesMvmntTp>DELI", "<SctiesMvmntTp>RECE", "payment-direction"),
    (S3, "<Unit>300</Unit>", "<Unit>0</Unit>", "amount-zero"),
    (S3, ">30150.00<", ">0<", "amount-zero"),
    (S5, "<CdtDbtInd>CRDT", "<CdtDbtInd>DBIT", "payment-direction"),
    (S3, "<Unit>300</Unit>", "<Unit>300.00001</Unit>", "quantity-decimals"),
    (SB, "<Unit>1200</Unit>", "<Unit>1200.00001</Unit>", "quantity-decimals"),
    (
        S3,
        "<Qty><Unit>300</Unit></Qty>",
        "<OrgnlAndCurFace><FaceAmt>1</FaceAmt><AmtsdVal>1</AmtsdVal></OrgnlAndCurFace>",
        "quantity-form",
    ),
    (
        S3,
        "<SttlmDt><Dt><Dt>2026-11-03</Dt></Dt>",
        "<SttlmDt><DtCd><Cd>WISS</Cd></DtCd>",
        "date-missing",
    ),
    (
        S4,
        FAILING,
        "<Prtry><PrtrySts><Id>SOON</Id><Issr>CSD</Issr></PrtrySts></Prtry>",
        "status-unsupported",
    ),
    (SB, "<ISIN>MYBLJ2600027</ISIN>", "<Desc>A bond</Desc>", "instrument-missing"),
    (E1, "<ISIN>MYBLJ2600019</ISIN>", "<Desc>A bond</Desc>", "instrument-missing"),
    (E6, "<ISIN>MYBLJ2600019</ISIN>", "<Desc>A bond</Desc>", "instrument-missing"),
)


@pytest.mark.parametrize(("name", "old", "new", "rule"), CASES)
def test_one_broken_thing_is_found(name: str, old: str, new: str, rule: str) -> None:
    assert rule in rules_broken(changed(name, old, new))


def test_elements_in_another_order_are_found() -> None:
    first, second = "<InstrId>ALFA-I-1</InstrId>", "<EndToEndId>INVOICE 7/2026</EndToEndId>"
    text = good().replace(first, "@").replace(second, first).replace("@", second)
    assert rules_broken(text) == ["schema-order"]


def test_a_return_that_names_no_original_is_found() -> None:
    text = good(P4)
    for line in (
        "<OrgnlInstrId>ALFA-I-1</OrgnlInstrId>",
        "<OrgnlEndToEndId>INVOICE 7/2026</OrgnlEndToEndId>",
        f"<OrgnlUETR>{UETR}</OrgnlUETR>",
    ):
        assert line in text
        text = text.replace(line, "")
    assert rules_broken(text) == ["original-missing"]


def test_a_status_about_nothing_is_found() -> None:
    text = good(P2)
    items = text[text.index("<TxInfAndSts>") : text.rindex("</FIToFIPmtStsRpt>")]
    assert rules_broken(text.replace(items, "")) == ["original-missing"]


def test_every_thing_that_is_wrong_is_listed_with_its_line() -> None:
    text = changed(P8, "<ChrgBr>SHAR</ChrgBr>", "<ChrgBr>FREE</ChrgBr>")
    text = text.replace("<Nm>Kedai Contoh</Nm>", "<Nm></Nm>")
    found = check(text.encode()).findings
    lines = text.splitlines()
    assert [finding.rule for finding in found] == [Rule.SCHEMA_CODE, Rule.SCHEMA_LENGTH]
    assert ["FREE" in lines[found[0].line - 1], "<Nm></Nm>" in lines[found[1].line - 1]] == [
        True,
        True,
    ]
    assert found[1].path.endswith("/FIToFICstmrCdtTrf/CdtTrfTxInf[2]/Dbtr/Nm")


def test_a_statement_in_pages_is_not_added_up() -> None:
    page = "<StmtPgntn><PgNb>1</PgNb><LastPgInd>false</LastPgInd></StmtPgntn>"
    text = changed(C3, "<Id>STMT-1</Id>", f"<Id>STMT-1</Id>{page}")
    assert rules_broken(text.replace(">1500.00</Amt>", ">9.00</Amt>")) == []


def test_amounts_are_added_without_rounding() -> None:
    cents = "".join(
        '<Ntry><Amt Ccy="MYR">0.10</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>'
        "<BkTxCd/></Ntry>"
        for _ in range(3)
    )
    text = good(C3)
    entries = text[text.index("<TxsSummry>") : text.index("</Stmt>")]
    text = text.replace(entries, cents).replace(">1500.00</Amt>", ">0.80</Amt>")
    text = text.replace(">500.00</Amt><CdtDbtInd>DBIT", ">0.50</Amt><CdtDbtInd>CRDT")
    assert rules_broken(text) == []


def test_every_rule_is_broken_by_a_test() -> None:
    here = Path(__file__).parent
    tests = "".join(
        (here / name).read_text(encoding="utf-8") for name in ("test_bad.py", "test_attacks.py")
    )
    assert [rule.id for rule in Rule if f'"{rule.id}"' not in tests] == []

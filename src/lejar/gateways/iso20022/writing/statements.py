# SPDX-License-Identifier: Apache-2.0
"""Statements that the hub gives of its own books: camt.052, 053, 054 and semt.002."""

from collections.abc import Sequence
from typing import Final

from lejar.gateways.iso20022.catalogue import KINDS
from lejar.gateways.iso20022.characters import fit
from lejar.gateways.iso20022.messages import Balance, CashEntry, Holding, Holdings, Party, Statement
from lejar.gateways.iso20022.rules.statements import STATEMENTS
from lejar.gateways.iso20022.writing.build import Content
from lejar.gateways.iso20022.writing.parts import (
    Heading,
    bank,
    cash_account,
    customer,
    direction,
    group,
    money,
    position,
    quantity,
    written,
)

ENTRY_TEXT_LENGTH: Final = 500


def statement(name: str, heading: Heading, said: Statement, version: str | None = None) -> bytes:
    """Write a report (camt.052), a statement (camt.053) or a notice (camt.054)."""
    inside: dict[str, Content] = {
        "Id": said.statement_id,
        "ElctrncSeqNb": said.sequence,
        "CreDtTm": said.created_at,
        "FrToDt": _period(said),
        "Acct": _account(said),
        "Ntry": [_entry(one) for one in said.entries] or None,
    }
    if name != "camt.054":
        inside["Bal"] = [_balance(one) for one in said.balances] or None
    content: dict[str, Content] = {"GrpHdr": group(heading), STATEMENTS[name]: [inside]}
    return written(KINDS[name].name, version, heading, content)


def _period(said: Statement) -> dict[str, Content] | None:
    if said.from_moment is None or said.to_moment is None:
        return None
    return {"FrDtTm": said.from_moment, "ToDtTm": said.to_moment}


def _account(said: Statement) -> dict[str, Content]:
    account: dict[str, Content] = {"Ccy": said.account_currency}
    account |= cash_account(said.account) or {}
    if said.owner != Party():
        account["Ownr"] = customer(said.owner)
    if said.servicer != Party():
        account["Svcr"] = bank(said.servicer)
    return account


def _balance(one: Balance) -> dict[str, Content]:
    return {
        "Tp": {"CdOrPrtry": {"Cd": one.kind}},
        "Amt": money(one.units, one.currency),
        "CdtDbtInd": direction(one.units),
        "Dt": {"Dt": one.date},
    }


def _entry(one: CashEntry) -> dict[str, Content]:
    refs: dict[str, Content] = {
        "AcctSvcrRef": one.servicer_reference,
        "InstrId": one.instruction_id,
        "EndToEndId": one.end_to_end,
        "UETR": one.uetr,
        "TxId": one.transaction_id,
    }
    return {
        "NtryRef": one.reference,
        "Amt": money(one.units, one.currency),
        "CdtDbtInd": direction(one.units),
        "RvslInd": True if one.reversal else None,
        "Sts": {"Cd": one.status},
        "BookgDt": _day(one.booking_date),
        "ValDt": _day(one.value_date),
        "AcctSvcrRef": one.servicer_reference,
        "BkTxCd": _code(one.code),
        "NtryDtls": [{"TxDtls": [{"Refs": refs}]}] if any(refs.values()) else None,
        "AddtlNtryInf": None if one.text is None else fit(one.text, ENTRY_TEXT_LENGTH),
    }


def _day(date: str | None) -> dict[str, Content] | None:
    return None if date is None else {"Dt": date}


def _code(code: str | None) -> dict[str, Content]:
    parts: Sequence[str] = (code or "").split(".")
    if len(parts) != len(("domain", "family", "subfamily")):
        return {"Prtry": {"Cd": code or "NTAV"}}
    return {"Domn": {"Cd": parts[0], "Fmly": {"Cd": parts[1], "SubFmlyCd": parts[2]}}}


def holdings(heading: Heading, said: Holdings, version: str | None = None) -> bytes:
    """Write what an account holds: semt.002, whole, settled, on one page or several."""
    general: dict[str, Content] = {
        "StmtId": said.statement_id,
        "StmtDtTm": {"DtTm": said.as_at},
        "Frqcy": {"Cd": "DAIL"},
        "UpdTp": {"Cd": "COMP" if said.complete else "DELT"},
        "StmtBsis": {"Cd": "SETT"},
        "ActvtyInd": bool(said.holdings),
        "SubAcctInd": False,
    }
    owner: Content = None if said.owner.bic is None else {"Id": {"AnyBIC": said.owner.bic}}
    content: dict[str, Content] = {
        "Pgntn": {"PgNb": str(said.page), "LastPgInd": said.last_page},
        "StmtGnlDtls": general,
        "AcctOwnr": owner,
        "SfkpgAcct": {"Id": said.account},
        "BalForAcct": [_holding(one) for one in said.holdings] or None,
    }
    return written("semt.002", version, heading, content)


def _holding(one: Holding) -> dict[str, Content]:
    held: Content = quantity(one.aggregate, face_amount=one.face_amount)
    content: dict[str, Content] = {
        "FinInstrmId": {"ISIN": one.isin},
        "AggtBal": {"ShrtLngInd": position(one.aggregate), "Qty": {"Qty": {"Qty": held}}},
    }
    if one.available is not None:
        free: Content = quantity(one.available, face_amount=one.face_amount)
        content["AvlblBal"] = {"ShrtLngInd": position(one.available), "Qty": {"Qty": free}}
    return content

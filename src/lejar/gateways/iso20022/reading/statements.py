# SPDX-License-Identifier: Apache-2.0
"""Statements of cash and of securities: camt.052, 053, 054 and semt.002.

An entry of a batch with the amount of each transaction becomes one entry for each of them, so that
reconciliation compares payments with payments. A batch that does not say its parts stays whole.
"""

from collections.abc import Iterator

from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.messages import Balance, CashEntry, Holding, Holdings, Statement
from lejar.gateways.iso20022.reading.parts import (
    account,
    day,
    money,
    party,
    quantity,
    sign,
    texts,
)
from lejar.gateways.iso20022.rules.securities import BALANCES, QUANTITIES
from lejar.gateways.iso20022.rules.statements import STATEMENTS
from lejar.gateways.iso20022.tree import Node


def statements(message: Message) -> tuple[Statement, ...]:
    """Read camt.052, 053 or 054: one statement for each account."""
    items = message.root.every(STATEMENTS[message.version.kind.name])
    message_id = message.root.says("GrpHdr/MsgId") or ""
    return tuple(_statement(message.version.identifier, message_id, item) for item in items)


def _statement(identifier: str, message_id: str, item: Node) -> Statement:
    return Statement(
        identifier=identifier,
        message_id=message_id,
        statement_id=item.says("Id") or "",
        sequence=item.says("ElctrncSeqNb", "LglSeqNb"),
        created_at=item.says("CreDtTm"),
        account=account(item.first("Acct")) or "",
        account_currency=item.says("Acct/Ccy"),
        owner=party(item.first("Acct/Ownr")),
        servicer=party(item.first("Acct/Svcr")),
        from_moment=item.says("FrToDt/FrDtTm"),
        to_moment=item.says("FrToDt/ToDtTm"),
        balances=tuple(_balance(one) for one in item.every("Bal")),
        entries=tuple(entry for one in item.every("Ntry") for entry in _entries(one)),
    )


def _balance(node: Node) -> Balance:
    currency, units = money(node.first("Amt"))
    kind = node.says("Tp/CdOrPrtry/Cd", "Tp/CdOrPrtry/Prtry") or ""
    return Balance(
        kind=kind, currency=currency, units=sign(node) * units, date=day(node, "Dt") or ""
    )


def _entries(node: Node) -> Iterator[CashEntry]:
    parts = node.every("NtryDtls/TxDtls")
    if len(parts) > 1 and all(part.first("Amt") and part.first("CdtDbtInd") for part in parts):
        yield from (_entry(node, part, part) for part in parts)
    else:
        yield _entry(node, node, parts[0] if len(parts) == 1 else None)


def _entry(node: Node, amount: Node, detail: Node | None) -> CashEntry:
    currency, units = money(amount.first("Amt"))
    refs = None if detail is None else detail.first("Refs")
    return CashEntry(
        reference=node.says("NtryRef"),
        servicer_reference=_ref(refs, "AcctSvcrRef") or node.says("AcctSvcrRef"),
        currency=currency,
        units=sign(amount) * units,
        status=node.says("Sts/Cd", "Sts/Prtry", "Sts") or "",
        reversal=node.says("RvslInd") in {"true", "1"},
        booking_date=day(node, "BookgDt"),
        value_date=day(node, "ValDt"),
        code=_code(node),
        uetr=_ref(refs, "UETR"),
        end_to_end=_ref(refs, "EndToEndId"),
        instruction_id=_ref(refs, "InstrId"),
        transaction_id=_ref(refs, "TxId"),
        text=(None if detail is None else texts(detail, "RmtInf/Ustrd"))
        or node.says("AddtlNtryInf"),
        line=amount.line,
    )


def _ref(refs: Node | None, name: str) -> str | None:
    return None if refs is None else refs.says(name)


def _code(node: Node) -> str | None:
    domain = node.first("BkTxCd/Domn")
    if domain is None:
        return node.says("BkTxCd/Prtry/Cd")
    return ".".join(domain.says(path) or "" for path in ("Cd", "Fmly/Cd", "Fmly/SubFmlyCd"))


def holdings(message: Message) -> Holdings:
    """Read semt.002; holdings of sub-accounts count as the account's own."""
    root = message.root
    held = (*root.every("BalForAcct"), *root.every("SubAcctDtls/BalForSubAcct"))
    return Holdings(
        identifier=message.version.identifier,
        statement_id=root.says("StmtGnlDtls/StmtId", "StmtGnlDtls/RptNb/Lng"),
        as_at=root.says("StmtGnlDtls/StmtDtTm/DtTm", "StmtGnlDtls/StmtDtTm/Dt") or "",
        account=root.says("SfkpgAcct/Id", "BlckChainAdrOrWllt/Id") or "",
        owner=party(root.first("AcctOwnr")),
        page=int(root.says("Pgntn/PgNb") or 1),
        last_page=root.says("Pgntn/LastPgInd") in {"true", "1"},
        complete=root.says("StmtGnlDtls/UpdTp/Cd") == "COMP",
        holdings=tuple(_holding(one) for one in held),
    )


def _holding(node: Node) -> Holding:
    units, face = quantity(_counted(node, *BALANCES))
    available = _counted(node, "AvlblBal/Qty/Qty", "AvlblBal/Qty")
    free = None if available is None else quantity(available)[0]
    return Holding(
        isin=node.says("FinInstrmId/ISIN"),
        other_id=node.says("FinInstrmId/OthrId/Id"),
        aggregate=-units if node.says("AggtBal/ShrtLngInd") == "SHOR" else units,
        available=-free if free and node.says("AvlblBal/ShrtLngInd") == "SHOR" else free,
        face_amount=face,
        safekeeping_place=node.says("SfkpgPlc/SfkpgPlcFrmt/Id/Id", "SfkpgPlc/SfkpgPlcFrmt/Ctry"),
        line=node.line,
    )


def _counted(node: Node, *paths: str) -> Node | None:
    """Give the first element that states a quantity; others of the name hold such elements."""
    found = (one for path in paths for one in node.every(path))
    return next((one for one in found if one.first(*QUANTITIES) is not None), None)

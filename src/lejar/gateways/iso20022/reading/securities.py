# SPDX-License-Identifier: Apache-2.0
"""Settlement of securities: sese.023 and 025, what 024 says of them, and corporate actions."""

from typing import Final

from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.messages import (
    CorporateAction,
    Linkage,
    SecuritiesInstruction,
    SecuritiesState,
    SecuritiesStatus,
    Side,
)
from lejar.gateways.iso20022.reading.parts import day, money, party, quantity
from lejar.gateways.iso20022.rules.securities import STATES as PLACES
from lejar.gateways.iso20022.tree import Node
from lejar.kernel.failure import Malformed

STATES: Final = dict(
    zip(
        PLACES,
        (
            SecuritiesState.ACCEPTED,
            SecuritiesState.PENDING,
            SecuritiesState.REJECTED,
            SecuritiesState.CANCELLED,
            SecuritiesState.MATCHED,
            SecuritiesState.UNMATCHED,
            SecuritiesState.PENDING,
            SecuritiesState.FAILING,
        ),
        strict=True,
    )
)


def instruction(message: Message) -> SecuritiesInstruction:
    """Read sese.023 or sese.025."""
    root = message.root
    confirmed = message.version.kind.name == "sese.025"
    head = root.first("TxIdDtls" if confirmed else "SttlmTpAndAddtlParams") or root
    delivers = head.says("SctiesMvmntTp") == Side.DELIVERS
    names = ("DlvrgSttlmPties", "RcvgSttlmPties")
    ours, theirs = (root.first(name) for name in (names if delivers else names[::-1]))
    held = root.first(f"QtyAndAcctDtls/{'SttldQty' if confirmed else 'SttlmQty'}/Qty")
    units, face = quantity(held)
    money_node = root.first("SttldAmt/Amt" if confirmed else "SttlmAmt/Amt")
    currency, paid = (None, None) if money_node is None else money(money_node)
    return SecuritiesInstruction(
        identifier=message.version.identifier,
        reference=root.says("TxId", "TxIdDtls/AcctOwnrTxId") or "",
        common_reference=head.says("CmonId"),
        side=Side.DELIVERS if delivers else Side.RECEIVES,
        against_payment=head.says("Pmt") == "APMT",
        isin=root.says("FinInstrmId/ISIN") or "",
        quantity=units,
        face_amount=face,
        account=root.says("QtyAndAcctDtls/SfkpgAcct/Id") or _account(ours) or "",
        owner=party(root.first("QtyAndAcctDtls/AcctOwnr") or _side(ours, "Pty1")),
        counterparty=party(_side(theirs, "Pty1")),
        counterparty_account=_account(theirs),
        depository=party(_side(ours, "Dpstry")),
        counterparty_depository=party(_side(theirs, "Dpstry")),
        trade_date=day(root, "TradDtls/TradDt"),
        settlement_date=day(root, "TradDtls/SttlmDt", "TradDtls/FctvSttlmDt") or "",
        currency=currency,
        units=paid,
        priority=root.says("SttlmParams/Prty/Nmrc"),
        partial=root.says("SttlmParams/PrtlSttlmInd"),
        hold=root.says("SttlmParams/HldInd/Ind") in {"true", "1"},
        linkages=tuple(_linkage(one) for one in root.every("Lnkgs")),
    )


def _side(parties: Node | None, name: str) -> Node | None:
    return None if parties is None else parties.first(name)


def _account(parties: Node | None) -> str | None:
    return None if parties is None else parties.says("Pty1/SfkpgAcct/Id", "Pty2/SfkpgAcct/Id")


def _linkage(node: Node) -> Linkage:
    reference = next(one.text.strip() for below in node.every("Ref") for one in below.children())
    return Linkage(position=node.says("PrcgPos/Cd"), reference=reference)


def status(message: Message) -> SecuritiesStatus:
    """Read sese.024."""
    root = message.root
    given = [(path, state) for path, state in STATES.items() if root.first(path)]
    if not given:
        raise Malformed("the status is one that the hub does not know")
    path, state = given[-1]
    return SecuritiesStatus(
        reference=root.says("TxId/AcctOwnrTxId") or "",
        infrastructure_reference=root.says("TxId/MktInfrstrctrTxId"),
        state=state,
        reason=root.says(f"{path}/Rsn/Cd/Cd", f"{path}/Rsn/Cd/Prtry/Id"),
        reason_text=root.says(f"{path}/Rsn/AddtlRsnInf"),
    )


def corporate_action(message: Message) -> CorporateAction:
    """Read seev.031, by its first account and its first option that pays, or seev.036."""
    root = message.root
    general = root.first("CorpActnGnlInf") or root
    holder = root.first("AcctDtls/AcctsListAndBalDtls", "AcctDtls") or root
    paid = root.first("CorpActnOptnDtls/CshMvmntDtls", "CorpActnConfDtls/CshMvmntDtls")
    amount = None if paid is None else paid.first("AmtDtls/PstngAmt", "AmtDtls/NetCshAmt")
    currency, units = (None, None) if amount is None else money(amount)
    return CorporateAction(
        notice_id=root.says("MvmntConfId", "PrvsNtfctnId/Id") or _header_id(message),
        event_id=general.says("CorpActnEvtId") or "",
        kind=general.says("EvtTp/Cd", "EvtTp/Prtry/Id") or "",
        isin=general.says("UndrlygScty/FinInstrmId/ISIN", "FinInstrmId/ISIN") or "",
        record_date=day(root, "CorpActnDtls/DtDtls/RcrdDt"),
        payment_date=day(paid, "DtDtls/PmtDt", "DtDtls/PstngDt"),
        account=holder.says("SfkpgAcct", "BlckChainAdrOrWllt") or "",
        balance=_balance(holder),
        currency=currency,
        units=units,
    )


def _balance(holder: Node) -> int | None:
    paths = ("TtlElgblBal/Bal/QtyChc/SgndQty", "ConfdBal/Bal", "ConfdBal/ElgblBal")
    stated = holder.first(*(f"Bal/{path}" for path in paths))
    held = None if stated is None else stated.first("QtyChc/Qty", "Qty")
    if stated is None or held is None:
        return None
    return quantity(held)[0] * (-1 if stated.says("ShrtLngPos") == "SHOR" else 1)


def _header_id(message: Message) -> str:
    head = message.header_node
    return (None if head is None else head.node.says("BizMsgIdr")) or ""

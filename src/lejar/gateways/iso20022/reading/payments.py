# SPDX-License-Identifier: Apache-2.0
"""Payments and what is said about them: pacs.008, 009, 004, 002, camt.056, 029, 060."""

from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.messages import (
    CancellationRequest,
    CreditTransfer,
    ReportRequest,
    Resolution,
    Return,
    Status,
)
from lejar.gateways.iso20022.reading.parts import account, day, money, original, party, texts
from lejar.gateways.iso20022.tree import Node


def credit_transfers(message: Message) -> tuple[CreditTransfer, ...]:
    """Read pacs.008 or pacs.009."""
    header = message.root.first("GrpHdr") or message.root
    items = message.root.every("CdtTrfTxInf")
    return tuple(_transfer(message.version.identifier, header, item) for item in items)


def _transfer(identifier: str, header: Node, item: Node) -> CreditTransfer:
    currency, units = money(item.first("IntrBkSttlmAmt"))
    return CreditTransfer(
        identifier=identifier,
        message_id=header.says("MsgId") or "",
        uetr=item.says("PmtId/UETR") or "",
        end_to_end=item.says("PmtId/EndToEndId") or "",
        instruction_id=item.says("PmtId/InstrId"),
        transaction_id=item.says("PmtId/TxId"),
        currency=currency,
        units=units,
        settlement_date=item.says("IntrBkSttlmDt") or header.says("IntrBkSttlmDt") or "",
        method=header.says("SttlmInf/SttlmMtd") or "",
        priority=item.says("SttlmPrty", "PmtTpInf/InstrPrty") or header.says("PmtTpInf/InstrPrty"),
        charge_bearer=item.says("ChrgBr"),
        purpose=item.says("Purp/Cd", "Purp/Prtry"),
        remittance=texts(item, "RmtInf/Ustrd"),
        debtor=party(item.first("Dbtr")),
        debtor_account=account(item.first("DbtrAcct")),
        debtor_agent=party(item.first("DbtrAgt")),
        creditor=party(item.first("Cdtr")),
        creditor_account=account(item.first("CdtrAcct")),
        creditor_agent=party(item.first("CdtrAgt")),
        instructing_agent=party(item.first("InstgAgt") or header.first("InstgAgt")),
        instructed_agent=party(item.first("InstdAgt") or header.first("InstdAgt")),
    )


def returns(message: Message) -> tuple[Return, ...]:
    """Read pacs.004."""
    header = message.root.first("GrpHdr") or message.root
    return tuple(
        _return(message.version.identifier, header, item) for item in message.root.every("TxInf")
    )


def _return(identifier: str, header: Node, item: Node) -> Return:
    currency, units = money(item.first("RtrdIntrBkSttlmAmt"))
    return Return(
        identifier=identifier,
        message_id=header.says("MsgId") or "",
        return_id=item.says("RtrId"),
        original=original(item),
        currency=currency,
        units=units,
        settlement_date=item.says("IntrBkSttlmDt") or header.says("IntrBkSttlmDt"),
        method=header.says("SttlmInf/SttlmMtd") or "",
        reason=item.says("RtrRsnInf/Rsn/Cd", "RtrRsnInf/Rsn/Prtry"),
        reason_text=texts(item, "RtrRsnInf/AddtlInf"),
        debtor_agent=party(item.first("InstgAgt") or header.first("InstgAgt")),
        creditor_agent=party(item.first("InstdAgt") or header.first("InstdAgt")),
    )


def statuses(message: Message) -> tuple[Status, ...]:
    """Read pacs.002: the groups first, then the transactions."""
    groups = message.root.every("OrgnlGrpInfAndSts")
    items = message.root.every("TxInfAndSts")
    whole = (_status(group, "GrpSts", whole=True) for group in groups if group.first("GrpSts"))
    return (*whole, *(_status(item, "TxSts", whole=False) for item in items))


def _status(node: Node, name: str, *, whole: bool) -> Status:
    return Status(
        original=original(node),
        code=node.says(name) or "",
        reason=node.says("StsRsnInf/Rsn/Cd", "StsRsnInf/Rsn/Prtry"),
        reason_text=texts(node, "StsRsnInf/AddtlInf"),
        whole_message=whole,
    )


def cancellation_requests(message: Message) -> tuple[CancellationRequest, ...]:
    """Read camt.056."""
    root = message.root
    return tuple(
        CancellationRequest(
            message_id=root.says("Assgnmt/Id") or "",
            case_id=item.says("Case/Id") or root.says("Case/Id"),
            cancellation_id=item.says("CxlId"),
            original=original(item),
            reason=item.says("CxlRsnInf/Rsn/Cd", "CxlRsnInf/Rsn/Prtry"),
            reason_text=texts(item, "CxlRsnInf/AddtlInf"),
        )
        for item in root.every("Undrlyg/TxInf")
    )


def resolutions(message: Message) -> tuple[Resolution, ...]:
    """Read camt.029."""
    root = message.root
    return tuple(
        Resolution(
            case_id=item.says("RslvdCase/Id") or root.says("RslvdCase/Id"),
            original=original(item),
            confirmation=root.says("Sts/Conf") or item.says("TxCxlSts") or "",
            reason=item.says("CxlStsRsnInf/Rsn/Cd", "CxlStsRsnInf/Rsn/Prtry"),
            reason_text=texts(item, "CxlStsRsnInf/AddtlInf"),
        )
        for item in root.every("CxlDtls/TxInfAndSts")
    )


def report_requests(message: Message) -> tuple[ReportRequest, ...]:
    """Read camt.060."""
    return tuple(
        ReportRequest(
            message_id=message.root.says("GrpHdr/MsgId") or "",
            request_id=item.says("Id"),
            wanted=item.says("ReqdMsgNmId") or "",
            account=account(item.first("Acct")),
            owner=party(item.first("AcctOwnr")),
            from_date=day(item, "RptgPrd/FrToDt/FrDt"),
            to_date=day(item, "RptgPrd/FrToDt/ToDt"),
        )
        for item in message.root.every("RptgReq")
    )

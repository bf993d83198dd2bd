# SPDX-License-Identifier: Apache-2.0
"""Payments and answers to them, as we send them: pacs.008, 009, 002, 004 and camt.029."""

from collections.abc import Sequence
from typing import Final

from lejar.gateways.iso20022.characters import fit
from lejar.gateways.iso20022.messages import CreditTransfer, Party, Resolution, Return, Status
from lejar.gateways.iso20022.writing.build import Content
from lejar.gateways.iso20022.writing.parts import (
    Heading,
    assignment,
    bank,
    bank_if_known,
    cash_account,
    customer,
    group,
    money,
    original,
    reason,
    written,
)

REMITTANCE_LENGTH: Final = 140
SETTLEMENT_PRIORITIES: Final = ("URGT", "HIGH", "NORM")


def credit_transfer(
    heading: Heading, transfer: CreditTransfer, version: str | None = None
) -> bytes:
    """Write one payment: pacs.009 between banks, otherwise pacs.008."""
    header = group(heading) | {
        "NbOfTxs": "1",
        "SttlmInf": {"SttlmMtd": transfer.method},
    }
    item = _transfer(transfer) | _hop(
        heading, transfer.instructing_agent, transfer.instructed_agent
    )
    item |= _banks(transfer) if transfer.between_banks else _customers(transfer)
    name = "pacs.009" if transfer.between_banks else "pacs.008"
    return written(name, version, heading, {"GrpHdr": header, "CdtTrfTxInf": [item]})


def _transfer(transfer: CreditTransfer) -> dict[str, Content]:
    urgent = transfer.priority if transfer.priority in SETTLEMENT_PRIORITIES else None
    words: Content = None
    if transfer.remittance:
        words = {"Ustrd": [fit(transfer.remittance, REMITTANCE_LENGTH)]}
    return {
        "PmtId": {
            "InstrId": transfer.instruction_id,
            "EndToEndId": transfer.end_to_end,
            "TxId": transfer.transaction_id,
            "UETR": transfer.uetr,
        },
        "IntrBkSttlmAmt": money(transfer.units, transfer.currency),
        "IntrBkSttlmDt": transfer.settlement_date,
        "SttlmPrty": urgent,
        "DbtrAcct": cash_account(transfer.debtor_account),
        "CdtrAcct": cash_account(transfer.creditor_account),
        "Purp": None if transfer.purpose is None else {"Cd": transfer.purpose},
        "RmtInf": words,
    }


def _hop(heading: Heading, instructing: Party, instructed: Party) -> dict[str, Content]:
    """Say between which two banks a message goes: its sender and receiver, if no others are."""
    return {
        "InstgAgt": bank_if_known(instructing) or bank(Party(bic=heading.sender)),
        "InstdAgt": bank_if_known(instructed) or bank(Party(bic=heading.receiver)),
    }


def _banks(transfer: CreditTransfer) -> dict[str, Content]:
    return {
        "Dbtr": bank(transfer.debtor),
        "DbtrAgt": bank_if_known(transfer.debtor_agent),
        "CdtrAgt": bank_if_known(transfer.creditor_agent),
        "Cdtr": bank(transfer.creditor),
    }


def _customers(transfer: CreditTransfer) -> dict[str, Content]:
    return {
        "ChrgBr": transfer.charge_bearer or "SHAR",
        "Dbtr": customer(transfer.debtor),
        "DbtrAgt": bank(transfer.debtor_agent),
        "CdtrAgt": bank(transfer.creditor_agent),
        "Cdtr": customer(transfer.creditor),
    }


def returned(heading: Heading, back: Return, version: str | None = None) -> bytes:
    """Write one return: pacs.004."""
    header = group(heading) | {"NbOfTxs": "1", "SttlmInf": {"SttlmMtd": back.method}}
    item = original(back.original) | _hop(heading, back.debtor_agent, back.creditor_agent)
    item |= {
        "RtrId": back.return_id,
        "RtrdIntrBkSttlmAmt": money(back.units, back.currency),
        "IntrBkSttlmDt": back.settlement_date,
        "RtrRsnInf": reason(back.reason, back.reason_text),
    }
    return written("pacs.004", version, heading, {"GrpHdr": header, "TxInf": [item]})


def status_report(
    heading: Heading, statuses: Sequence[Status], version: str | None = None
) -> bytes:
    """Write what became of messages and transactions: pacs.002."""
    groups: list[Content] = [_whole(one) for one in statuses if one.whole_message]
    hop = _hop(heading, Party(), Party())
    items: list[Content] = [_item(one) | hop for one in statuses if not one.whole_message]
    content: dict[str, Content] = {
        "GrpHdr": group(heading) if items else group(heading) | hop,
        "OrgnlGrpInfAndSts": groups or None,
        "TxInfAndSts": items or None,
    }
    return written("pacs.002", version, heading, content)


def _whole(one: Status) -> dict[str, Content]:
    return {
        "OrgnlMsgId": one.original.message_id or "NOTPROVIDED",
        "OrgnlMsgNmId": one.original.message_name or "NOTPROVIDED",
        "GrpSts": one.code,
        "StsRsnInf": reason(one.reason, one.reason_text),
    }


def _item(one: Status) -> dict[str, Content]:
    said = {"TxSts": one.code, "StsRsnInf": reason(one.reason, one.reason_text)}
    return original(one.original) | said


def resolution(heading: Heading, answer: Resolution, version: str | None = None) -> bytes:
    """Write the answer to a request to cancel: camt.029."""
    item: dict[str, Content] = original(answer.original) | {
        "TxCxlSts": {"CNCL": "ACCR"}.get(answer.confirmation, answer.confirmation),
        "CxlStsRsnInf": reason(answer.reason, answer.reason_text),
    }
    content: dict[str, Content] = {
        "Assgnmt": assignment(heading),
        "RslvdCase": None
        if answer.case_id is None
        else {"Id": answer.case_id, "Cretr": assignment(heading)["Assgne"]},
        "Sts": {"Conf": answer.confirmation},
        "CxlDtls": [{"TxInfAndSts": [item]}],
    }
    return written("camt.029", version, heading, content)

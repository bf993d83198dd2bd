# SPDX-License-Identifier: Apache-2.0
"""What the hub says of securities: sese.023 to 025, seev.031 and 036."""

from typing import Final

from lejar.gateways.iso20022.characters import fit
from lejar.gateways.iso20022.messages import (
    CorporateAction,
    Party,
    SecuritiesInstruction,
    SecuritiesState,
    SecuritiesStatus,
    Side,
)
from lejar.gateways.iso20022.rules.securities import DIRECTIONS
from lejar.gateways.iso20022.writing.build import Content
from lejar.gateways.iso20022.writing.parts import (
    Heading,
    direction,
    money,
    position,
    quantity,
    written,
)

REASON_LENGTH: Final = 210

PLACES: Final = {
    SecuritiesState.ACCEPTED: ("PrcgSts", "AckdAccptd"),
    SecuritiesState.REJECTED: ("PrcgSts", "Rjctd"),
    SecuritiesState.CANCELLED: ("PrcgSts", "Canc"),
    SecuritiesState.MATCHED: ("MtchgSts", "Mtchd"),
    SecuritiesState.UNMATCHED: ("MtchgSts", "Umtchd"),
    SecuritiesState.PENDING: ("SttlmSts", "Pdg"),
    SecuritiesState.FAILING: ("SttlmSts", "Flng"),
}


def instruction(heading: Heading, said: SecuritiesInstruction, version: str | None = None) -> bytes:
    """Write an instruction: sese.023."""
    content: dict[str, Content] = _common(said, "SttlmQty") | {
        "TxId": said.reference,
        "SttlmTpAndAddtlParams": _kind(said),
        "Lnkgs": [_linkage(one.position, one.reference) for one in said.linkages] or None,
        "TradDtls": {
            "TradDt": None if said.trade_date is None else {"Dt": {"Dt": said.trade_date}},
            "SttlmDt": {"Dt": {"Dt": said.settlement_date}},
        },
        "SttlmParams": {
            "HldInd": {"Ind": True} if said.hold else None,
            "Prty": None if said.priority is None else {"Nmrc": said.priority},
            "SctiesTxTp": {"Cd": "TRAD"},
            "PrtlSttlmInd": said.partial,
        },
        "SttlmAmt": _amount(said),
    }
    return written("sese.023", version, heading, content)


def confirmation(
    heading: Heading,
    said: SecuritiesInstruction,
    infrastructure_reference: str,
    version: str | None = None,
) -> bytes:
    """Write that an instruction has settled: sese.025."""
    content: dict[str, Content] = _common(said, "SttldQty") | {
        "TxIdDtls": _kind(said)
        | {"AcctOwnrTxId": said.reference, "MktInfrstrctrTxId": infrastructure_reference},
        "TradDtls": {"FctvSttlmDt": {"Dt": {"Dt": said.settlement_date}}},
        "SttlmParams": {"SctiesTxTp": {"Cd": "TRAD"}, "PrtlSttlmInd": said.partial},
        "SttldAmt": _amount(said),
    }
    return written("sese.025", version, heading, content)


def _kind(said: SecuritiesInstruction) -> dict[str, Content]:
    return {
        "SctiesMvmntTp": said.side.value,
        "Pmt": "APMT" if said.against_payment else "FREE",
        "CmonId": said.common_reference,
    }


def _common(said: SecuritiesInstruction, quantity_name: str) -> dict[str, Content]:
    ours = _parties(said.depository, said.owner, said.account)
    theirs = _parties(said.counterparty_depository, said.counterparty, said.counterparty_account)
    delivers = said.side is Side.DELIVERS
    held: Content = quantity(said.quantity, face_amount=said.face_amount)
    return {
        "FinInstrmId": {"ISIN": said.isin},
        "QtyAndAcctDtls": {
            quantity_name: {"Qty": held},
            "SfkpgAcct": {"Id": said.account},
        },
        "DlvrgSttlmPties": ours if delivers else theirs,
        "RcvgSttlmPties": theirs if delivers else ours,
    }


def _parties(depository: Party, party: Party, account: str | None) -> dict[str, Content] | None:
    if party.bic is None:
        return None
    return {
        "Dpstry": None if depository.bic is None else {"Id": {"AnyBIC": depository.bic}},
        "Pty1": {
            "Id": {"AnyBIC": party.bic},
            "SfkpgAcct": None if account is None else {"Id": account},
        },
    }


def _amount(said: SecuritiesInstruction) -> dict[str, Content] | None:
    if said.units is None or said.currency is None:
        return None
    return {"Amt": money(said.units, said.currency), "CdtDbtInd": DIRECTIONS[said.side.value]}


def _linkage(place: str | None, reference: str) -> dict[str, Content]:
    return {
        "PrcgPos": None if place is None else {"Cd": place},
        "Ref": {"SctiesSttlmTxId": reference},
    }


def status(heading: Heading, said: SecuritiesStatus, version: str | None = None) -> bytes:
    """Write what became of an instruction: sese.024."""
    group, name = PLACES[said.state]
    content: dict[str, Content] = {
        "TxId": {
            "AcctOwnrTxId": said.reference,
            "MktInfrstrctrTxId": said.infrastructure_reference,
        },
        group: {name: {} if said.state is SecuritiesState.MATCHED else _reason(said)},
    }
    return written("sese.024", version, heading, content)


def _reason(said: SecuritiesStatus) -> dict[str, Content]:
    if said.reason is None:
        return {"NoSpcfdRsn": "NORE"}
    words = None if said.reason_text is None else fit(said.reason_text, REASON_LENGTH)
    return {"Rsn": [{"Cd": {"Cd": said.reason}, "AddtlRsnInf": words}]}


def notice(heading: Heading, said: CorporateAction, version: str | None = None) -> bytes:
    """Write that an event is coming: seev.031, mandatory, paid in cash."""
    content: dict[str, Content] = {
        "NtfctnGnlInf": {
            "NtfctnTp": "NEWM",
            "PrcgSts": {"Cd": {"EvtCmpltnsSts": "COMP", "EvtConfSts": "CONF"}},
        },
        "CorpActnGnlInf": {
            "CorpActnEvtId": said.event_id,
            "EvtTp": {"Cd": said.kind},
            "MndtryVlntryEvtTp": {"Cd": "MAND"},
            "UndrlygScty": {"FinInstrmId": {"ISIN": said.isin}},
        },
        "AcctDtls": {"AcctsListAndBalDtls": [_holder(said)]},
        "CorpActnDtls": None
        if said.record_date is None
        else {"DtDtls": {"RcrdDt": {"Dt": said.record_date}}},
        "CorpActnOptnDtls": [
            {
                "OptnNb": "001",
                "OptnTp": {"Cd": "CASH"},
                "DfltPrcgOrStgInstr": {"DfltOptnInd": True},
                "CshMvmntDtls": None if said.payment_date is None else [_expected(said)],
            }
        ],
    }
    return written("seev.031", version, heading, content)


def _holder(said: CorporateAction) -> dict[str, Content]:
    content: dict[str, Content] = {"SfkpgAcct": said.account}
    if said.balance is not None:
        held: Content = quantity(said.balance, face_amount=False)
        signed: Content = {"ShrtLngPos": position(said.balance), "Qty": held}
        content["Bal"] = {"TtlElgblBal": {"Bal": {"QtyChc": {"SgndQty": signed}}}}
    return content


def _expected(said: CorporateAction) -> dict[str, Content]:
    content: dict[str, Content] = {
        "CdtDbtInd": "CRDT",
        "DtDtls": {"PmtDt": {"Dt": said.payment_date}},
    }
    if said.units is not None and said.currency is not None:
        content["CdtDbtInd"] = direction(said.units)
        content["AmtDtls"] = {"NetCshAmt": money(said.units, said.currency)}
    return content


def movement(heading: Heading, said: CorporateAction, version: str | None = None) -> bytes:
    """Write that an event has paid: seev.036."""
    held: Content = {"Qty": quantity(said.balance or 0, face_amount=False)}
    balance: Content = {"ShrtLngPos": position(said.balance or 0), "QtyChc": held}
    cash: dict[str, Content] = {
        "CdtDbtInd": direction(said.units or 0),
        "AmtDtls": {"PstngAmt": money(said.units or 0, said.currency or "")},
        "DtDtls": {"PstngDt": {"Dt": said.payment_date}},
    }
    content: dict[str, Content] = {
        "MvmntConfId": said.notice_id,
        "CorpActnGnlInf": {
            "CorpActnEvtId": said.event_id,
            "EvtTp": {"Cd": said.kind},
            "FinInstrmId": {"ISIN": said.isin},
        },
        "AcctDtls": {"SfkpgAcct": said.account, "Bal": {"ConfdBal": {"Bal": balance}}},
        "CorpActnConfDtls": {
            "OptnNb": {"Nb": "001"},
            "OptnTp": {"Cd": "CASH"},
            "CshMvmntDtls": [cash],
        },
    }
    return written("seev.036", version, heading, content)

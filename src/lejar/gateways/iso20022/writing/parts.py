# SPDX-License-Identifier: Apache-2.0
"""The parts that many messages share, as content for the generated types, and the envelope."""

from collections.abc import Mapping
from typing import Final

import msgspec

from lejar.gateways.iso20022.amounts import text_of
from lejar.gateways.iso20022.catalogue import KINDS, Version, document_type, header_type
from lejar.gateways.iso20022.characters import fit, fit_reference
from lejar.gateways.iso20022.codec import encode
from lejar.gateways.iso20022.messages import Original, Party
from lejar.gateways.iso20022.rules.securities import QUANTITY_DECIMALS
from lejar.gateways.iso20022.writing.build import Content, amount, built

HEADER_VERSION: Final = "02"
REFERENCE_LENGTH: Final = 35
NAME_LENGTH: Final = 140
REASON_LENGTH: Final = 105

OLDEST: Final = {name: kind.versions[0] for name, kind in KINDS.items()}
"""What we send unless the receiver asks for newer: every bank reads it."""


class Heading(msgspec.Struct, frozen=True, kw_only=True):
    """Who writes to whom, when, and under which name.

    Sender and receiver are BICs. The moment comes from whoever has a clock, with its offset.
    """

    message_id: str
    created_at: str
    sender: str
    receiver: str
    possible_duplicate: bool = False


def written(
    name: str, version: str | None, heading: Heading, content: Mapping[str, Content]
) -> bytes:
    """Write a message with its header."""
    kind = KINDS[name]
    which = Version(kind, version or OLDEST[name])
    document = built(document_type(which), {kind.root: content})
    return encode(document, _header(which, heading))


def _header(version: Version, heading: Heading) -> object:
    content: dict[str, Content] = {
        "Fr": {"FIId": bank(Party(bic=heading.sender))},
        "To": {"FIId": bank(Party(bic=heading.receiver))},
        "BizMsgIdr": fit_reference(heading.message_id, REFERENCE_LENGTH),
        "MsgDefIdr": version.identifier,
        "CreDt": heading.created_at,
        "PssblDplct": True if heading.possible_duplicate else None,
    }
    return built(header_type(HEADER_VERSION), content)


def group(heading: Heading) -> dict[str, Content]:
    """Write the name and the moment that open a group header."""
    return {
        "MsgId": fit_reference(heading.message_id, REFERENCE_LENGTH),
        "CreDtTm": heading.created_at,
    }


def assignment(heading: Heading) -> Mapping[str, Content]:
    """Write who hands a case to whom."""
    return {
        "Id": fit_reference(heading.message_id, REFERENCE_LENGTH),
        "Assgnr": {"Agt": bank(Party(bic=heading.sender))},
        "Assgne": {"Agt": bank(Party(bic=heading.receiver))},
        "CreDtTm": heading.created_at,
    }


def bank(party: Party) -> Mapping[str, Content]:
    """Write a bank by what identifies it."""
    member: Content = None if party.member is None else {"MmbId": party.member}
    content: dict[str, Content] = {
        "BICFI": party.bic,
        "ClrSysMmbId": member,
        "LEI": party.lei,
        "Nm": name_of(party),
    }
    return {"FinInstnId": content}


def bank_if_known(party: Party) -> Mapping[str, Content] | None:
    """Write a bank, or nothing where nothing identifies one."""
    return bank(party) if party.bic or party.member or party.lei else None


def customer(party: Party) -> Mapping[str, Content]:
    """Write a customer."""
    organisation: Content = None
    if party.bic or party.lei:
        organisation = {"OrgId": {"AnyBIC": party.bic, "LEI": party.lei}}
    elif party.other:
        organisation = {"OrgId": {"Othr": [{"Id": party.other}]}}
    return {"Nm": name_of(party), "Id": organisation}


def name_of(party: Party) -> str | None:
    """Write a name so that it fits."""
    return None if party.name is None else fit(party.name, NAME_LENGTH)


def cash_account(number: str | None) -> Mapping[str, Content] | None:
    """Write an account by its own number."""
    return None if number is None else {"Id": {"Othr": {"Id": number}}}


def money(units: int, currency: str) -> Mapping[str, Content]:
    """Write an amount; its direction is said beside it."""
    return amount(text_of(abs(units), currency), currency)


def direction(units: int) -> str:
    """Say whether an amount is a credit or a debit."""
    return "DBIT" if units < 0 else "CRDT"


def quantity(units: int, *, face_amount: bool) -> Mapping[str, Content]:
    """Write ten-thousandths as a number of units or a face amount."""
    whole, part = divmod(abs(units), 10**QUANTITY_DECIMALS)
    fraction = f"{part:0{QUANTITY_DECIMALS}}".rstrip("0")
    number = f"{whole}.{fraction}" if fraction else f"{whole}"
    return {"FaceAmt" if face_amount else "Unit": number}


def position(units: int) -> str:
    """Say whether a holding is long or short."""
    return "SHOR" if units < 0 else "LONG"


def original(meant: Original) -> dict[str, Content]:
    """Write which transaction is meant."""
    named = meant.message_id is not None and meant.message_name is not None
    return {
        "OrgnlGrpInf": {"OrgnlMsgId": meant.message_id, "OrgnlMsgNmId": meant.message_name}
        if named
        else None,
        "OrgnlInstrId": meant.instruction_id,
        "OrgnlEndToEndId": meant.end_to_end,
        "OrgnlTxId": meant.transaction_id,
        "OrgnlUETR": meant.uetr,
    }


def reason(code: str | None, text: str | None) -> list[Content] | None:
    """Write a reason with its narrative."""
    if code is None:
        return None
    words: Content = None if text is None else [fit(text, REASON_LENGTH)]
    return [{"Rsn": {"Cd": code}, "AddtlInf": words}]

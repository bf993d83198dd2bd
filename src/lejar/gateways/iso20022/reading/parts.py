# SPDX-License-Identifier: Apache-2.0
"""The parts that many messages share: who, which account, how much, when, and which original."""

import hashlib
from typing import Final

from lejar.gateways.iso20022.amounts import scaled, units_of
from lejar.gateways.iso20022.codec import Message
from lejar.gateways.iso20022.messages import Envelope, Original, Party
from lejar.gateways.iso20022.rules.header import IDENTIFIED
from lejar.gateways.iso20022.rules.securities import QUANTITIES, QUANTITY_DECIMALS
from lejar.gateways.iso20022.tree import Node
from lejar.kernel.failure import Malformed

MESSAGE_IDS: Final = (
    "GrpHdr/MsgId",
    "Assgnmt/Id",
    "TxId",
    "TxIdDtls/AcctOwnrTxId",
    "StmtGnlDtls/StmtId",
    "MvmntConfId",
)
"""Where messages carry the name that their sender gave them."""


def envelope(message: Message) -> Envelope:
    """Read where a message came from and what tells it from every other."""
    root = message.root
    head = None if message.header_node is None else message.header_node.node
    sender = _header_party(head, "Fr") or party(root.first("GrpHdr/InstgAgt")).bic
    receiver = _header_party(head, "To") or party(root.first("GrpHdr/InstdAgt")).bic
    message_id = root.says(*MESSAGE_IDS) or ""
    business_id = None if head is None else head.says("BizMsgIdr")
    return Envelope(
        identifier=message.version.identifier,
        message_id=message_id,
        created_at=root.says("GrpHdr/CreDtTm", "Assgnmt/CreDtTm")
        or (None if head is None else head.says("CreDt")),
        sender=sender,
        receiver=receiver,
        business_id=business_id,
        possible_duplicate=head is not None and head.says("PssblDplct") in {"true", "1"},
        fingerprint=fingerprint(message, sender or "", message_id or business_id or ""),
    )


def fingerprint(message: Message, sender: str, message_id: str) -> str:
    """Name a message so that the same one sent twice has the same name.

    Sender, kind and message id tell messages apart, as do UETRs; a second message with the same
    name is a duplicate, whatever else it says. Versions do not count: a retry may be converted.
    """
    uetrs = sorted({node.text for node in message.root.descendants() if node.name == "UETR"})
    parts = "\n".join((message.version.kind.name, sender, message_id, *uetrs))
    return hashlib.sha256(parts.encode()).hexdigest()


def party(node: Node | None) -> Party:
    """Read whatever identifies a bank, a customer or an agent."""
    if node is None:
        return Party()
    inside = node.first("FinInstnId", "Agt/FinInstnId", "Pty", "Id/OrgId") or node
    return Party(
        bic=inside.says("BICFI", "AnyBIC", "Id/OrgId/AnyBIC", "Id/AnyBIC"),
        lei=inside.says("LEI", "Id/OrgId/LEI") or node.says("LEI"),
        member=inside.says("ClrSysMmbId/MmbId"),
        name=node.says("Nm", "FinInstnId/Nm", "Pty/Nm", "Id/NmAndAdr/Nm"),
        other=inside.says("Othr/Id", "Id/OrgId/Othr/Id", "Id/PrvtId/Othr/Id", "Id/PrtryId/Id"),
    )


def account(node: Node | None) -> str | None:
    """Read an account's number."""
    return None if node is None else node.says("Id/IBAN", "Id/Othr/Id", "Prtry", "IBAN", "Id")


def money(node: Node | None) -> tuple[str, int]:
    """Read a currency and its smallest units."""
    if node is None:
        raise Malformed("an amount is missing")
    currency = node.attributes.get("Ccy", "")
    return currency, units_of(node.text, currency)


def sign(node: Node) -> int:
    """Plus for a credit, minus for a debit."""
    return 1 if node.says("CdtDbtInd") == "CRDT" else -1


def quantity(node: Node | None) -> tuple[int, bool]:
    """Read a quantity in ten-thousandths, and whether it counts face amount instead of units."""
    number = None if node is None else node.first(*QUANTITIES)
    if number is None:
        raise Malformed("a quantity is missing")
    units = scaled(number.text, QUANTITY_DECIMALS)
    return units, number.name in {"FaceAmt", "AmtsdVal"}


def day(node: Node | None, *paths: str) -> str | None:
    """Read a day, whether it stands as a date or as a moment."""
    if node is None:
        return None
    ends = ("", "/Dt", "/Dt/Dt", "/DtTm", "/Dt/DtTm")
    found = (one for path in paths for end in ends for one in node.every(path + end))
    texts = (one.text.strip() for one in found)
    return next((text[:10] for text in texts if text), None)


def original(node: Node) -> Original:
    """Read which transaction is meant."""
    group = "OrgnlGrpInf"
    return Original(
        uetr=node.says("OrgnlUETR"),
        message_id=node.says(f"{group}/OrgnlMsgId", "OrgnlMsgId"),
        message_name=node.says(f"{group}/OrgnlMsgNmId", "OrgnlMsgNmId"),
        instruction_id=node.says("OrgnlInstrId"),
        end_to_end=node.says("OrgnlEndToEndId"),
        transaction_id=node.says("OrgnlTxId"),
    )


def texts(node: Node, path: str) -> str | None:
    """Join the texts of several elements of one name."""
    return " ".join(one.text.strip() for one in node.every(path)) or None


def _header_party(head: Node | None, side: str) -> str | None:
    found = None if head is None else head.first(side)
    return None if found is None else found.says(*IDENTIFIED)

# SPDX-License-Identifier: Apache-2.0
"""What a proof proves, in words: a receipt and a record of the state as sentences."""

import datetime

from lejar.assembly import MACHINE
from lejar.kernel import identifiers
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.identifiers import ID_BYTES

EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)


def moment(at: int) -> str:
    """Write a moment for people."""
    return (EPOCH + datetime.timedelta(microseconds=at)).isoformat(timespec="seconds")


def receipt_sentence(data: bytes) -> str:
    """Say what a receipt says."""
    receipt: Receipt = read_receipt(data)
    signers = ", ".join(identifiers.show("party", one) for one in receipt.signers) or "nobody"
    what = receipt.command or "an unreadable command"
    lines = [
        f"It proves: entry {receipt.number}, in block {receipt.block} at {moment(receipt.at)}, "
        f"is '{what}' ({identifiers.show('command', receipt.command_id)}), signed by {signers}."
    ]
    if receipt.refusal is not None:
        known = MACHINE.refusals.get(receipt.refusal.code)
        why = known.row.sentence if known is not None else ""
        lines.append(f"It was refused: {receipt.refusal.code}. {why}".rstrip())
        return "\n".join(lines)
    lines.append("It was accepted, and moved:" if receipt.postings else "It was accepted.")
    lines += [
        f"  {posting.amount:+,} of {identifiers.show('asset', posting.asset)} "
        f"on {identifiers.show('account', posting.account)}"
        for posting in receipt.postings
    ]
    return "\n".join(lines)


def state_sentence(key: bytes, value: bytes | None) -> str:
    """Say what a record of the state says."""
    table = MACHINE.tables.get(key[0]) if key else None
    if table is None:
        return f"It proves a record of a table that this version does not know: {key.hex()}."
    ids = [key[at : at + ID_BYTES].hex() for at in range(1, len(key), ID_BYTES)]
    if value is None:
        return f"It proves: '{table.name}' has no record for {', '.join(ids)}."
    return f"It proves: '{table.name}' for {', '.join(ids)} is {table.read(value)!r}."

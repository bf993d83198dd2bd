# SPDX-License-Identifier: Apache-2.0
"""Evidence: one self-contained JSON file that proves a receipt, or a value of the state.

It holds the thing proved, the proof up to a root, and the signed checkpoint with that root. Its
holder shows it to whoever he wants; nothing else is needed but keys one trusts (see `verify.py`).
There is exactly one text for each evidence: every byte of a file means something.
"""

from hashlib import sha256
from typing import Final, Literal, TypeAlias

import msgspec

from lejar.proofs.checkpoint import (
    Checkpoint,
    MalformedNote,
    Note,
    VerifierKey,
    parse_checkpoint,
    parse_note,
)
from lejar.proofs.log import HashReader, inclusion_proof
from lejar.proofs.tree import StateTree
from lejar.proofs.tree_proof import Inclusion, TreeProof

TEXT_MAX: Final = 16 * 1024 * 1024
"""Characters in the longest file that is read at all."""

Format: TypeAlias = Literal["lejar/evidence/1"]
FORMAT: Final[Format] = "lejar/evidence/1"


class MalformedEvidence(ValueError):
    """Text that is not exactly one evidence file, with the reason as a sentence."""


class ReceiptEvidence(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="receipt"
):
    """That an entry with this receipt is in the log. Bytes are base64 in the file."""

    format: Format
    receipt: bytes
    receipt_salt: bytes
    index: int
    """Leaf index: the entry's number less one."""
    proof: tuple[bytes, ...]
    """The audit path of RFC 6962, from the leaf up."""
    checkpoint: str
    """The signed note."""
    signers: tuple[str, ...]
    """The key of each signature line, in order: a hint whose keys these are, never a reason."""


class StateEvidence(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="state"
):
    """That a key of the state had this value, or none, after the checkpoint's block."""

    format: Format
    key: bytes
    value: bytes | None
    """None where the key was absent."""
    salt: bytes
    """The leaf's 16 bytes; empty where the key was absent."""
    proof: TreeProof
    checkpoint: str
    """As in `ReceiptEvidence`."""
    signers: tuple[str, ...]
    """As in `ReceiptEvidence`."""


Evidence: TypeAlias = ReceiptEvidence | StateEvidence


def receipt_digest(receipt: bytes, receipt_salt: bytes) -> bytes:
    """Return the leaf data of a receipt: `sha256(receipt salt + receipt bytes)`."""
    return sha256(receipt_salt + receipt).digest()


def make_receipt_evidence(
    *,
    receipt: bytes,
    receipt_salt: bytes,
    number: int,
    read: HashReader,
    note: str,
    keys: tuple[VerifierKey, ...],
) -> ReceiptEvidence:
    """Return the evidence that entry `number` (from 1) has this receipt.

    `read` answers for the log at the size of the checkpoint in `note`; `keys` are the public keys
    of those who signed it (signature lines of others are left out).
    Raises ValueError where the checkpoint is older than the entry, or nobody known signed it.
    """
    checkpoint, kept, signers = _signed_by(note, keys)
    return ReceiptEvidence(
        format=FORMAT,
        receipt=receipt,
        receipt_salt=receipt_salt,
        index=number - 1,
        proof=inclusion_proof(read, number - 1, checkpoint.size),
        checkpoint=kept,
        signers=signers,
    )


def make_state_evidence(
    *,
    key: bytes,
    value: bytes | None,
    tree: StateTree,
    note: str,
    keys: tuple[VerifierKey, ...],
) -> StateEvidence:
    """Return the evidence that `key` has `value`, or is absent (None), in the tree.

    Raises ValueError where the tree is not at the checkpoint's state root, where the key is
    absent and a value is given (or the reverse), or nobody known signed the checkpoint.
    """
    checkpoint, kept, signers = _signed_by(note, keys)
    if tree.root() != checkpoint.state:
        raise ValueError("the tree does not stand at the checkpoint's state root")
    proof = tree.prove(key)
    if isinstance(proof, Inclusion) != (value is not None):
        raise ValueError("the tree says otherwise about whether the key is there")
    return StateEvidence(
        format=FORMAT,
        key=key,
        value=value,
        salt=tree.salt(key) or b"",
        proof=proof,
        checkpoint=kept,
        signers=signers,
    )


def encode(evidence: Evidence) -> str:
    """Return the one text of an evidence: JSON, two spaces of indent, a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(evidence), indent=2).decode() + "\n"


def decode(text: str) -> Evidence:
    """Return the evidence in a file's text; MalformedEvidence unless it is exactly that."""
    if len(text) > TEXT_MAX:
        raise MalformedEvidence(f"an evidence file has at most {TEXT_MAX} characters")
    try:
        evidence = msgspec.json.decode(text.encode(), type=ReceiptEvidence | StateEvidence)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise MalformedEvidence(f"not an evidence file: {error}") from error
    if encode(evidence) != text:
        raise MalformedEvidence("not the canonical text of an evidence file")
    return evidence


def _signed_by(text: str, keys: tuple[VerifierKey, ...]) -> tuple[Checkpoint, str, tuple[str, ...]]:
    """Return the checkpoint, the note with only the signatures of `keys`, and their keys."""
    note = parse_note(text)
    named = {(key.name, key.key_id): key for key in keys}
    kept = tuple(line for line in note.signatures if (line.name, line.key_id) in named)
    if not kept:
        raise MalformedNote("none of these keys signed the checkpoint")
    signers = tuple(named[line.name, line.key_id].text for line in kept)
    return parse_checkpoint(note.body), Note(note.body, kept).text, signers

# SPDX-License-Identifier: Apache-2.0
"""Tying a receipt to a signed checkpoint, and checking each step before it is shown.

The pages take the two pieces through `Proofs`; whether they fit together is computed here, with the
same functions that the offline check uses.
"""

from typing import Protocol

from lejar.kernel.failure import Unavailable
from lejar.proofs.checkpoint import (
    Checkpoint,
    MalformedNote,
    Note,
    VerifierKey,
    parse_checkpoint,
    parse_note,
    verify_signature,
)
from lejar.proofs.evidence import encode, make_receipt_evidence, receipt_digest
from lejar.proofs.log import HashReader, inclusion_proof, leaf_hash, verify_inclusion
from lejar.web import views


class Proofs(Protocol):
    """What the gateway process has: the writer's signature, and the log's tiles."""

    def checkpoint(self) -> str:
        """Give the newest signed checkpoint whose tiles are there; raises `Unavailable`."""

    def hashes(self, size: int) -> HashReader:
        """Give the hashes of the log at a size; asking them raises `LookupError` while missing."""


class Checked:
    """A checkpoint with the keys that the hub publishes."""

    def __init__(self, note: Note, keys: tuple[VerifierKey, ...]) -> None:
        """Read the note; raises `MalformedNote`."""
        self.note = note
        self.keys = keys
        self.checkpoint: Checkpoint = parse_checkpoint(note.body)

    @property
    def signature_holds(self) -> bool:
        """Every signature of a published key holds, and the log's own is among them."""
        named = {(key.name, key.key_id): key for key in self.keys}
        known = [
            (line, named[line.name, line.key_id])
            for line in self.note.signatures
            if (line.name, line.key_id) in named
        ]
        is_signed = any(line.name == self.checkpoint.origin for line, _ in known)
        return is_signed and all(verify_signature(self.note.body, *pair) for pair in known)

    @property
    def view(self) -> views.CheckpointView:
        """The checkpoint as pages show it."""
        return views.CheckpointView(
            origin=self.checkpoint.origin,
            size=self.checkpoint.size,
            root=self.checkpoint.root.hex(),
            state_root=self.checkpoint.state.hex(),
            signers=tuple(line.name for line in self.note.signatures),
            text=self.note.text,
        )


def newest(proofs: Proofs | None, keys: tuple[VerifierKey, ...]) -> Checked | None:
    """Give the newest checkpoint, or none while there is none to be had."""
    if proofs is None:
        return None
    try:
        return Checked(parse_note(proofs.checkpoint()), keys)
    except (Unavailable, OSError, EOFError, MalformedNote):
        return None


def proof_view(
    proofs: Proofs, checked: Checked, number: int, receipt: bytes, salt: bytes
) -> views.ProofView | None:
    """Compute how a receipt is tied to a checkpoint; none while nothing covers it."""
    size, index = checked.checkpoint.size, number - 1
    if index >= size:
        return None
    digest = receipt_digest(receipt, salt)
    leaf = leaf_hash(digest)
    try:
        read = proofs.hashes(size)
        in_log = read(0, index)
        path = inclusion_proof(read, index, size)
    except (LookupError, ValueError, OSError):
        return None
    return views.ProofView(
        receipt_digest=digest.hex(),
        leaf_hash=leaf.hex(),
        index=index,
        steps=tuple(
            views.ProofStep(side, one.hex())
            for side, one in zip(sides(index, size), path, strict=True)
        ),
        checkpoint=checked.view,
        leaf_holds=in_log == leaf,
        inclusion_holds=verify_inclusion(leaf, index, size, path, checked.checkpoint.root),
        signature_holds=checked.signature_holds,
    )


def evidence_text(
    proofs: Proofs, checked: Checked, number: int, receipt: bytes, salt: bytes
) -> str | None:
    """Give the self-contained evidence file of an entry; none while nothing covers it."""
    try:
        made = make_receipt_evidence(
            receipt=receipt,
            receipt_salt=salt,
            number=number,
            read=proofs.hashes(checked.checkpoint.size),
            note=checked.note.text,
            keys=checked.keys,
        )
    except (LookupError, ValueError, OSError):
        return None
    return encode(made)


def sides(index: int, size: int) -> tuple[str, ...]:
    """Say on which side each hash of an inclusion proof stands (RFC 9162, section 2.1.3.2)."""
    found: list[str] = []
    node, last = index, size - 1
    while last:
        if node % 2 or node == last:
            found.append("left")
            while node and node % 2 == 0:
                node, last = node >> 1, last >> 1
        else:
            found.append("right")
        node, last = node >> 1, last >> 1
    return tuple(found)

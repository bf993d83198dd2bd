# SPDX-License-Identifier: Apache-2.0
"""Checking an evidence file offline, against keys one trusts, one sentence a step.

The order is that of trust: the form, who signed the checkpoint, and only then what hangs on it.
Everything in the file is checked, also the signatures of keys that the reader does not know, so
that no byte can be changed without being noticed.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Final

import msgspec

from lejar.proofs.checkpoint import (
    COSIGNATURE,
    ED25519,
    Checkpoint,
    MalformedNote,
    Note,
    Signature,
    VerifierKey,
    parse_checkpoint,
    parse_key,
    parse_note,
    verify_signature,
)
from lejar.proofs.evidence import (
    Evidence,
    MalformedEvidence,
    ReceiptEvidence,
    StateEvidence,
    decode,
    receipt_digest,
)
from lejar.proofs.log import leaf_hash, verify_inclusion
from lejar.proofs.tree_proof import verify_proof

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Verdict(msgspec.Struct, frozen=True):
    """What was checked, in order, and why it stopped where it failed."""

    steps: tuple[str, ...]
    """Each step that held, as an English sentence."""
    failure: str | None
    """The first thing that did not hold, as an English sentence; None where all held."""
    evidence: Evidence | None
    """What the file holds; None unless accepted."""
    checkpoint: Checkpoint | None
    """The checkpoint it hangs on; None unless accepted."""

    @property
    def accepted(self) -> bool:
        """Whether everything held."""
        return self.failure is None


class _FailureError(Exception):
    """The first thing that did not hold."""


def verify(
    text: str,
    keys: tuple[VerifierKey, ...],
    *,
    witnesses: int = 0,
    describe: Callable[[bytes], str] | None = None,
    describe_state: Callable[[bytes, bytes | None], str] | None = None,
) -> Verdict:
    """Check the text of an evidence file against the keys one trusts; never raises for bad text.

    The checkpoint must be signed by a trusted log key that has the name of its origin, and by at
    least `witnesses` trusted witness keys. `describe` turns receipt bytes, and `describe_state`
    a key and its value, into a sentence; they are only called with what was proved.
    """
    steps: list[str] = []
    try:
        evidence = decode(text)
        steps.append("The file is evidence of a known kind, in its one canonical form.")
        note = parse_note(evidence.checkpoint)
        checkpoint = parse_checkpoint(note.body)
        steps.append(_name_checkpoint(checkpoint))
        trusted = _check_signatures(note, evidence.signers, keys, steps)
        _check_trust(trusted, checkpoint.origin, witnesses)
        if isinstance(evidence, ReceiptEvidence):
            _check_receipt(evidence, checkpoint, steps)
            if describe is not None:
                steps.append(describe(evidence.receipt))
        else:
            _check_state(evidence, checkpoint, steps)
            if describe_state is not None:
                steps.append(describe_state(evidence.key, evidence.value))
    except (MalformedEvidence, MalformedNote, _FailureError) as error:
        return Verdict(tuple(steps), str(error), None, None)
    return Verdict(tuple(steps), None, evidence, checkpoint)


def _name_checkpoint(checkpoint: Checkpoint) -> str:
    moment = (_EPOCH + timedelta(microseconds=checkpoint.at)).isoformat()
    return (
        f"Its checkpoint is of {checkpoint.origin}: {checkpoint.size} entries after block"
        f" {checkpoint.block}, at {moment}."
    )


def _check_signatures(
    note: Note, signers: tuple[str, ...], keys: tuple[VerifierKey, ...], steps: list[str]
) -> list[VerifierKey]:
    """Check every signature with the key the file names for it; return those that are trusted."""
    if len(signers) != len(note.signatures):
        raise _FailureError("The file does not name one key for each signature.")
    trusted: list[VerifierKey] = []
    for signature, hint in zip(note.signatures, signers, strict=True):
        key = parse_key(hint)
        if not verify_signature(note.body, signature, key):
            raise _FailureError(f"The signature of {signature.name} is not over this checkpoint.")
        steps.append(_name_signature(signature, key, trusted=key in keys))
        if key in keys:
            trusted.append(key)
    return trusted


def _check_trust(trusted: list[VerifierKey], origin: str, witnesses: int) -> None:
    """Demand a log key with the origin's name among those who signed, and enough witnesses."""
    if not any(key.algorithm == ED25519 and key.name == origin for key in trusted):
        raise _FailureError(f"No key that you trust as {origin} has signed the checkpoint.")
    # one key under two names is one witness
    cosigned = dict.fromkeys(key.public for key in trusted if key.algorithm == COSIGNATURE)
    if len(cosigned) < witnesses:
        raise _FailureError(f"Fewer than {witnesses} witnesses that you trust have cosigned it.")


def _name_signature(signature: Signature, key: VerifierKey, *, trusted: bool) -> str:
    if key.algorithm == ED25519:
        sentence = f"The checkpoint is signed by {key.name}"
    else:
        sentence = f"The checkpoint is cosigned by the witness {key.name}, {_moment(signature)}"
    return sentence + (
        ", with a key that you trust." if trusted else ", whose key you did not give: no weight."
    )


def _check_receipt(evidence: ReceiptEvidence, checkpoint: Checkpoint, steps: list[str]) -> None:
    leaf = leaf_hash(receipt_digest(evidence.receipt, evidence.receipt_salt))
    proof, index = evidence.proof, evidence.index
    if not verify_inclusion(leaf, index, checkpoint.size, proof, checkpoint.root):
        raise _FailureError(f"The receipt is not entry {index + 1} of the log at this checkpoint.")
    steps.append(f"The receipt is entry {index + 1} of the log at this checkpoint.")


def _check_state(evidence: StateEvidence, checkpoint: Checkpoint, steps: list[str]) -> None:
    key, value, salt = evidence.key, evidence.value, evidence.salt
    if not verify_proof(checkpoint.state, key, value, salt, evidence.proof):
        raise _FailureError("The state at this checkpoint does not have this key with this value.")
    what = "has no value" if value is None else f"has a value of {len(value)} bytes, as given,"
    steps.append(f"Key {key.hex()} {what} in the state after block {checkpoint.block}.")


def _moment(signature: Signature) -> str:
    """Say when a witness cosigned; what no calendar holds stays a number of seconds."""
    try:
        return f"at {(_EPOCH + timedelta(seconds=signature.seconds())).isoformat()}"
    except OverflowError:
        return f"{signature.seconds()} seconds after 1970-01-01T00:00:00Z"

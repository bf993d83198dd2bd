# SPDX-License-Identifier: Apache-2.0
"""Evidence files: what they prove, and that no character in them can be changed."""

from base64 import b64decode, b64encode

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lejar.proofs.checkpoint import COSIGNATURE, Checkpoint, Note, Signer
from lejar.proofs.evidence import (
    TEXT_MAX,
    MalformedEvidence,
    ReceiptEvidence,
    StateEvidence,
    decode,
    encode,
    make_receipt_evidence,
    make_state_evidence,
    receipt_digest,
)
from lejar.proofs.log import Hashes, Log, leaf_hash
from lejar.proofs.tree import StateTree
from lejar.proofs.verify import Verdict, verify

LOG = Signer("log.example/hub", b"l" * 32)
SC = Signer("witness.example/sc", b"s" * 32, COSIGNATURE)
BNM = Signer("witness.example/bnm", b"b" * 32, COSIGNATURE)
KEYS = (LOG.public, SC.public, BNM.public)

RECEIPTS = [b"receipt %d" % number for number in range(11)]
SALTS = [b"%032d" % number for number in range(11)]
LEAVES = [leaf_hash(receipt_digest(r, s)) for r, s in zip(RECEIPTS, SALTS, strict=True)]


def tree_of(size: int) -> StateTree:
    """Return a small state."""
    tree = StateTree()
    tree.update([(b"k%d" % n, b"v%d" % n) for n in range(size)], b"z" * 32)
    return tree


TREE = tree_of(100)


def note_of(tree: StateTree = TREE, signers: tuple[Signer, ...] = (LOG, SC, BNM)) -> str:
    """Return a signed checkpoint over the receipts and a state."""
    log = Log()
    log.extend(LEAVES)
    body = Checkpoint(LOG.public.name, log.size, log.root(), 5, tree.root(), 1_795_000_000).text
    lines = [
        signer.sign(body) if signer is LOG else signer.cosign(body, 1_795_000_000)
        for signer in signers
    ]
    return Note(body, tuple(lines)).text


def receipt_evidence(number: int = 7) -> ReceiptEvidence:
    """Return evidence of one receipt."""
    return make_receipt_evidence(
        receipt=RECEIPTS[number - 1],
        receipt_salt=SALTS[number - 1],
        number=number,
        read=Hashes(LEAVES),
        note=note_of(),
        keys=KEYS,
    )


def state_evidence(key: bytes, value: bytes | None, size: int = 100) -> StateEvidence:
    """Return evidence of one key."""
    tree = tree_of(size)
    return make_state_evidence(key=key, value=value, tree=tree, note=note_of(tree), keys=KEYS)


FILES = {
    "receipt": encode(receipt_evidence()),
    "value": encode(state_evidence(b"k3", b"v3")),
    "absence": encode(state_evidence(b"nobody", None)),
    "absence in a small state": encode(state_evidence(b"nobody", None, 3)),
}


def failure_of(verdict: Verdict) -> str:
    """Return why it failed."""
    assert verdict.failure is not None
    assert not verdict.accepted
    assert verdict.evidence is None
    return verdict.failure


@pytest.mark.parametrize("number", range(1, 12))
def test_receipts(number: int) -> None:
    """Each entry's receipt is proved, and the verdict says so in sentences."""
    verdict = verify(
        encode(receipt_evidence(number)),
        KEYS,
        witnesses=2,
        describe=lambda receipt: f"It says: {receipt.decode()}.",
    )
    assert verdict.accepted
    assert verdict.steps == (
        "The file is evidence of a known kind, in its one canonical form.",
        (
            "Its checkpoint is of log.example/hub: 11 entries after block 5, at"
            " 1970-01-01T00:29:55+00:00."
        ),
        "The checkpoint is signed by log.example/hub, with a key that you trust.",
        (
            "The checkpoint is cosigned by the witness witness.example/sc, "
            "at 2026-11-18T11:06:40+00:00, with a key that you trust."
        ),
        (
            "The checkpoint is cosigned by the witness witness.example/bnm, "
            "at 2026-11-18T11:06:40+00:00, with a key that you trust."
        ),
        f"The receipt is entry {number} of the log at this checkpoint.",
        f"It says: receipt {number - 1}.",
    )
    assert verdict.checkpoint is not None
    assert verdict.checkpoint.size == len(RECEIPTS)


def test_states() -> None:
    """A value and an absence are proved."""
    shown = verify(FILES["value"], KEYS, describe_state=lambda key, value: f"{key!r} {value!r}")
    assert shown.steps[-2:] == (
        "Key 6b33 has a value of 2 bytes, as given, in the state after block 5.",
        "b'k3' b'v3'",
    )
    absent = verify(FILES["absence"], KEYS, describe_state=lambda key, value: f"{key!r} {value!r}")
    assert absent.steps[-2:] == (
        "Key 6e6f626f6479 has no value in the state after block 5.",
        "b'nobody' None",
    )


@pytest.mark.parametrize("kind", FILES)
def test_every_changed_character_fails(kind: str) -> None:
    """Each character replaced by another, or by its other case, or left out: never accepted."""
    text = FILES[kind]
    assert verify(text, KEYS).accepted
    for at, char in enumerate(text):
        flipped = chr(ord(char) ^ 1)
        other_case = char.swapcase() if char.swapcase() != char else " "
        for changed in (flipped, other_case, ""):
            if changed == char:
                continue
            verdict = verify(text[:at] + changed + text[at + 1 :], KEYS)
            assert not verdict.accepted, (at, char, changed)
            assert verdict.failure


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_any_edit_fails(kind: str, data: st.DataObject) -> None:
    """Any span replaced by any text: never accepted, never an exception."""
    text = FILES[kind]
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, min(len(text), start + 40)))
    put = data.draw(st.text(max_size=8))
    changed = text[:start] + put + text[end:]
    if changed != text:
        assert not verify(changed, KEYS).accepted


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_answered(text: str) -> None:
    """Whatever the text, there is a verdict."""
    assert not verify(text, KEYS).accepted


@pytest.mark.parametrize("kind", FILES)
def test_every_flipped_bit_inside_the_bytes_fails(kind: str) -> None:
    """Not only characters: each byte behind the base64, in files that are otherwise canonical."""
    for changed in _flipped(msgspec.json.decode(FILES[kind])):
        text = msgspec.json.format(msgspec.json.encode(changed), indent=2).decode() + "\n"
        assert not verify(text, KEYS).accepted


def _flipped(value: object) -> list[object]:
    """Return copies of a JSON value, each with one byte of one base64 string changed."""
    if isinstance(value, dict):
        return [
            {**value, name: changed}
            for name, inner in value.items()
            if name not in {"kind", "format", "checkpoint", "signers", "shows"}
            for changed in _flipped(inner)
        ]
    if isinstance(value, list):
        return [
            [*value[:at], changed, *value[at + 1 :]]
            for at, inner in enumerate(value)
            for changed in _flipped(inner)
        ]
    if isinstance(value, str):
        packed = b64decode(value)
        return [
            b64encode(packed[:at] + bytes([packed[at] ^ 0x80]) + packed[at + 1 :]).decode()
            for at in range(len(packed))
        ]
    return []


def test_trust() -> None:
    """A file names its keys, but only the reader's keys count."""
    text = FILES["receipt"]
    assert "No key that you trust as log.example/hub" in failure_of(verify(text, ()))
    assert "No key that you trust as log.example/hub" in failure_of(verify(text, KEYS[1:]))
    alone = verify(text, KEYS[:1])
    assert alone.accepted
    assert alone.steps[3].endswith("whose key you did not give: no weight.")
    assert "Fewer than 1 witnesses" in failure_of(verify(text, KEYS[:1], witnesses=1))
    assert verify(text, KEYS[:2], witnesses=1).accepted
    assert "Fewer than 2 witnesses" in failure_of(verify(text, KEYS[:2], witnesses=2))
    namesake = Signer(LOG.public.name, b"n" * 32)
    assert "No key that you trust" in failure_of(verify(text, (namesake.public,)))


def test_a_false_log_is_not_believed() -> None:
    """Evidence in perfect order under an intruder's key, or another log's, proves nothing."""
    intruder = Signer(LOG.public.name, b"i" * 32)
    body = note_of().rpartition("\n\n")[0] + "\n"
    forged = msgspec.structs.replace(
        receipt_evidence(),
        checkpoint=Note(body, (intruder.sign(body),)).text,
        signers=(intruder.public.text,),
    )
    assert "No key that you trust" in failure_of(verify(encode(forged), KEYS))
    other = Signer("other.example/log", b"o" * 32)
    relabelled = msgspec.structs.replace(
        receipt_evidence(),
        checkpoint=Note(body, (other.sign(body),)).text,
        signers=(other.public.text,),
    )
    keys = (*KEYS, other.public)
    assert "No key that you trust as log" in failure_of(verify(encode(relabelled), keys))
    swapped = msgspec.structs.replace(
        receipt_evidence(), signers=(intruder.public.text, *receipt_evidence().signers[1:])
    )
    assert "is not over this checkpoint" in failure_of(verify(encode(swapped), KEYS))
    unnamed = msgspec.structs.replace(receipt_evidence(), signers=(LOG.public.text,))
    assert "one key for each signature" in failure_of(verify(encode(unnamed), KEYS))


def test_one_witness_under_two_names_counts_once() -> None:
    """A quorum counts keys, not names."""
    twin = Signer("witness.example/twin", b"s" * 32, COSIGNATURE)
    note = note_of(signers=(LOG, SC, twin))
    keys = (LOG.public, SC.public, twin.public)
    made = make_receipt_evidence(
        receipt=RECEIPTS[0],
        receipt_salt=SALTS[0],
        number=1,
        read=Hashes(LEAVES),
        note=note,
        keys=keys,
    )
    assert verify(encode(made), keys, witnesses=1).accepted
    assert "Fewer than 2" in failure_of(verify(encode(made), keys, witnesses=2))


def test_the_reasons() -> None:
    """The first failure is named in words."""
    receipt = receipt_evidence()
    moved = msgspec.structs.replace(receipt, index=7)
    assert "not entry 8 of the log" in failure_of(verify(encode(moved), KEYS))
    value = state_evidence(b"k3", b"v3")
    richer = msgspec.structs.replace(value, value=b"v4")
    assert "does not have this key" in failure_of(verify(encode(richer), KEYS))
    gone = msgspec.structs.replace(value, value=None, salt=b"")
    assert "does not have this key" in failure_of(verify(encode(gone), KEYS))
    assert "canonical" in failure_of(verify(FILES["receipt"].replace("\n  ", "\n   ", 1), KEYS))
    huge = receipt_evidence()
    huge = msgspec.structs.replace(huge, index=2**70)
    assert failure_of(verify(encode(huge), KEYS))


def test_texts_that_are_no_evidence() -> None:
    """Unknown fields, another version, lone surrogates, deep nesting, too long."""
    text = FILES["receipt"]
    for wrong in (
        text.replace('"index"', '"more": 1,\n  "index"'),
        text.replace("evidence/1", "evidence/2"),
        text.replace('"kind": "receipt"', '"kind": "total"'),
        text + "\n",
        text.replace("\u2014", "\\u2014"),
        '"\ud800"',
        "[" * 100_000,
        " " * (TEXT_MAX + 1),
    ):
        with pytest.raises(MalformedEvidence):
            decode(wrong)


def test_what_cannot_be_made() -> None:
    """Evidence is not made of parts that do not fit."""
    note = note_of()
    for wrong in (
        lambda: receipt_evidence(12),
        lambda: receipt_evidence(0),
        lambda: state_evidence(b"k3", None),
        lambda: state_evidence(b"nobody", b"v"),
        lambda: make_state_evidence(key=b"k3", value=b"v3", tree=tree_of(99), note=note, keys=KEYS),
        lambda: make_state_evidence(key=b"k3", value=b"v3", tree=TREE, note=note, keys=()),
    ):
        with pytest.raises((ValueError, IndexError)):
            wrong()
    partly = make_state_evidence(key=b"k3", value=b"v3", tree=TREE, note=note, keys=KEYS[:1])
    assert partly.signers == (LOG.public.text,)
    assert verify(encode(partly), KEYS).accepted

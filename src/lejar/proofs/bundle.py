# SPDX-License-Identifier: Apache-2.0
"""A bundle: the evidence of several entries about one thing, in one self-contained JSON file.

The life of a directive is such a thing: issued, appealed, decided, lifted.  Each entry is proved on
its own, and names the thing by its id.  A bundle proves what is in it; that nothing else happened
is not what it says.
"""

from collections.abc import Callable, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from lejar.proofs.checkpoint import VerifierKey
from lejar.proofs.evidence import (
    TEXT_MAX,
    MalformedEvidence,
    ReceiptEvidence,
    encode,
)
from lejar.proofs.verify import Verdict, verify

Format: TypeAlias = Literal["lejar/bundle/1"]
FORMAT: Final[Format] = "lejar/bundle/1"
ID_BYTES: Final = 16


class Bundle(
    msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="bundle"
):
    """Receipts in the order of their entries, each of which names `about`."""

    format: Format
    about: bytes
    """The id that every receipt names; base64 in the file, like all bytes."""
    entries: tuple[ReceiptEvidence, ...]


class _Kind(msgspec.Struct):
    kind: str = ""


def make_bundle(about: bytes, entries: Sequence[ReceiptEvidence]) -> Bundle:
    """Put evidence together, in the order of entries."""
    return Bundle(FORMAT, about, tuple(sorted(entries, key=lambda one: one.index)))


def encode_bundle(bundle: Bundle) -> str:
    """Return the one text of a bundle: JSON, two spaces of indent, a newline at the end."""
    return msgspec.json.format(msgspec.json.encode(bundle), indent=2).decode() + "\n"


def decode_bundle(text: str) -> Bundle:
    """Return the bundle in a file's text; MalformedEvidence unless it is exactly that."""
    if len(text) > TEXT_MAX:
        raise MalformedEvidence(f"an evidence file has at most {TEXT_MAX} characters")
    try:
        bundle = msgspec.json.decode(text.encode(), type=Bundle)
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise MalformedEvidence(f"not a bundle of evidence: {error}") from error
    if encode_bundle(bundle) != text:
        raise MalformedEvidence("not the canonical text of a bundle")
    places = [one.index for one in bundle.entries]
    if not places or places != sorted(dict.fromkeys(places)):
        raise MalformedEvidence("a bundle has at least one entry, each once, in their order")
    if len(bundle.about) != ID_BYTES:
        raise MalformedEvidence(f"a bundle is about one id of {ID_BYTES} bytes")
    return bundle


def verify_file(
    text: str,
    keys: tuple[VerifierKey, ...],
    *,
    witnesses: int = 0,
    describe: Callable[[bytes], str] | None = None,
    describe_state: Callable[[bytes, bytes | None], str] | None = None,
) -> Verdict:
    """Check one evidence, or every one of a bundle, as `verify` does; never raises for bad text."""
    if not _is_bundle(text):
        return verify(
            text, keys, witnesses=witnesses, describe=describe, describe_state=describe_state
        )
    try:
        bundle = decode_bundle(text)
    except MalformedEvidence as error:
        return Verdict((), str(error), None, None)
    steps = [f"The file is a bundle of {len(bundle.entries)} entries, in its one canonical form."]
    verdict = Verdict((), None, None, None)
    for one in bundle.entries:
        verdict = verify(encode(one), keys, witnesses=witnesses, describe=describe)
        steps += verdict.steps
        failure = verdict.failure
        if failure is None and bundle.about not in one.receipt:
            failure = f"Entry {one.index + 1} does not name what the bundle is about."
        if failure is not None:
            return Verdict(tuple(steps), failure, None, None)
    steps.append("Every entry names what the bundle is about.")
    return Verdict(tuple(steps), None, verdict.evidence, verdict.checkpoint)


def _is_bundle(text: str) -> bool:
    try:
        return len(text) <= TEXT_MAX and msgspec.json.decode(text.encode(), type=_Kind).kind == (
            "bundle"
        )
    except (msgspec.DecodeError, UnicodeError, RecursionError):
        return False

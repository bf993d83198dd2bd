# SPDX-License-Identifier: Apache-2.0
"""The packs that have been adopted, and what they say of a moment: in force then, as known then.

Two times: a rule says from when until when it is in force; a version of a pack counts from the
entry that recorded it.  A later version never changes what an earlier one was known to say.
"""

from collections.abc import Iterator

from lejar.domain.policy.kinds.form import Spec
from lejar.domain.policy.pack import Pack, Rule
from lejar.kernel.codec import Record, encode
from lejar.kernel.digest import sha256
from lejar.kernel.draft import Draft
from lejar.kernel.state import Reader, Table

ONLY = b"only"


class Adopted(Record, frozen=True):
    """A version of a pack: its digest is the key of `PACKS`; whose word made it count, and when."""

    jurisdiction: str
    version: str
    digest: bytes
    recorded_at: int
    by: bytes


class Bound(Record, frozen=True):
    """What a word of the packs stands for on this network: an agency, an account, an asset."""

    name: str
    target: bytes


class Relaxation(Record, frozen=True):
    """A rule that a cohort is judged by with other values."""

    rule: str
    spec: bytes
    """The kind's parameters, encoded."""


class CohortRules(Record, frozen=True):
    """What the book needs of a sandbox cohort."""

    cohort: bytes
    from_at: int
    until: int
    relaxed: tuple[Relaxation, ...]
    money_each: int | None
    """The most that one participant may pay for assets within the cohort."""
    money_all: int | None


class Book(Record, frozen=True):
    """Everything that compiled rules depend on; its digest names what was compiled from it."""

    newest: tuple[Adopted, ...]
    """The newest version of each jurisdiction's pack, by jurisdiction."""
    bound: tuple[Bound, ...]
    cohorts: tuple[CohortRules, ...]
    digest: bytes


BOOK: Table[Book] = Table(0x32, "policy_book", Book)
PACKS: Table[Pack] = Table(0x33, "packs", Pack)
VERSIONS: Table[Adopted] = Table(0x62, "pack_versions", Adopted)
"""Jurisdiction, then the moment of recording and the digest: every version, in order."""

EMPTY = Book((), (), (), bytes(32))


def book(reader: Reader) -> Book | None:
    """Give the book, or none where no pack was ever adopted."""
    return BOOK.get(reader, ONLY)


def write_book(
    draft: Draft,
    *,
    newest: tuple[Adopted, ...] | None = None,
    bound: tuple[Bound, ...] | None = None,
    cohorts: tuple[CohortRules, ...] | None = None,
) -> Book:
    """Write the book with some part replaced; gives it."""
    before = book(draft) or EMPTY
    parts = (
        before.newest if newest is None else newest,
        before.bound if bound is None else bound,
        before.cohorts if cohorts is None else cohorts,
    )
    after = Book(*parts, sha256(b"lejar/book/1\n" + encode(parts)))
    BOOK.put(draft, ONLY, after)
    return after


def digest_of(pack: Pack) -> bytes:
    """Give a pack's digest: what its version stands for."""
    return sha256(b"lejar/pack/1\n" + encode(pack))


def adopt(draft: Draft, pack: Pack, by: bytes) -> Adopted:
    """Record a version of a pack; from now on it is the one that is known."""
    adopted = Adopted(pack.jurisdiction, pack.version, digest_of(pack), draft.at, by)
    PACKS.put(draft, adopted.digest, pack)
    VERSIONS.put(draft, _version_key(adopted), adopted)
    others = [one for one in (book(draft) or EMPTY).newest if one.jurisdiction != pack.jurisdiction]
    newest = sorted([*others, adopted], key=lambda one: one.jurisdiction)
    write_book(draft, newest=tuple(newest))
    return adopted


def versions(reader: Reader, jurisdiction: str) -> Iterator[Adopted]:
    """Walk every version of a jurisdiction's pack, the earliest known first."""
    for _, adopted in VERSIONS.scan(reader, jurisdiction.encode()):
        yield adopted


def known_at(reader: Reader, jurisdiction: str, known: int) -> Adopted | None:
    """Give the version that was the newest at a moment, or none."""
    found = None
    for adopted in versions(reader, jurisdiction):
        if adopted.recorded_at <= known:
            found = adopted
    return found


def rules_in_force(reader: Reader, jurisdiction: str, at: int, known: int) -> tuple[Rule, ...]:
    """Give the rules in force at a moment, as known at another."""
    adopted = known_at(reader, jurisdiction, known)
    if adopted is None:
        return ()
    pack = PACKS.require(reader, adopted.digest)
    return tuple(rule for rule in pack.rules if rule.is_in_force(at))


def target_of(reader: Reader, name: str) -> bytes | None:
    """Give what a word of the packs stands for, or none."""
    for one in (book(reader) or EMPTY).bound:
        if one.name == name:
            return one.target
    return None


def spec_bytes(spec: Spec) -> bytes:
    """Encode a kind's parameters."""
    return encode(spec)


def _version_key(adopted: Adopted) -> bytes:
    moment = adopted.recorded_at.to_bytes(8, "big")
    return adopted.jurisdiction.encode() + moment + adopted.digest[:16]

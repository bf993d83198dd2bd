# SPDX-License-Identifier: Apache-2.0
"""Listed papers from a pack: what was published, what we assume, what nobody could read.

Why three lists: a pack never invents a figure. Each field of a paper stands in exactly one place:
`[published]` as the page prints it, `[assumptions]` with its reason, or `unknown`. Terms are made
of the first two. A paper that lacks a figure without which it cannot pay is `Incomplete`; whoever
wants to use it all the same supplies that figure in the open, and the terms call it assumed.
"""

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from lejar.domain.instruments import (
    FixedCouponBond,
    FixedProfitSukuk,
    Principle,
    Source,
    isin_is_valid,
)
from lejar.reference.fields import FIELD_NAMES, Fields, debt_terms, overlaid, scaled_fields
from lejar.reference.pack_files import FORMAT, PackFile, pack_file, pack_folder
from lejar.reference.sources import SourceTable, source_of

Kind = Literal["fixed-coupon bond", "fixed-profit sukuk"]

INTERPRETED: Final = ("day_count", "first_payment")
"""Fields that a page may print in a way that needs reading, so that an assumption may stand beside
the published value and take its place: a day count of "ACT/BOTH", a date already moved to a
business day. No other field may be in both lists."""

MAY_STAY_UNKNOWN: Final = ("issuer_name", "principle", "stock_code")
"""Fields without which a paper still pays to the sen; in the terms they are null."""

MAY_BE_LEFT_OUT: Final = ("last_regular", "roll_day")
"""Fields that most papers leave to their dates; they need not be listed as unknown."""


class Assumptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Values that are ours: each has its reason, and none is verified."""

    verified: Literal[False]
    values: Fields
    why: dict[str, Annotated[str, Meta(min_length=1)]]


class Listing(msgspec.Struct, frozen=True, kw_only=True):
    """One paper of a pack, checked: the three lists fit each other, `terms` makes the record."""

    file: PackFile
    kind: Kind
    isin: str
    source: Source
    published: Fields
    assumptions: Assumptions
    unknown: tuple[str, ...]


class Incomplete(Exception):
    """A listing whose terms cannot be made, because the fields `missing` are not known."""

    def __init__(self, isin: str, missing: tuple[str, ...]) -> None:
        """Keep the fields, so that a caller can supply them."""
        super().__init__(f"{isin}: not known: {', '.join(missing)}")
        self.isin = isin
        self.missing = missing


class _ListingFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The file as written."""

    format: int
    kind: Kind
    unknown: tuple[str, ...]
    source: SourceTable
    published: Fields
    assumptions: Assumptions


def listings(jurisdiction: str) -> tuple[Listing, ...]:
    """All papers of a shipped pack, such as `my`, by ISIN. Raises PackError with file and key."""
    folder = pack_folder(jurisdiction, "instruments")
    found = [item for item in folder.iterdir() if item.name.endswith(".toml")]
    read = (read_listing(pack_file(item)) for item in found)
    return tuple(sorted(read, key=lambda one: one.isin))


def listing(jurisdiction: str, isin: str) -> Listing:
    """One paper of a shipped pack. Raises PackError when there is none of that ISIN."""
    return read_listing(
        pack_file(pack_folder(jurisdiction, "instruments").joinpath(f"{isin}.toml"))
    )


def missing(one: Listing) -> tuple[str, ...]:
    """Unknown fields without which no terms can be made; empty for a complete listing."""
    return tuple(name for name in one.unknown if name not in MAY_STAY_UNKNOWN)


def terms(one: Listing, supplied: Fields | None = None) -> FixedCouponBond | FixedProfitSukuk:
    """The terms of a paper; fields `supplied` by the caller fill unknown ones and count as assumed.

    Raises Incomplete while a figure is missing, ValueError for a supplied field that is not
    unknown, PackError when the whole is not sound.
    """
    extra = supplied or Fields()
    if known := [n for n in extra.names() if n not in (*one.unknown, *MAY_BE_LEFT_OUT)]:
        raise ValueError(f"{one.isin}: not unknown: {', '.join(known)}")
    if lacking := tuple(name for name in missing(one) if name not in extra.names()):
        raise Incomplete(one.isin, lacking)
    ours = overlaid(one.assumptions.values, extra)
    fields = overlaid(one.published, ours)
    debt = debt_terms(one.file, fields, source=one.source, assumed=ours.names())
    if one.kind == "fixed-coupon bond":
        return FixedCouponBond(debt=debt)
    return FixedProfitSukuk(debt=debt, principle=_principle(one.file, fields))


def read_listing(file: PackFile) -> Listing:
    """A listing file as a listing. Raises PackError with file, line and key."""
    written = file.read(_ListingFile)
    if written.format != FORMAT:
        raise file.error("format", f"expected {FORMAT}, was {written.format}")
    _check_lists(file, written)
    _check_published(file, written)
    one = Listing(
        file=file,
        kind=written.kind,
        isin=written.published.isin or "",
        source=source_of(file, written.source),
        published=written.published,
        assumptions=written.assumptions,
        unknown=written.unknown,
    )
    if not missing(one):
        terms(one)
    return one


def _check_lists(file: PackFile, written: _ListingFile) -> None:
    """Each field stands in exactly one list, and each assumption has its reason."""
    published, assumed = written.published.names(), written.assumptions.values.names()
    wanted = [n for n in FIELD_NAMES if n != "principle" or written.kind == "fixed-profit sukuk"]
    for name in published:
        if name in assumed and name not in INTERPRETED:
            raise file.error(f"assumptions.values.{name}", "is published: do not assume it too")
    for name in FIELD_NAMES:
        if (name in published or name in assumed) and name in written.unknown:
            raise file.error("unknown", f"{name} has a value, so it is not unknown")
        if name in (*published, *assumed, *written.unknown) and name not in wanted:
            raise file.error(name, f"a {written.kind} has no such field")
    listed = (*published, *assumed, *written.unknown, *MAY_BE_LEFT_OUT)
    if lost := [name for name in wanted if name not in listed]:
        raise file.error("unknown", f"neither published, assumed nor unknown: {', '.join(lost)}")
    if strange := [name for name in written.unknown if name not in FIELD_NAMES]:
        raise file.error("unknown", f"no such field: {', '.join(strange)}")
    if sorted(assumed) != sorted(written.assumptions.why):
        raise file.error("assumptions.why", "expected one reason for each assumed value")


def _check_published(file: PackFile, written: _ListingFile) -> None:
    """What can be asked of a listing before it is complete."""
    published = written.published
    if published.isin is None or published.short_name is None:
        raise file.error("published", "a listing publishes at least its isin and short_name")
    if not isin_is_valid(published.isin):
        raise file.error("published.isin", "the check digit or the shape of the ISIN is wrong")
    if file.name != f"{published.isin}.toml":
        raise file.error("published.isin", "a listing's file is named by its ISIN")
    fields = overlaid(published, written.assumptions.values)
    scaled_fields(file, fields)
    _principle(file, fields)
    start, first, end = fields.accrual_start, fields.first_payment, fields.maturity
    known = [day for day in (start, first, end) if day is not None]
    if known != sorted(known) or (start is not None and len(known) > 1 and start == known[1]):
        raise file.error("published.maturity", "dates of issue, payment, maturity out of order")


def _principle(file: PackFile, fields: Fields) -> Principle | None:
    """The Shariah contract, if one is named."""
    if fields.principle is None:
        return None
    try:
        return Principle(fields.principle)
    except ValueError as error:
        raise file.error("principle", f"not a principle: {fields.principle!r}") from error

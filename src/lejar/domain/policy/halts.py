# SPDX-License-Identifier: Apache-2.0
"""What is halted: one asset, one class of assets, or the whole market.

A halt stops exchanges between holders and cancels nothing.  While nothing is halted, the gate finds
that out with one look-up.  Halts of one scope are counted, so that resuming one leaves the others.
"""

from collections.abc import Iterator, Sequence
from typing import Final

from lejar.domain.policy.model import Allowance, AssetClass, Movement
from lejar.domain.policy.refusals import PolicyRefusal
from lejar.kernel.codec import Record
from lejar.kernel.state import Reader, Table, Writer


class Halted(Record, frozen=True):
    """How many directives halt the scope that is the key."""

    directives: int


HALTS: Table[Halted] = Table(0x35, "halts", Halted)

ANY: Final = b"any"
"""Counts every halt in force, whatever its scope."""
MARKET: Final = b"market"
_ASSET: Final = b"asset/"
_CLASS: Final = b"class/"
_ANY_KEY: Final = HALTS.prefix + ANY


def of_asset(asset: bytes) -> bytes:
    """Name the scope that is one asset."""
    return _ASSET + asset


def of_class(asset_class: AssetClass) -> bytes:
    """Name the scope that is one class of assets."""
    return _CLASS + asset_class.encode()


def halt(draft: Writer, scope: bytes) -> None:
    """Halt a scope by one more directive."""
    _count(draft, scope, 1)


def resume(draft: Writer, scope: bytes) -> None:
    """Take one directive's halt of a scope away."""
    _count(draft, scope, -1)


def halted_scope(reader: Reader, asset: bytes, asset_class: AssetClass | None) -> str | None:
    """Give the widest scope that halts an asset: `market`, `class`, `asset`, or none."""
    if reader.get(_ANY_KEY) is None:
        return None
    return next(
        (name for name, scope in _scopes(asset, asset_class) if HALTS.get(reader, scope)), None
    )


def market_is_not_halted(
    reader: Reader, leg: Movement, _legs: Sequence[Movement]
) -> Allowance | None:
    """No directive halts the asset, its class or the whole market.

    Basis: the directive that halts it; the facts name the scope and not the agency.
    """
    if reader.get(_ANY_KEY) is None:
        return None
    scope = halted_scope(reader, leg.asset, leg.profile.asset_class)
    if scope is None:
        return None
    return Allowance(PolicyRefusal.MARKET_HALTED, 0, (("scope", scope),))


def _scopes(asset: bytes, asset_class: AssetClass | None) -> Iterator[tuple[str, bytes]]:
    yield "market", MARKET
    if asset_class is not None:
        yield "class", of_class(asset_class)
    yield "asset", of_asset(asset)


def _count(draft: Writer, scope: bytes, change: int) -> None:
    for key in (scope, ANY):
        known = HALTS.get(draft, key)
        count = change if known is None else known.directives + change
        if count:
            HALTS.put(draft, key, Halted(count))
        else:
            HALTS.remove(draft, key)

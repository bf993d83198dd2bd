# SPDX-License-Identifier: Apache-2.0
"""The queue as a question for a solver outside: the core's own arithmetic, with names for ids.

What can run out is named for people; the names are told apart and never read back.  Nothing is
left out or netted further, so a set that the solver finds feasible is feasible in the core.
"""

from typing import Final

from lejar.domain.settlement.limits import BILATERAL, MULTILATERAL
from lejar.domain.settlement.pool import UNRESERVED, Line, Lines
from lejar.domain.settlement.queue import BALANCE
from lejar.kernel import identifiers
from lejar.kernel.identifiers import ID_BYTES

KINDS: Final = {
    BALANCE: "balance",
    UNRESERVED: "unreserved",
    BILATERAL: "limit",
    MULTILATERAL: "limit",
}


def question_of(pool: Lines) -> dict[str, object]:
    """Write the pool as the question that `lejar liquidity solve` and `settle` read."""
    return {
        "available": {_name(one): amount for one, amount in sorted(pool.available.items())},
        "queue": [_item(one, pool.members[one.id]) for one in pool.items],
    }


def _item(line: Line, members: tuple[bytes, ...]) -> dict[str, object]:
    first, *others = (identifiers.show("instruction", one) for one in members)
    together = {"with": others} if others else {}
    changes = {_name(resource): change for resource, change in line.changes}
    return {"id": first, **together, "changes": changes, "value": line.value}


def _name(resource: bytes) -> str:
    """Name a balance by asset and account, a limit by party, asset and whom it is towards."""
    kind, first, second, third = (
        resource[:1],
        resource[1 : 1 + ID_BYTES],
        resource[1 + ID_BYTES : 1 + 2 * ID_BYTES],
        resource[1 + 2 * ID_BYTES :],
    )
    if kind in (BALANCE, UNRESERVED):
        asset, account = identifiers.show("asset", first), identifiers.show("account", second)
        return f"{KINDS[kind]} {asset} {account}"
    party, asset = identifiers.show("party", first), identifiers.show("asset", second)
    towards = identifiers.show("party", third) if third else "all"
    return f"{KINDS[kind]} {asset} {party} {towards}"

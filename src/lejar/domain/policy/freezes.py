# SPDX-License-Identifier: Apache-2.0
"""Who and what is frozen: several directives may freeze one subject, and each is lifted alone.

A subject is a party, an account or an asset.  `FREEZES` answers with one look-up, as the gate asks
for every leg; `FREEZE_ORDERS` keeps one record for each directive, so that lifting one leaves the
others.
"""

from collections.abc import Sequence

from lejar.domain.policy.model import FREEZES, Allowance, Freeze, Movement
from lejar.domain.policy.refusals import PolicyRefusal
from lejar.kernel.codec import Record
from lejar.kernel.identifiers import ID_BYTES
from lejar.kernel.state import Reader, Table, Writer

_FREEZE = FREEZES.prefix


class FreezeOrder(Record, frozen=True):
    """One directive's freeze of one subject."""

    by: bytes
    since: int


FREEZE_ORDERS: Table[FreezeOrder] = Table(0x34, "freeze_orders", FreezeOrder)
"""The key is the subject, then the directive."""


def freeze(draft: Writer, subject: bytes, directive: bytes, agency: bytes) -> None:
    """Freeze a subject by one more directive."""
    FREEZE_ORDERS.put(draft, subject + directive, FreezeOrder(agency, draft.at))
    if FREEZES.get(draft, subject) is None:
        FREEZES.put(draft, subject, Freeze(agency, draft.at, directive))


def thaw(draft: Writer, subject: bytes, directive: bytes) -> None:
    """Lift one directive's freeze; the subject stays frozen while another stands."""
    FREEZE_ORDERS.remove(draft, subject + directive)
    if FREEZES.require(draft, subject).directive != directive:
        return
    left = next(FREEZE_ORDERS.scan(draft, subject), None)
    if left is None:
        FREEZES.remove(draft, subject)
    else:
        key, order = left
        FREEZES.put(draft, subject, Freeze(order.by, order.since, key[ID_BYTES:]))


def asset_is_not_frozen(
    reader: Reader, leg: Movement, _legs: Sequence[Movement]
) -> Allowance | None:
    """The asset itself is not frozen.

    Basis: the directive that froze it; the facts do not name the agency.
    """
    if reader.get(_FREEZE + leg.asset) is None:
        return None
    return Allowance(PolicyRefusal.ASSET_FROZEN, 0)

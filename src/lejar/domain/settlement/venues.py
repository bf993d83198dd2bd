# SPDX-License-Identifier: Apache-2.0
"""Venues: where instructions are agreed, each limited to assets of its own."""

from lejar.domain.identity import PARTIES, Power, signer_with
from lejar.domain.identity import No as Identity
from lejar.domain.settlement import commands, events
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Table


class Venue(Record, frozen=True):
    """Which assets may be agreed at a venue, whose party id is the key."""

    assets: tuple[bytes, ...]


VENUES: Table[Venue] = Table(0x4F, "venues", Venue)


def limit_venue(draft: Draft, command: commands.LimitVenue) -> None:
    """Write down what may be agreed at a venue; it replaces what was said before."""
    signer_with(draft, Power.RUN_SETTLEMENT)
    if PARTIES.get(draft, command.venue) is None:
        raise Refused(Identity.PARTY_UNKNOWN, party=command.venue)
    VENUES.put(draft, command.venue, Venue(command.assets))
    draft.emit(events.VenueLimited(command.venue, command.assets))

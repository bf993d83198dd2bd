# SPDX-License-Identifier: Apache-2.0
"""How a directive is put on record, and how one that binds ends: lifted, expired, or on appeal."""

import msgspec

from lejar.domain.oversight import events
from lejar.domain.oversight.model import DIRECTIVES, Directive, Kind, Stage
from lejar.domain.policy import halts, thaw
from lejar.kernel.draft import Draft
from lejar.kernel.schedule import Due, schedule, unschedule
from lejar.ledger.holds import HOLDS, release

DIRECTIVE_EXPIRES = "oversight.directive_expires"


def issued(draft: Draft, directive: Directive) -> bytes:
    """Write a directive down, and let its end come; gives its id."""
    directive_id = draft.new_id("directive")
    DIRECTIVES.put(draft, directive_id, directive)
    if directive.expires_at is not None:
        schedule(draft, directive.expires_at, directive_id, Due(DIRECTIVE_EXPIRES, directive_id))
    return directive_id


def end(draft: Draft, directive_id: bytes, directive: Directive, stage: Stage) -> Directive:
    """Undo what a directive in force does; gives it as it stands then."""
    if directive.kind is Kind.FREEZE:
        thaw(draft, directive.bears_on, directive_id)
    elif directive.kind is Kind.HALT:
        halts.resume(draft, directive.bears_on)
    elif HOLDS.get(draft, directive_id) is not None:  # a seizure may have taken all of it
        release(draft, directive_id)
    if directive.expires_at is not None and stage is not Stage.EXPIRED:
        unschedule(draft, directive.expires_at, directive_id)
    ended = msgspec.structs.replace(directive, stage=stage)
    DIRECTIVES.put(draft, directive_id, ended)
    return ended


def directive_expires(draft: Draft, directive_id: bytes) -> None:
    """End a directive whose moment has come."""
    end(draft, directive_id, DIRECTIVES.require(draft, directive_id), Stage.EXPIRED)
    draft.emit(events.DirectiveExpired(directive_id))

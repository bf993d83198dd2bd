# SPDX-License-Identifier: Apache-2.0
"""Appeals: those whom a directive concerns ask once, and another agency decides."""

import msgspec

from lejar.domain.oversight import commands, events, rules
from lejar.domain.oversight.lifting import end
from lejar.domain.oversight.model import DIRECTIVES, Appeal, Outcome, Stage
from lejar.domain.oversight.refusals import OversightRefusal
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused, refuse_if


def lodge_appeal(draft: Draft, command: commands.LodgeAppeal) -> None:
    """Note an appeal; the directive binds until it is decided."""
    directive = rules.known_directive(draft, command.directive)
    party = next((one for one in draft.signers if one in directive.concerned), None)
    if party is None:
        raise Refused(OversightRefusal.NOT_THE_SUBJECT)
    refuse_if(rules.can_be_appealed(directive))
    lodged = msgspec.structs.replace(directive, appeal=Appeal.LODGED)
    DIRECTIVES.put(draft, command.directive, lodged)
    draft.emit(events.AppealLodged(command.directive, party, command.grounds))


def decide_appeal(draft: Draft, command: commands.DecideAppeal) -> None:
    """Uphold the directive, or end it in this entry."""
    directive = rules.known_directive(draft, command.directive)
    agency = rules.judge_of(draft, directive)
    if directive.appeal is not Appeal.LODGED:
        raise Refused(OversightRefusal.APPEAL_NOT_LODGED, appeal=str(directive.appeal))
    decided = msgspec.structs.replace(directive, appeal=Appeal(command.outcome))
    DIRECTIVES.put(draft, command.directive, decided)
    if command.outcome is Outcome.UPHELD:
        draft.emit(events.AppealUpheld(command.directive, agency, command.reasons))
        return
    lifted = directive.stage is Stage.IN_FORCE
    if lifted:
        end(draft, command.directive, decided, Stage.LIFTED)
    draft.emit(events.AppealAllowed(command.directive, agency, command.reasons, lifted))

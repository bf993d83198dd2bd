# SPDX-License-Identifier: Apache-2.0
"""Requests to cancel: camt.056 is asked of the hub while the payment is open, and answered.

What the hub says counts: a payment that settles while it is to be cancelled has settled.
"""

from dataclasses import dataclass

from lejar.cli.messaging.hub import Counter
from lejar.domain.settlement.commands import Cancel
from lejar.gateways.iso20022.acting import answers
from lejar.gateways.iso20022.acting.asked import Asked, Names
from lejar.gateways.iso20022.acting.refusals import ChannelRefusal
from lejar.gateways.iso20022.acting.session import Standing, State, Transaction
from lejar.gateways.iso20022.messages import CancellationRequest, Resolution
from lejar.kernel import identifiers


@dataclass(frozen=True, slots=True)
class Cancelling:
    """Where one bank's requests to cancel are decided."""

    counter: Counter
    names: Names

    def answer(
        self, one: CancellationRequest, meant: Transaction | None, seed: str
    ) -> tuple[Resolution, Transaction | None]:
        """Give the answer, and the payment as it stands after it where it has moved on."""
        if meant is None:
            return _no(one, ChannelRefusal.ORIGINAL_UNKNOWN), None
        found = self.counter.now(meant)
        if found.standing.state in {State.PENDING, State.FAILED}:
            said = self._asked(found, seed)
            if said is None:
                return _resolution(one, "PDCR"), found
            if said.state is State.CANCELLED:
                return _resolution(one, "CNCL"), found.stands(said)
            # The hub said no; perhaps the payment has settled in between.
            found = self.counter.now(found)
            if found.standing.state is not State.SETTLED:
                reason = answers.payment_reason(said.cause or "")
                return _rejected(one, reason, answers.sentence_of(said)), found
        return _by_state(one, found.standing.state), found

    def _asked(self, meant: Transaction, seed: str) -> Standing | None:
        instruction = meant.standing.instruction or ""
        command = Cancel(identifiers.read("instruction", instruction))
        command_id = self.names.command_id("cancel", f"{meant.reference}\n{seed}")
        return self.counter.cancel(Asked(command, meant.reference, command_id), instruction)


def _by_state(one: CancellationRequest, state: State) -> Resolution:
    if state is State.CANCELLED:
        return _resolution(one, "CNCL")
    settled = state is State.SETTLED
    refusal = ChannelRefusal.ALREADY_SETTLED if settled else ChannelRefusal.ALREADY_ENDED
    return _no(one, refusal)


def _no(one: CancellationRequest, refusal: ChannelRefusal) -> Resolution:
    return _rejected(one, refusal.value.payment, f"{refusal.code}: {refusal.sentence('en')}")


def _rejected(one: CancellationRequest, reason: str, text: str) -> Resolution:
    return Resolution(
        case_id=one.case_id,
        original=one.original,
        confirmation="RJCR",
        reason=reason,
        reason_text=text,
    )


def _resolution(one: CancellationRequest, confirmation: str) -> Resolution:
    return Resolution(case_id=one.case_id, original=one.original, confirmation=confirmation)

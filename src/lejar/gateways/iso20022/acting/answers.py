# SPDX-License-Identifier: Apache-2.0
"""Standings of transactions as the messages that banks wait for.

One message answers all payments of a message; securities are answered one by one, for their
messages carry one instruction each.
"""

from collections.abc import Sequence
from typing import Final

from lejar.assembly import MACHINE
from lejar.gateways.iso20022 import writing
from lejar.gateways.iso20022.acting.refusals import ChannelRefusal
from lejar.gateways.iso20022.acting.session import Standing, State, Transaction
from lejar.gateways.iso20022.messages import (
    Resolution,
    SecuritiesState,
    SecuritiesStatus,
    Side,
    Status,
)
from lejar.gateways.iso20022.reasons import reason_of_refusal
from lejar.gateways.iso20022.writing import Heading
from lejar.kernel.failure import Broken

PAYMENT_CODES: Final = {
    ("pending", "matched"): "ACTC",
    ("pending", "queued"): "PDNG",
    ("pending", "alleged"): "PDNG",
    ("settled", "settled"): "ACSC",
    ("cancelled", "cancelled"): "CANC",
}
"""Status codes by state and stage; whatever else there is was rejected."""

SHORT: Final = {
    (Side.DELIVERS, True): "LACK",
    (Side.DELIVERS, False): "CMON",
    (Side.RECEIVES, True): "MONY",
    (Side.RECEIVES, False): "CLAC",
}
"""What is missing, by who is told and whether it is missing there: securities or money."""

LACKING: Final = {
    "limit_reached": "LIQU",
    "behind_others": "PRCY",
    "still_waiting": "LINK",
    "link_broken": "LINK",
    "source_frozen": "FROZ",
    "target_frozen": "FROZ",
    "asset_frozen": "FROZ",
    "cut_off_passed": "LATE",
}
"""Why a securities instruction waits or fails, in the codes of sese.024; otherwise OTHR."""

REJECTING: Final = {
    "account_unknown": "SAFE",
    "asset_unknown": "DSEC",
    "value_date_past": "DDAT",
    "value_date_too_far": "DDAT",
    "value_date_not_business": "DDAT",
    "cut_off_passed": "LATE",
    "command_duplicate": "REFE",
    "amount_zero": "DQUA",
    "settlement_asset_unfit": "DMON",
    "link_unknown": "REFE",
}
"""Why an instruction is rejected; otherwise OTHR."""

OTHER: Final = "OTHR"


def status_report(
    heading: Heading, transactions: Sequence[Transaction], version: str | None = None
) -> bytes:
    """Write what became of payments: pacs.002."""
    return writing.status_report(heading, [_status(one) for one in transactions], version)


def _status(one: Transaction) -> Status:
    said = one.standing
    code = PAYMENT_CODES.get((said.state.value, said.stage), "RJCT")
    told = code in {"RJCT", "PDNG"} and said.cause is not None
    lapsed = code == "RJCT" and said.cause is None
    return Status(
        original=one.original,
        code=code,
        reason=payment_reason(said.cause or "") if told or lapsed else None,
        reason_text=sentence_of(said) if told or lapsed else None,
    )


def payment_reason(code: str) -> str:
    """Choose the outward code of a cause, the channel's or the hub's."""
    own = _own(code)
    return reason_of_refusal(code) if own is None else own.value.payment


def sentence_of(said: Standing) -> str:
    """Say a cause with its own code before it."""
    cause = said.cause or said.stage
    if said.sentence:
        return f"{cause}: {said.sentence}"
    known = MACHINE.refusals.get(said.cause or "")
    return cause if known is None else f"{cause}: {known.row.sentence}"


def _own(code: str) -> ChannelRefusal | None:
    return ChannelRefusal.__members__.get(code.upper())


def settlement_answer(heading: Heading, one: Transaction) -> bytes:
    """Write what became of a securities instruction: sese.025 once settled, else sese.024."""
    said = one.standing
    if one.instructed is None:
        raise Broken("a securities transaction keeps what was instructed")
    if said.state is State.SETTLED:
        return writing.confirmation(heading, one.instructed, infrastructure_id(said))
    state, reason = _securities(said, one.instructed.side)
    status = SecuritiesStatus(
        reference=one.reference,
        infrastructure_reference=None if said.instruction is None else infrastructure_id(said),
        state=state,
        reason=reason,
        reason_text=sentence_of(said) if reason is not None else None,
    )
    return writing.status(heading, status)


def infrastructure_id(said: Standing) -> str:
    """Give the hub's name of an instruction, which fits in 35 characters."""
    return said.instruction or "NONREF"


def _securities(said: Standing, side: Side) -> tuple[SecuritiesState, str | None]:
    cause = said.cause or ""
    match said.stage:
        case "alleged":
            return SecuritiesState.UNMATCHED, "CMIS"
        case "matched":
            return SecuritiesState.MATCHED, None
        case "queued":
            return SecuritiesState.PENDING, _lacking(said, side)
        case "failed":
            return SecuritiesState.FAILING, _lacking(said, side)
        case "cancelled":
            return SecuritiesState.CANCELLED, "CANI"
        case "lapsed":
            return SecuritiesState.CANCELLED, "CANS"
    own = _own(cause)
    reason = REJECTING.get(cause, OTHER) if own is None else own.value.securities
    return SecuritiesState.REJECTED, reason


def _lacking(said: Standing, side: Side) -> str:
    if said.cause == "funds_insufficient" and said.short_here is not None:
        return SHORT[side, said.short_here]
    return LACKING.get(said.cause or "", OTHER)


def resolution(heading: Heading, answer: Resolution) -> bytes:
    """Write the answer to a request to cancel: camt.029."""
    return writing.resolution(heading, answer)

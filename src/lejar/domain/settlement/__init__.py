# SPDX-License-Identifier: Apache-2.0
"""Settlement: instructions, the queue and the settlement day; the face that other modules see."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import No as Identity
from lejar.domain.identity import Role
from lejar.domain.money import DepositNo
from lejar.domain.money import No as Money
from lejar.domain.policy import MOVEMENT_REFUSALS
from lejar.domain.settlement import (
    blocks,
    closing,
    commands,
    day,
    events,
    fail_rules,
    fails,
    handlers,
    linking,
    operating,
    passing,
    queue,
    settling,
    venues,
)
from lejar.domain.settlement.handlers import struck
from lejar.domain.settlement.limits import LIMITS
from lejar.domain.settlement.model import (
    ALLEGED,
    INSTRUCTIONS,
    Instruction,
    InstructionLeg,
    OnShortfall,
    Priority,
    Stage,
    Terms,
)
from lejar.domain.settlement.pending import rebuild
from lejar.domain.settlement.refusals import SettlementRefusal as No
from lejar.domain.settlement.reserves import RESERVES
from lejar.kernel.module import Module, Verb
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "INSTRUCTIONS",
    "MODULE",
    "Instruction",
    "InstructionLeg",
    "No",
    "OnShortfall",
    "Priority",
    "Stage",
    "Terms",
    "struck",
]

EXCHANGE_REFUSALS = (
    No.SETTLEMENT_PAUSED,
    Accounts.AUTHORITY_MISSING,
    Accounts.AUTHORITY_EXCEEDED,
    DepositNo.DEPOSIT_BANK_STOPPED,
    No.LIMIT_REACHED,
    *MOVEMENT_REFUSALS[2:],  # an amount becomes too large where a bank's claim is made
)
PAYMENT_REFUSALS = tuple(
    no
    for no in EXCHANGE_REFUSALS
    if no.code not in ("lock_up", "register_closed", "holding_cap")  # money has none of these
)
DAYS = (No.VALUE_DATE_PAST, No.VALUE_DATE_TOO_FAR, No.VALUE_DATE_NOT_BUSINESS, No.CUT_OFF_PASSED)
OPEN = (No.INSTRUCTION_UNKNOWN, No.NOT_A_PARTY)

MODULE = Module(
    name="settlement",
    tables=(
        INSTRUCTIONS,
        ALLEGED,
        queue.WAITING,
        queue.QUEUE,
        queue.AHEAD,
        RESERVES,
        LIMITS,
        venues.VENUES,
        day.DAY,
        blocks.BLOCKS,
        fail_rules.FAIL_RULES,
        fails.PENALTIES,
        operating.EVIDENCE,
    ),
    refusals=(No,),
    due=(
        (settling.VALUE_DATE_COMES, handlers.value_date_comes),
        (blocks.BLOCK_COMES, handlers.block_comes),
        (queue.QUEUE_PASSES, passing.queue_passes),
        (day.DAY_CLOSES, closing.day_closes),
    ),
    rebuild=rebuild,
    events=(
        events.InstructionAlleged,
        events.InstructionAffirmed,
        events.InstructionMatched,
        events.InstructionQueued,
        events.InstructionMoved,
        events.InstructionHeld,
        events.InstructionReleased,
        events.InstructionLinked,
        events.InstructionSettled,
        events.InstructionPartlySettled,
        events.InstructionFailed,
        events.CancellationAsked,
        events.InstructionCancelled,
        events.InstructionLapsed,
        events.PromiseAttested,
        events.QueueSettled,
        events.SenderLimitSet,
        events.MoneyReserved,
        events.SettlementPaused,
        events.SettlementResumed,
        events.DayClosed,
        events.FailRulesSet,
        events.PenaltyAccrued,
        events.PenaltyCharged,
        events.BuyInNotified,
        events.VenueLimited,
    ),
    verbs=(
        Verb(
            commands.Instruct,
            handlers.instruct,
            Role.OPERATE,
            (
                No.LEGS_TOO_MANY,
                No.AMOUNT_ZERO,
                No.LEG_TO_ITSELF,
                No.LEG_REPEATED,
                *MOVEMENT_REFUSALS[:2],
                No.PAID_LEG_UNFIT,
                No.PRICE_UNCLEAR,
                No.FREE_OF_PAYMENT,
                No.ISSUANCE_ACCOUNT,
                *DAYS,
                No.NOT_A_PARTY,
                No.VENUE_UNKNOWN,
                No.VENUE_UNFIT,
                Identity.PARTY_UNKNOWN,
                No.MEDIATOR_UNFIT,
                No.PARTIAL_UNFIT,
                No.LINK_UNKNOWN,
                No.LINKS_TOO_MANY,
                No.PROMISE_UNFIT,
                *EXCHANGE_REFUSALS,
            ),
        ),
        Verb(
            commands.Pay,
            handlers.pay,
            Role.OPERATE,
            (
                No.LEG_TO_ITSELF,
                *MOVEMENT_REFUSALS[:2],
                Money.NOT_MONEY,
                No.ISSUANCE_ACCOUNT,
                *DAYS,
                No.NOT_A_PARTY,
                *PAYMENT_REFUSALS,
            ),
        ),
        Verb(
            commands.Affirm,
            handlers.affirm,
            Role.OPERATE,
            (*OPEN, No.AFFIRMED_ALREADY, No.CUT_OFF_PASSED, *EXCHANGE_REFUSALS),
        ),
        Verb(commands.Cancel, handlers.cancel, Role.OPERATE, (*OPEN, No.CANCELLED_ALREADY)),
        Verb(
            commands.Retry,
            handlers.retry,
            Role.OPERATE,
            (*OPEN, No.NOT_FAILED, *DAYS, No.LINK_BROKEN, No.STILL_WAITING, *EXCHANGE_REFUSALS),
        ),
        Verb(
            commands.Attest,
            operating.attest,
            Role.OPERATE,
            (
                No.INSTRUCTION_UNKNOWN,
                No.PROMISE_UNKNOWN,
                No.NOT_THE_PROMISE_AGENT,
                No.ATTESTED_ALREADY,
                No.EVIDENCE_USED,
            ),
        ),
        Verb(
            commands.Settle,
            operating.settle,
            Role.OPERATE,
            (*OPEN, No.BEHIND_OTHERS, No.NOT_WAITING),
        ),
        Verb(commands.Hold, operating.hold, Role.OPERATE, (*OPEN, No.NOT_WAITING)),
        Verb(commands.Release, operating.release, Role.OPERATE, (*OPEN, No.NOT_WAITING)),
        Verb(
            commands.Link,
            linking.link,
            Role.OPERATE,
            (*OPEN, No.NOT_WAITING, No.LINK_UNKNOWN, No.LINKS_TOO_MANY),
        ),
        Verb(
            commands.Prioritise,
            operating.prioritise,
            Role.OPERATE,
            (*OPEN, No.NOT_A_GIVER, No.NOT_WAITING),
        ),
        Verb(
            commands.Reorder,
            operating.reorder,
            Role.OPERATE,
            (*OPEN, No.NOT_A_GIVER, No.NOT_WAITING),
        ),
        Verb(
            commands.SetSenderLimit,
            operating.set_sender_limit,
            Role.OPERATE,
            (No.NOT_A_PARTY, Ledger.ASSET_UNKNOWN, Money.NOT_MONEY, Identity.PARTY_UNKNOWN),
        ),
        Verb(
            commands.Reserve,
            operating.reserve,
            Role.OPERATE,
            (
                Ledger.ACCOUNT_UNKNOWN,
                No.NOT_A_PARTY,
                Ledger.ASSET_UNKNOWN,
                Money.NOT_MONEY,
                Ledger.FUNDS_INSUFFICIENT,
            ),
        ),
        Verb(
            commands.PauseSettlement,
            operating.pause,
            Role.OPERATE,
            (Identity.POWER_MISSING, No.PAUSED_ALREADY),
        ),
        Verb(
            commands.ResumeSettlement,
            operating.resume,
            Role.OPERATE,
            (Identity.POWER_MISSING, No.NOT_PAUSED),
        ),
        Verb(
            commands.SettleSet,
            operating.settle_set,
            Role.OPERATE,
            (
                Identity.POWER_MISSING,
                No.SETTLEMENT_PAUSED,
                No.SET_REPEATS,
                No.SET_UNFIT,
                No.SET_INFEASIBLE,
                No.SET_WORSE,
                No.BOUND_UNFIT,
            ),
        ),
        Verb(
            commands.SetFailRules,
            fails.set_fail_rules,
            Role.OPERATE,
            (Identity.POWER_MISSING, Ledger.ASSET_UNKNOWN),
        ),
        Verb(
            commands.NotifyBuyIn,
            fails.notify_buy_in,
            Role.OPERATE,
            (
                *OPEN,
                No.NOT_FAILED,
                No.FAIL_RULES_UNKNOWN,
                No.BUY_IN_EARLY,
                No.NOTIFIED_ALREADY,
            ),
        ),
        Verb(
            commands.ChargePenalty,
            fails.charge_penalty,
            Role.OPERATE,
            (
                No.PENALTY_UNKNOWN,
                No.NOT_THE_PAYEE,
                No.PENALTY_NOT_SHOWN,
                No.VALUE_DATE_NOT_BUSINESS,
                No.CUT_OFF_PASSED,
                *PAYMENT_REFUSALS,
            ),
        ),
        Verb(
            commands.LimitVenue,
            venues.limit_venue,
            Role.OPERATE,
            (Identity.POWER_MISSING, Identity.PARTY_UNKNOWN),
        ),
    ),
)

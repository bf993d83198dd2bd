# SPDX-License-Identifier: Apache-2.0
"""Delivery versus payment: the face that other modules see."""

from lejar.domain.accounts import No as Accounts
from lejar.domain.identity import Role
from lejar.domain.money import PAYMENT_REFUSALS
from lejar.domain.policy import MOVEMENT_REFUSALS
from lejar.domain.settlement import commands, events, handlers
from lejar.domain.settlement.handlers import struck
from lejar.domain.settlement.model import INSTRUCTIONS, Instruction, InstructionLeg, Stage
from lejar.domain.settlement.pending import rebuild
from lejar.domain.settlement.refusals import SettlementRefusal as No
from lejar.kernel.module import Module, Verb

__all__ = ["INSTRUCTIONS", "MODULE", "Instruction", "InstructionLeg", "No", "Stage", "struck"]

EXCHANGE_REFUSALS = (
    Accounts.AUTHORITY_MISSING,
    Accounts.AUTHORITY_EXCEEDED,
    *PAYMENT_REFUSALS,
    *MOVEMENT_REFUSALS[2:],  # an amount becomes too large where a bank's claim is made
)

MODULE = Module(
    name="settlement",
    tables=(INSTRUCTIONS,),
    refusals=(No,),
    due=((handlers.VALUE_DATE_COMES, handlers.value_date_comes),),
    rebuild=rebuild,
    events=(
        events.InstructionAlleged,
        events.InstructionMatched,
        events.InstructionSettled,
        events.InstructionFailed,
        events.CancellationAsked,
        events.InstructionCancelled,
        events.InstructionLapsed,
    ),
    verbs=(
        Verb(
            commands.Instruct,
            handlers.instruct,
            Role.OPERATE,
            (
                No.LEG_TO_ITSELF,
                No.LEG_REPEATED,
                *MOVEMENT_REFUSALS[:2],
                No.NOT_DELIVERY_VERSUS_PAYMENT,
                No.ISSUANCE_ACCOUNT,
                No.VALUE_DATE_PAST,
                No.VALUE_DATE_TOO_FAR,
                No.VALUE_DATE_NOT_BUSINESS,
                No.CUT_OFF_PASSED,
                No.NOT_A_PARTY,
                *EXCHANGE_REFUSALS,
            ),
        ),
        Verb(
            commands.Affirm,
            handlers.affirm,
            Role.OPERATE,
            (
                No.INSTRUCTION_UNKNOWN,
                No.NOT_A_PARTY,
                No.AFFIRMED_ALREADY,
                No.CUT_OFF_PASSED,
                *EXCHANGE_REFUSALS,
            ),
        ),
        Verb(
            commands.Cancel,
            handlers.cancel,
            Role.OPERATE,
            (No.INSTRUCTION_UNKNOWN, No.NOT_A_PARTY, No.CANCELLED_ALREADY),
        ),
        Verb(
            commands.Retry,
            handlers.retry,
            Role.OPERATE,
            (
                No.INSTRUCTION_UNKNOWN,
                No.NOT_A_PARTY,
                No.NOT_FAILED,
                No.VALUE_DATE_NOT_BUSINESS,
                No.CUT_OFF_PASSED,
                *EXCHANGE_REFUSALS,
            ),
        ),
    ),
)

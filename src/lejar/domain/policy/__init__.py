# SPDX-License-Identifier: Apache-2.0
"""The one door: profiles, freezes, rules and the gate, as other modules see them."""

from lejar.domain.policy import switches
from lejar.domain.policy.freezes import FREEZE_ORDERS, freeze, thaw
from lejar.domain.policy.gate import (
    allowed,
    judge,
    known_profile,
    move,
    move_resolved,
    refuse_unless_clear,
    resolved,
)
from lejar.domain.policy.model import (
    FREEZES,
    PROFILES,
    AssetClass,
    AssetKind,
    AssetProfile,
    Leg,
    Movement,
    MovePurpose,
    close_register,
    is_frozen,
)
from lejar.domain.policy.refusals import PolicyRefusal as No
from lejar.domain.policy.switches import SWITCHES
from lejar.kernel.module import Module
from lejar.kernel.schedule import DUE
from lejar.ledger import balances
from lejar.ledger.accounts import ACCOUNTS
from lejar.ledger.events import HoldPlaced, HoldReleased
from lejar.ledger.holds import HOLDS
from lejar.ledger.invariants import for_all, for_touched
from lejar.ledger.model import BALANCES, OWNED
from lejar.ledger.refusals import LedgerRefusal as Ledger

__all__ = [
    "FREEZES",
    "FREEZE_ORDERS",
    "LEDGER",
    "MODULE",
    "MOVEMENT_REFUSALS",
    "PROFILES",
    "SWITCHES",
    "AssetClass",
    "AssetKind",
    "AssetProfile",
    "Leg",
    "MovePurpose",
    "Movement",
    "No",
    "allowed",
    "close_register",
    "freeze",
    "is_frozen",
    "judge",
    "known_profile",
    "move",
    "move_resolved",
    "refuse_unless_clear",
    "resolved",
    "switches",
    "thaw",
]

MOVEMENT_REFUSALS = (
    Ledger.ACCOUNT_UNKNOWN,
    Ledger.ASSET_UNKNOWN,
    No.SOURCE_SUSPENDED,
    No.TARGET_SUSPENDED,
    No.SOURCE_FROZEN,
    No.TARGET_FROZEN,
    No.ASSET_FROZEN,
    No.MARKET_HALTED,
    No.TARGET_INELIGIBLE,
    No.LOCK_UP,
    No.REGISTER_CLOSED,
    No.HOLDING_CAP,
    Ledger.FUNDS_INSUFFICIENT,
    Ledger.AMOUNT_TOO_LARGE,
)
"""What the door may answer to any command that moves something."""

LEDGER = Module(
    name="ledger",
    tables=(DUE, ACCOUNTS, BALANCES, OWNED, HOLDS),
    refusals=(Ledger,),
    events=(HoldPlaced, HoldReleased),
    invariants=(for_touched,),
    audits=(for_all,),
    rebuild=balances.rebuild,
)
"""The ledger's tables and invariants: it has no commands, for nothing moves but by the door."""

MODULE = Module(
    name="policy",
    tables=(PROFILES, FREEZES, FREEZE_ORDERS, SWITCHES),
    refusals=(No,),
)

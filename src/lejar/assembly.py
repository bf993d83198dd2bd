# SPDX-License-Identifier: Apache-2.0
"""The modules in their order, and the rulebook they make: the only place that knows them all."""

from lejar.domain import (
    accounts,
    calendar,
    consent,
    identity,
    instruments,
    money,
    oversight,
    policy,
    reconciliation,
    servicing,
    settlement,
)
from lejar.kernel.module import Machine, Module, assemble
from lejar.kernel.rulebook import Rulebook, single

MODULES: tuple[Module, ...] = (
    policy.LEDGER,
    identity.MODULE,
    consent.MODULE,
    calendar.MODULE,
    policy.MODULE,
    accounts.MODULE,
    instruments.MODULE,
    money.MODULE,
    settlement.MODULE,
    servicing.MODULE,
    reconciliation.MODULE,
    oversight.MODULE,
)

MACHINE: Machine = assemble(MODULES, consent.authorize, calendar.time_offset)
RULEBOOK: Rulebook = single(MACHINE)

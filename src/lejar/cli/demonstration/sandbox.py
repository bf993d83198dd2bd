# SPDX-License-Identifier: Apache-2.0
"""A sandbox cohort: two participants try a larger limit for a month, and it ends with a report."""

from datetime import date
from typing import Final

import msgspec

from lejar.cli.demonstration.founding import JURISDICTION, moment_of
from lejar.cli.demonstration.onboarding import RINGGIT
from lejar.cli.demonstration.paying import ticked
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.tokens import TOKEN_DAY, offered, told_how_much
from lejar.cli.demonstration.trading import advanced
from lejar.cli.demonstration.world import World
from lejar.domain.basis import LegalBasis
from lejar.domain.policy.commands import OpenCohort, RelaxedRule
from lejar.domain.policy.kinds.windows import InvestmentCap
from lejar.kernel.envelope import Command
from lejar.reference import shipped_pack

COHORT: Final = "cohort"
RULE: Final = "my.ieo.retail_per_issuer"
LIMIT: Final = 5_000 * RINGGIT
MOST_EACH: Final = 4_000 * RINGGIT
MOST_OF_ALL: Final = 10_000 * RINGGIT
ENDS: Final = date(2022, 2, 17)
TERMS: Final = LegalBasis("Terms of the demonstration's sandbox: not a real document")


def steps() -> list[Step]:
    """Give the steps in their order."""
    return [
        _opened(),
        offered("investor-five", 3_000),
        *told_how_much("investor-five", 1_500),
        advanced("end of the sandbox", ENDS),
        ticked(
            "tick at the end of the sandbox",
            "The sandbox ends by itself, and its report says what was done in it.",
            "Kotak pasir tamat dengan sendirinya, dan laporannya menyatakan apa yang dilakukan.",
        ),
    ]


def _opened() -> Step:
    def make(world: World) -> Command:
        members = (world.party("token-issuer"), world.party("investor-five"))
        relaxed = RelaxedRule(RULE, msgspec.structs.replace(_cap(), limit=LIMIT))
        return OpenCohort(
            title="A larger limit for retail investors",
            participants=members,
            relaxed=(relaxed,),
            money_each=MOST_EACH,
            money_all=MOST_OF_ALL,
            from_at=moment_of(TOKEN_DAY),
            until=moment_of(ENDS),
            basis=TERMS,
        )

    return Step(
        "open cohort",
        "The Securities Commission lets the token issuer and investor five try a limit of RM5,000, "
        f"within RM4,000 each, until {ENDS.isoformat()}.",
        "Suruhanjaya Sekuriti membenarkan penerbit token dan pelabur lima mencuba had RM5,000, "
        f"dalam RM4,000 seorang, sehingga {ENDS.isoformat()}.",
        make,
        ("sc",),
        learns=(("cohort", COHORT),),
    )


def _cap() -> InvestmentCap:
    """Give the limit as the shipped pack has it."""
    return next(
        rule.spec
        for rule in shipped_pack(JURISDICTION).rules
        if rule.id == RULE and isinstance(rule.spec, InvestmentCap)
    )

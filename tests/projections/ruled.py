# SPDX-License-Identifier: Apache-2.0
"""A small pack of rules for tests: a cap, a duty, deadlines, and a rule that changes its value."""

from lejar.domain.basis import LegalBasis
from lejar.domain.policy import AssetClass
from lejar.domain.policy.flows import Reach, Window
from lejar.domain.policy.kinds.deadline import Deadline, TimeUnit
from lejar.domain.policy.kinds.duty import Duty, Payer
from lejar.domain.policy.kinds.windows import InvestmentCap, Per
from lejar.domain.policy.pack import AnySpec, Effect, Grade, Pack, Rule, Scope, SourceNote
from lejar.kernel.moment import MICROS_PER_DAY

BASIS = LegalBasis("Guidelines made up for tests", "clause 4", link="https://example.org/law")
SOURCE = SourceNote(Grade.PRIMARY, "made up for tests", "2026-11", verified=True)
UNSURE = SourceNote(Grade.NEWS, "a newspaper that was made up", "2026-11", verified=False)
YEAR = Window(Reach.MONTHS, 12)
CAP = InvestmentCap(Per.TOTAL, YEAR, 2_000_00)


def rule(
    name: str,
    title: str,
    title_ms: str,
    spec: AnySpec,
    *,
    source: SourceNote = SOURCE,
    valid_from: int | None = None,
    valid_until: int | None = None,
) -> Rule:
    """Make a rule for digital assets."""
    return Rule(
        name,
        title,
        title_ms,
        spec,
        Scope(classes=(AssetClass.DIGITAL_ASSET,)),
        Effect.BIND,
        owner="sc",
        consult=("bnm",),
        agree=(),
        basis=BASIS,
        source=source,
        valid_from=valid_from,
        valid_until=valid_until,
    )


def pack_from(changes_at: int, version: str = "2026.11.1", limit: int | None = 2_000_00) -> Pack:
    """Give a pack whose cap is doubled from a moment on; no limit means that nobody knows it."""
    first = "A person pays at most RM 2,000 for digital assets within 12 months."
    later = "A person pays at most RM 4,000 for digital assets within 12 months."
    malay = "Seorang membayar paling banyak {} bagi aset digital dalam 12 bulan."
    cap = InvestmentCap(Per.TOTAL, YEAR, limit)
    rules = (
        rule("my.test.cap", first, malay.format("RM 2,000"), cap, valid_until=changes_at),
        rule(
            "my.test.cap", later, malay.format("RM 4,000"),
            InvestmentCap(Per.TOTAL, YEAR, 4_000_00), valid_from=changes_at, source=UNSURE,
        ),
        rule(
            "my.test.duty", "A trade bears RM 1 for each RM 1,000 or part of it.",
            "Dagangan dikenakan RM 1 bagi setiap RM 1,000 atau sebahagiannya.",
            Duty(Payer.BUYER, "stamp_duty", each=1_000_00, each_costs=1_00),
        ),
        rule(
            "my.test.report", "A change is reported within 14 days.",
            "Perubahan dilaporkan dalam 14 hari.", Deadline(14, TimeUnit.DAYS),
        ),
        rule(
            "my.aml.report", "A suspicion is reported by the next day.",
            "Syak dilaporkan pada hari berikutnya.", Deadline(1, TimeUnit.DAYS),
        ),
    )  # fmt: skip
    return Pack("my", version, 480, rules)


def in_days(at: int, days: int) -> int:
    """Give a moment some days later."""
    return at + days * MICROS_PER_DAY

# SPDX-License-Identifier: Apache-2.0
"""Reads of an invented hub's rules: every page of the rules, for the public and for a reader."""

from datetime import date

from lejar.web.pages import Cursor
from lejar.web.readers import Reader
from lejar.web.views import (
    Amount,
    Asking,
    BindingRow,
    Choice,
    CohortRow,
    CohortsView,
    CohortView,
    CostRow,
    DutyRow,
    ExplainView,
    Fact,
    ListRow,
    NameRow,
    ObligationCountRow,
    ObligationRow,
    ObligationsView,
    PackRow,
    PacksView,
    PackView,
    Reference,
    RefusalRow,
    RelaxedRow,
    RuleGroup,
    RuleRow,
    RuleVersionRow,
    RuleView,
    Span,
    State,
    SwitchRow,
    VerdictView,
    Words,
)
from tests.web.example_market import (
    AS_AT,
    BANK_A,
    BANK_B,
    MYR_ID,
    REGULATOR,
    SUKUK_ID,
    made_id,
)

COHORT_ID = made_id("coh", "one")
CAP_ID = "my.ecf.retail_total"
HERE = Span(None, None)
LAW = "https://example.org/guidelines"
TITLE = Words(
    "A retail investor puts at most RM 50,000 into equity crowdfunding within 12 months.",
    "Pelabur runcit melabur paling banyak RM 50,000 dalam pendanaan ekuiti dalam 12 bulan.",
)
VALUE = Words("Limit: RM 50,000.00 · Within: 12 months", "Had: RM 50,000.00 · Tempoh: 12 bulan")
REMEDY = Words("Reduce the amount to what is allowed.", "Kurangkan jumlah kepada yang dibenarkan.")


def pack_row(version: str, *, newest: bool) -> PackRow:
    """Give a version."""
    return PackRow(
        "my", version, 147, AS_AT.at, 1_204_200, REGULATOR, "Guidelines, 4.02", LAW, "ab" * 32,
        newest,
    )  # fmt: skip


def rule_row(*, verified: bool = True, unknown: bool = False) -> RuleRow:
    """Give a rule as a list has it."""
    return RuleRow(
        CAP_ID, TITLE, "investment_cap", "ecf", "sc", VALUE, "P" if verified else "N", verified,
        verified, unknown, None if verified else AS_AT.at, None,
    )  # fmt: skip


NEWEST, OLDER = pack_row("2026.12.1", newest=True), pack_row("2026.11.1", newest=False)
ROWS = (rule_row(), rule_row(verified=False, unknown=True))
VERSION = RuleVersionRow("2026.12.1", "my", AS_AT.at, 1_204_200, None, AS_AT.at, VALUE, TITLE)
COHORT = CohortRow(
    COHORT_ID, "Smaller tickets", (CAP_ID,), AS_AT.at, AS_AT.at + 1, State.ENDED, 2, 1_204_300
)
MONEY = Amount(5_000_00, "MYR", MYR_ID)


class ExampleRules:
    """What the invented hub says of its rules."""

    def packs(self, _reader: Reader | None, _cursor: Cursor) -> PacksView:
        """Return two versions, with a duty, a list and a switch."""
        return PacksView(
            AS_AT,
            (NEWEST, OLDER),
            (SwitchRow("my.trading", True, REGULATOR, AS_AT.at, "Guidelines, 4.02", 1_204_100),),  # noqa: FBT003
            (DutyRow("my.bursa.stamp_duty", 18, MONEY, MONEY),),
            (ListRow("my.sanctions", REGULATOR, 3, AS_AT.at, None, 1_204_000),),
            HERE,
        )

    def pack(
        self, jurisdiction: str, version: str | None, at: date | None, known: date | None
    ) -> PackView | None:
        """Return the Malaysian pack; on a day before anything was in force, no rules."""
        if jurisdiction != "my" or version not in {None, "2026.12.1", "2026.11.1"}:
            return None
        rows = () if at is not None and at.year < 2000 else ROWS
        groups = (RuleGroup("ecf", rows),) if rows else ()
        names = (
            NameRow("sc", Reference("Regulator", "/parties/x", is_id=False)),
            NameRow("stamp_duty", Reference(made_id("acct", "duty"))),
        )
        shown = OLDER if version == "2026.11.1" else NEWEST
        return PackView(
            AS_AT, shown, at or date(2026, 11, 24), known, rows, groups, 1, 1, (NEWEST, OLDER),
            names,
        )  # fmt: skip

    def rule(self, rule_id: str) -> RuleView | None:
        """Return the cap, with a value that is not known and everything that may stand there."""
        if rule_id != CAP_ID:
            return None
        fact = Fact(Words("Limit", "Had"), Words("not known", "tidak diketahui"))
        refusal = RefusalRow("investment_cap", Words("Too much.", "Terlalu banyak."), REMEDY)
        return RuleView(
            AS_AT, ROWS[1], VERSION, True, (fact,), (fact,), ("bnm",), ("lhdn",), (CAP_ID,),  # noqa: FBT003
            "Guidelines, 4.02", LAW, "a newspaper", "2026-11", True, (VERSION,), refusal,  # noqa: FBT003
        )  # fmt: skip

    def cohorts(self, _reader: Reader | None, _cursor: Cursor) -> CohortsView:
        """Return one that is over."""
        return CohortsView(AS_AT, (COHORT,), HERE)

    def cohort(self, reader: Reader | None, cohort_id: str) -> CohortView | None:
        """Return it with its report; who took part is for a reader."""
        if cohort_id != COHORT_ID:
            return None
        relaxed = (RelaxedRow(CAP_ID, TITLE, None, VALUE),)
        known = () if reader is None else (BANK_A, BANK_B)
        return CohortView(
            AS_AT, COHORT, REGULATOR, "Guidelines, 4.02", None, relaxed, known, MONEY, None,
            AS_AT.at, None, 12, MONEY,
        )  # fmt: skip

    def obligations(self, reader: Reader | None, _cursor: Cursor) -> ObligationsView:
        """Return counts, and to a reader a deadline that was missed."""
        rule = "my.companies.beneficial_owner_changes"
        row = ObligationRow(
            made_id("obl", "one"), rule, TITLE, BANK_A, AS_AT.at, AS_AT.at, State.MISSED, 1_204_300
        )
        counts = (ObligationCountRow(rule, None, 1, 2, 30, 4),)
        return ObligationsView(AS_AT, counts, None if reader is None else (row,), HERE)

    def explain(self, reader: Reader | None, asking: Asking | None) -> ExplainView:
        """Return the form; what is wrong with a question; or an answer that holds back."""
        if reader is None:
            return ExplainView(AS_AT, False, Asking(), (), (), (), None)  # noqa: FBT003
        wanted = asking or Asking()
        accounts = (Choice(made_id("acct", "a"), "acct_a", chosen=True),)
        assets = (Choice(SUKUK_ID, "CENGAL", chosen=False),)
        errors = ("amount", "total") if wanted.amount == "x" else ()
        verdict = None if asking is None or errors else answer()
        return ExplainView(AS_AT, True, wanted, accounts, assets, errors, verdict)  # noqa: FBT003


def answer() -> VerdictView:
    """Give an answer with a rule that binds, one that advises, and one of the hub."""
    fact = Fact(Words("Limit", "Had"), Words("RM 50,000.00", "RM 50,000.00"))

    def row(rule: str, *, binds: bool, allows: str | None) -> BindingRow:
        href = f"/rules/{rule}" if rule.startswith("my.") else None
        return BindingRow(
            rule, href, TITLE, "investment_cap", binds, allows, allows is not None, "100",
            "Guidelines, 4.02", LAW, "P, verified", (fact,), REMEDY,
        )  # fmt: skip

    rows = (
        row(CAP_ID, binds=True, allows="40"),
        row("my.market.switch", binds=False, allows="0"),
        row("holding_is_within_its_cap", binds=True, allows=None),
    )
    return VerdictView(
        "100", "40", "some", rows, (CostRow("my.bursa.stamp_duty", MONEY),),
        ("my.exchange.paid_up: value",), ("my 2026.12.1",), ("sg",), AS_AT.entry, AS_AT.at,
    )  # fmt: skip


RULE_PAGES = {
    "packs": "/packs",
    "pack": "/packs/my?at=2026-11-24&known=2026-11-24",
    "pack-version": "/packs/my/2026.11.1",
    "pack-empty": "/packs/my?at=1999-01-01",
    "rule": f"/rules/{CAP_ID}",
    "cohorts": "/cohorts",
    "cohort": f"/cohorts/{COHORT_ID}",
    "obligations": "/obligations",
    "explain": "/explain",
}
"""Their addresses, by a name for tests and screenshots."""

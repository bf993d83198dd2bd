# SPDX-License-Identifier: Apache-2.0
"""A draft pack judges what really happened; every difference can be worked out by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lejar.domain.policy.pack import Pack
from lejar.node.laboratory.findings import Findings, Verdict, band_of
from lejar.node.laboratory.running import ALWAYS, Span, run
from lejar.node.laboratory.tables import differences_csv, drawing, sums_csv
from tests.node.laboratory.ground import ISSUER, PEOPLE, Ground, capped, party


@pytest.fixture
def ground(tmp_path: Path) -> Iterator[Ground]:
    made = Ground.open(tmp_path)
    yield made
    made.close()


def judged(ground: Ground, pack: Pack, span: Span | None = None) -> Findings:
    heard: list[tuple[int, int]] = []
    ground.hub.settle()
    findings = run(
        ground.folder, ground.genesis, pack, span or Span(*ALWAYS), lambda *at: heard.append(at)
    )
    assert heard[-1][0] == heard[-1][1]
    return findings


def told(findings: Findings) -> list[tuple[str, str, int, int]]:
    return [(str(d.verdict), d.investor, d.amount, d.allowed) for d in findings.differences]


def test_what_would_have_been_refused_and_capped(ground: Ground) -> None:
    ground.adopt(capped(units=1_000))
    ground.sell(ISSUER, "amir", 100, 100_00)
    ground.sell(ISSUER, "amir", 50, 50_00)
    ground.sell(ISSUER, "bala", 90, 90_00)
    ground.sell(ISSUER, "bala", 20, 20_00)
    findings = judged(ground, capped(units=100))
    assert told(findings) == [("refused", "retail", 50, 0), ("capped", "angel", 20, 10)]
    assert (findings.judged, findings.same) == (4, 2)
    assert [d.rule for d in findings.differences] == ["my.holding", "my.holding"]
    assert [d.entry for d in findings.differences] == [14, 16]
    assert findings.differences[0].person == party("amir")


def test_what_would_be_newly_allowed(ground: Ground) -> None:
    ground.adopt(capped(units=10))
    assert ground.sell(ISSUER, "amir", 11, 11_00).refusal is not None
    assert ground.sell(ISSUER, "amir", 11, 20_000_00).refusal is not None
    findings = judged(ground, capped(units=20))
    assert told(findings) == [("newly_allowed", "retail", 11, 0)]
    assert findings.differences[0].reason == "ownership_cap"
    assert findings.uncounted == 1, "without the money it would have been refused all the same"


def test_a_draft_counts_for_itself_from_the_first_entry(ground: Ground) -> None:
    for _ in range(3):
        ground.sell(ISSUER, "amir", 10, 1_000_00)
    findings = judged(ground, capped(money=2_000_00))
    assert told(findings) == [("refused", "retail", 10, 0)]


def test_only_the_span_is_compared_and_everything_is_counted(ground: Ground) -> None:
    ground.sell(ISSUER, "amir", 10, 1_000_00)
    ground.next_day()
    begins = ground.now
    ground.sell(ISSUER, "amir", 10, 1_500_00)
    ground.next_day()
    ends = ground.now
    ground.sell(ISSUER, "amir", 10, 1_000_00)
    findings = judged(ground, capped(money=2_000_00), Span(begins, ends))
    assert told(findings) == [("capped", "retail", 10, 6)]
    assert findings.judged == 1


def test_what_depends_on_what_would_not_have_happened_is_stated(ground: Ground) -> None:
    ground.sell(ISSUER, "amir", 100, 100_00)
    ground.sell(ISSUER, "chen", 5, 5_00)
    ground.sell("amir", "chen", 30, 30_00)
    ground.sell("amir", "chen", 30, 30_00)
    findings = judged(ground, capped(units=50))
    assert [(d.amount, d.knock_on) for d in findings.differences] == [(100, False), (30, True)]
    assert findings.knock_on == 1, "amir's own fifty went first"


def test_the_pack_that_counted_finds_nothing(ground: Ground) -> None:
    ground.adopt(capped(units=100, money=500_00))
    for units in (60, 30, 20, 10):
        ground.sell(ISSUER, "amir", units, units * 100)
    assert told(judged(ground, capped(units=100, money=500_00))) == []


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    trades=st.lists(
        st.tuples(
            st.sampled_from((ISSUER, *PEOPLE)), st.sampled_from(PEOPLE), st.integers(1, 60)
        ).filter(lambda trade: trade[0] != trade[1]),
        max_size=15,
    ),
    cap=st.integers(1, 100),
    draft=st.integers(1, 100),
)
def test_it_agrees_with_counting_by_hand(
    tmp_path_factory: pytest.TempPathFactory,
    trades: list[tuple[str, str, int]],
    cap: int,
    draft: int,
) -> None:
    ground = Ground.open(tmp_path_factory.mktemp("lab"))
    ground.adopt(capped(units=cap))
    owned = dict.fromkeys(PEOPLE, 0)
    expected = []
    for seller, buyer, units in trades:
        can = seller == ISSUER or owned[seller] >= units
        really = owned[buyer] + units <= cap
        would = owned[buyer] + units <= draft
        room = max(draft - owned[buyer], 0)
        ground.sell(seller, buyer, units, 1)
        if really and can:
            if not would:
                expected.append(("capped" if room else "refused", units, room))
            owned[buyer] += units
            owned[seller] = owned.get(seller, 0) - units
        elif not really and would and can:
            expected.append(("newly_allowed", units, 0))
    ground.close()
    findings = run(
        ground.folder, ground.genesis, capped(units=draft), Span(*ALWAYS), lambda *_: None
    )
    assert [(str(d.verdict), d.amount, d.allowed) for d in findings.differences] == expected


def test_tables_and_chart_say_what_was_found(ground: Ground) -> None:
    ground.sell(ISSUER, "amir", 60, 1_500_00)
    ground.next_day()
    ground.sell(ISSUER, "bala", 70, 20_00)
    findings = judged(ground, capped(units=50))
    lines = differences_csv(findings, 480).splitlines()
    assert lines[0].startswith("entry,day,verdict,rule,reason,instrument")
    assert len(lines) == 3
    assert ",capped,my.holding,ownership_cap,instr_" in lines[1]
    sums = sums_csv(findings).splitlines()
    assert "rule,my.holding,capped,2,30,152000" in sums
    assert "investor,retail,capped,1,10,150000" in sums
    assert "band,below RM 1 000,capped,1,20,2000" in sums
    chart = drawing(findings, "A title & more")
    assert chart.count("would be capped</title>") == 2
    assert "A title &amp; more" in chart


def test_a_chart_of_nothing_says_so(ground: Ground) -> None:
    assert "no differences" in drawing(judged(ground, capped(units=50)), "Nothing")


def test_amounts_fall_into_bands() -> None:
    assert band_of(0) == "without payment"
    assert band_of(99_999) == "below RM 1 000"
    assert band_of(100_000) == "RM 1 000 to 10 000"
    assert band_of(10**8) == "RM 1 million and more"


def test_verdicts_are_words() -> None:
    assert [str(verdict) for verdict in Verdict] == ["refused", "capped", "newly_allowed"]

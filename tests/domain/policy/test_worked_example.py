# SPDX-License-Identifier: Apache-2.0
"""The worked example of `docs/explanation/packs.md` runs, and says what the page says."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from lejar.domain.policy.book import rules_in_force
from lejar.domain.policy.commands import OpenCohort, RelaxedRule
from lejar.domain.policy.kinds.windows import InvestmentCap
from lejar.domain.policy.pack import Pack
from lejar.domain.policy.sandboxing import open_cohort
from lejar.kernel.moment import MICROS_PER_DAY, local_date
from lejar.reference.pack_files import pack_folder
from lejar.reference.packs import shipped_pack
from tests.domain.policy.ground import OFFSET, Ground, id_of, moment
from tests.domain.policy.neighbours import (
    ADOPTION,
    adopt,
    neighbours,
    status_refused,
    with_changed,
)

PAGE: Final = Path(__file__).parents[3] / "docs" / "explanation" / "packs.md"
CAP: Final = "th.offer.retail_cap"
NEW_YEAR: Final = moment("2027-01-01", 1)
"""Midnight in Bangkok is one o'clock in Malaysia, by whose clock the ground counts."""


def blocks_of_the_page() -> list[str]:
    return re.findall(r"```(?:\w+)?\n(.*?)```\n", PAGE.read_text(encoding="utf-8"), re.DOTALL)


def test_the_page_says_what_happens() -> None:
    ground = founded()
    bought, licensed, crossed = offer(ground), licence(ground), border(ground)
    tried, known, unread = cohort(ground), two_times(ground), unknown(ground)
    told = [the_rule(), bought, licensed, unread, known, crossed, tried]
    assert blocks_of_the_page() == told


def founded() -> Ground:
    """Found a market with the packs of Thailand and Singapore, and a token of Thailand."""
    ground = neighbours("sg", "th")
    ground.profile(jurisdictions=("th",))
    ground.record("PAPER", "retail_share_of_offer", 600_000)
    for person, country in (("issuer", "th"), ("alice", "th"), ("bob", "th"), ("carol", "sg")):
        ground.vouch(person, f"country.{country}")
    return ground


def the_rule() -> str:
    text = pack_folder("th", "rules").joinpath("offers.toml").read_text(encoding="utf-8")
    rules = re.split(r"\n\n(?:# .*\n)*(?=\[\[rule\]\])", text)
    return next(one for one in rules if f'id = "{CAP}"' in one) + "\n"


def offer(ground: Ground) -> str:
    return lines(buys(ground, "issuer", "alice", units) for units in (250, 100, 50))


def licence(ground: Ground) -> str:
    ground.record("issuer", "net_capital_thb", 499_999_999)
    before = asks(ground, "issuer", "licence.sec_th.coin_exchange")
    ground.record("issuer", "net_capital_thb", 500_000_000)
    return lines([before, asks(ground, "issuer", "licence.sec_th.coin_exchange")])


def border(ground: Ground) -> str:
    told = [buys(ground, "alice", "bob", 10), buys(ground, "alice", "carol", 10)]
    ground.vouch("carol", "knowledge.digital_assets")
    return lines([*told, buys(ground, "alice", "carol", 10)])


def cohort(ground: Ground) -> str:
    """Let the issuer and Alice try a cap of THB 500,000 for thirty days."""
    spec = cap_of(shipped_pack("th"))
    relaxed = RelaxedRule(CAP, msgspec.structs.replace(spec, limit=500_000_00))
    members = (id_of("issuer"), id_of("alice"))
    at = ground.state.at
    draft = ground.draft("sc")
    until = at + 30 * MICROS_PER_DAY
    open_cohort(
        draft, OpenCohort("A larger cap", members, (relaxed,), None, None, at, until, ADOPTION)
    )
    ground.keep(draft)
    told = [buys(ground, "issuer", "alice", 200), buys(ground, "issuer", "alice", 1)]
    told.append(buys(ground, "issuer", "bob", 301))
    ground.go_to(until)
    return lines([*told, buys(ground, "issuer", "alice", 1)])


def two_times(ground: Ground) -> str:
    """Adopt, on 26 December, a made-up version whose cap falls at New Year."""
    before = ground.state.at
    ground.go_to(before + 2 * MICROS_PER_DAY)
    adopt(ground, falling_at_new_year(shipped_pack("th")))
    told = [f"{'in force on':12}  {'known on ' + day(before):>20}  known on {day(ground.state.at)}"]
    for at in (moment("2026-12-31"), moment("2027-01-01")):
        limits = [limit_at(ground, at, known) for known in (before, ground.state.at)]
        told.append(f"{day(at):12}  {limits[0]:>20}  {limits[1]:>19}")
    return lines(told)


def falling_at_new_year(pack: Pack) -> Pack:
    """Give a later version in which the cap ends at New Year and a lower one begins."""
    later = with_changed(pack, CAP, limit=200_000_00)
    place = [one.id for one in pack.rules].index(CAP)
    old = msgspec.structs.replace(pack.rules[place], valid_until=NEW_YEAR)
    new = msgspec.structs.replace(later.rules[place], valid_from=NEW_YEAR)
    rules = (*pack.rules[:place], old, new, *pack.rules[place + 1 :])
    return msgspec.structs.replace(later, rules=rules)


def unknown(ground: Ground) -> str:
    """Adopt a made-up version whose cap nobody could read."""
    adopt(ground, with_changed(with_changed(shipped_pack("th"), CAP), CAP, limit=None))
    leg = ground.leg("issuer", "bob", 400, 400_000_00)
    named = f"unknown: {', '.join(ground.program(leg).unknown)}"
    return lines([buys(ground, "issuer", "bob", 400), named])


def limit_at(ground: Ground, at: int, known: int) -> str:
    """Give the cap in force at a moment, as known at another."""
    found = next(one for one in rules_in_force(ground.state, "th", at, known) if one.id == CAP)
    assert isinstance(found.spec, InvestmentCap)
    return money(found.spec.limit or 0)


def cap_of(pack: Pack) -> InvestmentCap:
    found = next(one.spec for one in pack.rules if one.id == CAP)
    assert isinstance(found, InvestmentCap)
    return found


def buys(ground: Ground, seller: str, buyer: str, units: int) -> str:
    """Sell tokens at 1,000.00 each, and say what the gate answers the buyer."""
    leg = ground.leg(seller, buyer, units, units * 1_000_00)
    asked = f"{buyer} buys {units} for {money(leg.paid)} from {seller}"
    refused = ground.moved(leg, signers=[buyer])
    if refused is None:
        return f"{day(ground.state.at)}  {asked}: done"
    facts = {name: str(fact) for name, fact in refused.facts.items()}
    allowed = f"; {facts['allowed']} are allowed" if "allowed" in facts else ""
    return f"{day(ground.state.at)}  {asked}: refused by {facts['rule']} ({facts['pack']}){allowed}"


def asks(ground: Ground, party: str, status: str) -> str:
    """Say whether a status would be granted."""
    refused = status_refused(ground, party, status, "sg", "th")
    answer = "granted" if refused is None else f"refused by {refused}"
    return f"{day(ground.state.at)}  {party} asks for {status}: {answer}"


def money(amount: int) -> str:
    return f"{amount // 100:,}.{amount % 100:02}"


def day(at: int) -> str:
    found: datetime.date = local_date(at, OFFSET)
    return found.isoformat()


def lines(told: Iterator[str] | list[str]) -> str:
    return "".join(f"{one}\n" for one in told)

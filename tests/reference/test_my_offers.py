# SPDX-License-Identifier: Apache-2.0
"""The shipped rules on offers and operators say what the facts say, and who is fit passes them."""

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec
import pytest

from lejar.domain.identity import vouch
from lejar.domain.policy.figures import FIGURES, Figure
from lejar.domain.policy.kinds.form import Names
from lejar.domain.policy.model import AssetClass, AssetKind, AssetProfile, Movement, MovePurpose
from lejar.domain.policy.pack import Pack, Rule, unknown_values
from lejar.domain.policy.program import Compiled, program_in, status_asset
from lejar.domain.policy.refusing import passes
from lejar.kernel.draft import Draft
from lejar.kernel.moment import start_of
from lejar.kernel.state import State
from lejar.ledger.accounts import Account, Purpose
from lejar.reference import facts
from lejar.reference.packs import shipped_pack

TOPICS = ("ieo", "investor", "ecf", "p2p", "pcf", "custodian", "exchange", "licence", "offer",
          "fund", "market", "identity", "ekyc")  # fmt: skip
WHOLE = shipped_pack("my")
RULES = tuple(one for one in WHOLE.rules if one.id.split(".")[1] in TOPICS)
PACK = Pack(WHOLE.jurisdiction, WHOLE.version, WHOLE.offset_minutes, RULES)
ISSUER, ANN, BEN, TOKEN, SC, BNM = (
    name.ljust(16).encode() for name in ("issuer", "ann", "ben", "token", "sc", "bnm")
)
TODAY = datetime.date(2026, 11, 28)
RETAIL = ("identity.verified",)
SENS = 100

# ------------------------------------------------------------- what the facts say, and the rules

NOT_IN_A_RULE = {
    "my.investor.individual_home": "whoever records the figure counts the home so",
    "my.investor.knowledge_figures": "none of its years is confirmed",
    "my.pcf.practice_investor_share": "the rest of the buyer's share",
    "my.bnm.inferred_switch": "no number",
}


def asked(text: str) -> set[int]:
    """Read sums in sen, shares in millionths and plain counts out of a fact's value."""
    sums = {int(m.replace(",", "")) * SENS for m in re.findall(r"RM([\d,]+)", text)}
    shares = {int(m) * 10_000 for m in re.findall(r"(\d+) %", text)}
    counts = {int(m) for m in re.findall(r"(\d+) (?:x|days|business days)", text)}
    least = {int(m) for m in re.findall(r"at least (\d+)$", text)}
    return sums | shares | counts | least


def numbers(value: object) -> Iterator[int]:
    if isinstance(value, bool):
        return
    if isinstance(value, int):
        yield value
    elif isinstance(value, (list, tuple)):
        for one in value:
            yield from numbers(one)


CARRIED = [
    (one.id, sorted(asked(one.value)), rule_ids)
    for one in facts("my")
    if (rule_ids := [id_ for id_ in one.carried_by or () if id_ in {rule.id for rule in RULES}])
    and one.id not in NOT_IN_A_RULE
    and asked(one.value)
]


def test_enough_facts_have_numbers() -> None:
    assert len(CARRIED) > 40


@pytest.mark.parametrize(("fact", "wanted", "rule_ids"), CARRIED, ids=[one[0] for one in CARRIED])
def test_a_rule_asks_for_its_facts_number(
    fact: str, wanted: list[int], rule_ids: list[str]
) -> None:
    found = {
        number
        for rule in RULES
        if rule.id in rule_ids
        for number in numbers(msgspec.to_builtins(rule.spec))
    }
    assert set(wanted) <= found, fact


def test_only_what_nobody_could_read_is_unknown() -> None:
    assert {rule.id for rule in RULES if unknown_values(rule)} == {
        "my.exchange.paid_up",
        "my.exchange.direct_trade_funds",
        "my.ieo.material_change_notice",
        "my.ieo.utilisation_confirmation",
    }


# ------------------------------------------------------------------ who passes


@dataclass
class Town:
    """Persons with what was vouched for them, judged by the pack on one day."""

    held: dict[bytes, list[str]] = field(default_factory=dict)
    figures: dict[bytes, dict[str, int]] = field(default_factory=dict)
    asset_class: AssetClass = AssetClass.DIGITAL_ASSET
    day: datetime.date = TODAY
    voucher: bytes = SC

    def refusing(self, leg: Movement, purpose: MovePurpose) -> set[str]:
        state = State()
        state.at = start_of(self.day, PACK.offset_minutes)
        draft = Draft(state, b"c" * 16)
        for person, types in self.held.items():
            for one in types:
                vouch(draft, person, one, self.voucher, None, None)
        for person, known in self.figures.items():
            for name, value in known.items():
                FIGURES.put(draft, person + name.encode(), Figure(value, SC, 0, None, b""))
        compiled = Compiled(Names({"sc": SC, "bnm": BNM}, PACK.offset_minutes), [PACK], ())
        program = program_in(compiled, draft, leg, purpose)
        return {one.rule.id for one in program.asked if not passes(one, draft, leg, (leg,))}

    def profile(self) -> AssetProfile:
        return AssetProfile(
            AssetKind.SECURITY, ISSUER, b"vault", (), None, None, self.asset_class, ("my",)
        )

    def sale(self, giver: bytes, receiver: bytes, paid: int = 100_000) -> set[str]:
        leg = Movement(
            TOKEN, b"from", b"to", 1000, self.profile(), own(giver), own(receiver), paid=paid
        )
        return self.refusing(leg, MovePurpose.SETTLEMENT)

    def kept(self, giver: bytes, keeper: bytes) -> set[str]:
        clients = Account(keeper, Purpose.CLIENT, 0, None)
        leg = Movement(TOKEN, b"from", b"to", 10, self.profile(), own(giver), clients)
        return self.refusing(leg, MovePurpose.SETTLEMENT)

    def alone(self, purpose: MovePurpose) -> set[str]:
        leg = Movement(TOKEN, b"", b"", 1, self.profile(), own(ISSUER), own(ISSUER))
        return self.refusing(leg, purpose)

    def granted(self, status: str) -> set[str]:
        profile = AssetProfile(AssetKind.SECURITY, b"", b"", (), None, None, jurisdictions=("my",))
        leg = Movement(status_asset(status), b"", b"", 1, profile, own(ANN), own(ANN))
        return self.refusing(leg, MovePurpose.STATUS)


def own(person: bytes) -> Account:
    return Account(person, Purpose.OWN, 0, None)


OFFERED = ["issuer.placed_by_ieo_operator", "issuer.white_paper_approved"]
SOUND = {"shareholders_funds": 100_000_000, "resident_directors": 2}


def offer(*investor: str) -> Town:
    return Town({ISSUER: list(OFFERED), ANN: [*RETAIL, *investor]}, {ISSUER: dict(SOUND)})


def test_a_retail_investor_takes_part_in_a_sound_offer_up_to_the_limit() -> None:
    assert offer().sale(ISSUER, ANN, 200_000) == set()
    assert offer().sale(ISSUER, ANN, 200_001) == {"my.ieo.retail_per_issuer"}
    over = {"my.ieo.retail_per_issuer", "my.ieo.retail_total"}
    assert offer().sale(ISSUER, ANN, 2_000_001) == over


def test_an_angel_has_a_higher_limit_and_a_sophisticated_investor_none() -> None:
    assert offer("investor.angel").sale(ISSUER, ANN, 50_000_000) == set()
    assert offer("investor.angel").sale(ISSUER, ANN, 50_000_001) == {"my.ieo.angel_total"}
    both = offer("investor.angel", "investor.sophisticated")
    assert both.sale(ISSUER, ANN, 1_000_000_000) == set()


def test_an_offer_raises_at_most_twenty_times_the_funds_and_never_above_the_amount() -> None:
    town = offer("investor.sophisticated")
    assert town.sale(ISSUER, ANN, 2_000_000_000) == set()
    assert town.sale(ISSUER, ANN, 2_000_001_000) == {"my.ieo.fund_limit"}
    town.figures[ISSUER]["shareholders_funds"] = 10_000_000_000
    assert town.sale(ISSUER, ANN, 10_000_000_000) == set()
    assert town.sale(ISSUER, ANN, 10_000_010_000) == {"my.ieo.fund_limit"}


def test_what_an_offer_lacks_is_named() -> None:
    bare = Town({ANN: list(RETAIL)}, {})
    assert bare.sale(ISSUER, ANN, 1000) == {
        "my.ieo.offered_by_operator",
        "my.ieo.white_paper_approved",
        "my.ieo.issuer_shareholders_funds",
        "my.ieo.resident_directors",
        "my.ieo.fund_limit",
    }


def test_a_trade_between_holders_asks_who_the_receiver_is_and_no_more() -> None:
    assert Town({BEN: list(RETAIL)}).sale(ANN, BEN) == set()
    assert Town({ANN: list(RETAIL)}).sale(ANN, BEN) == {"my.identity.verified"}


def test_a_keeper_of_unnamed_clients_is_registered_for_its_market() -> None:
    for type_, trade, first in (
        ("licence.exchange", set(), {"my.licence.ieo_operator"}),
        ("licence.ieo_operator", {"my.licence.exchange"}, set()),
        ("licence.custodian", set(), set()),
        ("licence.bank", {"my.licence.exchange"}, {"my.licence.ieo_operator"}),
    ):
        town = offer()
        town.held[BEN] = [*RETAIL, type_]
        assert town.kept(ANN, BEN) == trade
        assert town.kept(ISSUER, BEN) == first


LISTED = [
    "issuer.not_exempt_private",
    "issuer.not_listed",
    "issuer.operations_my",
    "issuer.token_is_digital_asset",
    "issuer.beneficial_owner_identified",
]


def test_a_company_and_a_partnership_bring_a_token_to_the_hub() -> None:
    company = Town(
        {ISSUER: [*LISTED, "issuer.incorporated_my"]},
        {ISSUER: {**SOUND, "paid_up_capital": 50_000_000}},
    )
    assert company.alone(MovePurpose.LISTING) == set()
    company.figures[ISSUER]["paid_up_capital"] -= 1
    assert company.alone(MovePurpose.LISTING) == {"my.ieo.issuer_paid_up"}
    partnership = Town({ISSUER: [*LISTED, "issuer.llp_my"]}, {ISSUER: dict(SOUND)})
    assert partnership.alone(MovePurpose.LISTING) == set()
    partnership.day = datetime.date(2022, 12, 18)
    assert partnership.alone(MovePurpose.LISTING) == {"my.ieo.issuer_form"}
    partnership.day = datetime.date(2022, 12, 19)
    assert partnership.alone(MovePurpose.LISTING) == set()


def test_an_exchange_of_today_needs_no_capital_that_nobody_knows() -> None:
    needs = [rule for rule in RULES if "licence.exchange" in rule.scope.statuses]
    town = Town({ANN: credentials_of(needs)}, {ANN: {"application_fee_paid": 2_000_000}})
    assert town.granted("licence.exchange") == set()
    town.day = datetime.date(2026, 5, 19)
    assert town.granted("licence.exchange") == {"my.exchange.paid_up"}
    town.figures[ANN]["paid_up_capital"] = 500_000_000
    assert town.granted("licence.exchange") == set()


def credentials_of(rules: list[Rule]) -> list[str]:
    return [one for rule in rules for one in getattr(rule.spec, "all", ())]


@pytest.mark.parametrize(
    ("name", "value", "passes_"),
    [
        ("net_personal_assets", 300_000_000, False),
        ("net_personal_assets", 300_000_001, True),
        ("income_year", 30_000_000, False),
        ("income_year", 30_000_001, True),
        ("joint_income_year", 40_000_001, True),
        ("portfolio", 100_000_000, False),
        ("portfolio", 100_000_001, True),
        ("net_assets", 1_000_000_001, False),
    ],
)
def test_one_way_is_enough_for_a_high_net_worth_individual(
    name: str, value: int, *, passes_: bool
) -> None:
    town = Town({}, {ANN: {name: value}})
    assert town.granted("investor.individual") == (set() if passes_ else {"my.investor.individual"})


def test_an_angel_is_resident_and_earns_or_owns_enough() -> None:
    assert Town().granted("investor.angel") == {"my.investor.angel", "my.investor.angel_resident"}
    town = Town({ANN: ["tax_resident.my"]}, {ANN: {"income_year": 18_000_000}})
    assert town.granted("investor.angel") == set()
    town.figures[ANN]["income_year"] -= 1
    assert town.granted("investor.angel") == {"my.investor.angel"}


@pytest.mark.parametrize("class_", ["individual", "entity", "knowledge", "accredited"])
def test_each_class_makes_an_investor_sophisticated(class_: str) -> None:
    assert Town().granted("investor.sophisticated") == {"my.investor.sophisticated"}
    assert Town({ANN: [f"investor.{class_}"]}).granted("investor.sophisticated") == set()


def test_an_offer_of_bonds_is_lodged_and_goes_to_the_sophisticated() -> None:
    town = Town({ISSUER: ["issuer.lodged"], BEN: ["bank"]}, asset_class=AssetClass.BOND)
    assert town.sale(ISSUER, BEN) == set()
    assert town.sale(ISSUER, ANN) == {"my.offer.prospectus_or_sophisticated"}
    assert town.sale(BEN, ANN) == set()
    town.held[ISSUER] = ["issuer.prospectus_registered"]
    assert town.sale(ISSUER, ANN) == set()
    town.held[ISSUER] = []
    assert town.sale(ISSUER, BEN) == {"my.offer.lodged"}


def test_the_papers_of_the_government_are_not_asked() -> None:
    town = Town(asset_class=AssetClass.GOVERNMENT)
    assert town.sale(ISSUER, BEN) == set()


def test_crowdfunding_stays_within_its_own_limits() -> None:
    town = Town(
        {ANN: list(RETAIL), BEN: [*RETAIL, "investor.angel"]},
        asset_class=AssetClass.CROWDFUND_SHARE,
    )
    assert town.sale(ISSUER, ANN, 1_000_000) == set()
    assert town.sale(ISSUER, ANN, 1_000_001) == {"my.ecf.retail_per_issuer"}
    assert town.sale(ISSUER, BEN, 50_000_000) == set()
    assert town.sale(ISSUER, BEN, 50_000_001) == {"my.ecf.angel_total"}
    town.held[ANN].append("investor.sophisticated")
    assert town.sale(ISSUER, ANN, 2_000_000_000) == set()
    assert town.sale(ISSUER, ANN, 2_000_001_000) == {"my.ecf.lifetime_cap"}


@pytest.mark.parametrize(
    ("class_", "type_", "rule"),
    [
        (AssetClass.STABLECOIN, "licence.stablecoin_issuer", "my.licence.stablecoin_issuer"),
        (AssetClass.DEPOSIT, "licence.bank", "my.licence.deposit_issuer"),
    ],
)
def test_money_comes_from_whom_the_central_bank_vouches_for(
    class_: AssetClass, type_: str, rule: str
) -> None:
    town = Town({ISSUER: [type_]}, asset_class=class_)
    assert town.alone(MovePurpose.ISSUE) == {rule}
    town.voucher = BNM
    assert town.alone(MovePurpose.ISSUE) == set()


@pytest.mark.parametrize(
    ("type_", "refusing"),
    [("licence.custodian", set()), ("licence.bank", {"my.custodian.for_fund_managers"})],
)
def test_a_fund_managers_tokens_are_kept_by_a_registered_custodian(
    type_: str, refusing: set[str]
) -> None:
    town = Town({ANN: [*RETAIL, "licence.fund_manager"], BEN: [*RETAIL, type_]})
    kept = Account(BEN, Purpose.CUSTODY, 0, None, ANN)
    leg = Movement(TOKEN, b"from", b"to", 10, town.profile(), own(SC), kept)
    assert town.refusing(leg, MovePurpose.SETTLEMENT) == refusing

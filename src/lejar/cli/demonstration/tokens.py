# SPDX-License-Identifier: Apache-2.0
"""A retail token under the pack: listed, offered within limits for retail investors, traded."""

from datetime import date
from typing import Final

from lejar.cli.demonstration.cast import account_of, role_of
from lejar.cli.demonstration.founding import JURISDICTION
from lejar.cli.demonstration.onboarding import MILLION, RINGGIT
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.trading import advanced, exchanged
from lejar.cli.demonstration.vouching import evidence_of, recorded, vouched
from lejar.cli.demonstration.world import World
from lejar.domain.instruments.commands import CreateUnits, IssueUnits
from lejar.domain.policy import AssetClass
from lejar.domain.settlement.commands import Affirm
from lejar.kernel.envelope import Command

ASSET: Final = "digital asset"
SHORT_NAME: Final = "DEMO TOKEN"
TOKEN_DAY: Final = date(2022, 1, 17)
ISSUED_UNITS: Final = 1_000_000
PRICE: Final = 1 * RINGGIT
"""Sen for one token."""
OF_ITS_ISSUER: Final = (
    "issuer.incorporated_my",
    "issuer.not_exempt_private",
    "issuer.not_listed",
    "issuer.operations_my",
    "issuer.token_is_digital_asset",
    "issuer.placed_by_ieo_operator",
    "issuer.white_paper_approved",
)
"""What the pack asks of who lists and offers a digital asset."""
SHARE_OF_FOUNDERS: Final = 600_000
"""Millionths."""


def steps() -> list[Step]:
    """Give the steps in their order."""
    return [
        advanced("token day", TOKEN_DAY),
        *[vouched("sc", "token-issuer", word) for word in OF_ITS_ISSUER],
        _listed("list token too early", refused="figure_unfit"),
        recorded("token-issuer", "paid_up_capital", MILLION, "RM1 million"),
        recorded("token-issuer", "shareholders_funds", 2 * MILLION, "RM2 million"),
        recorded("token-issuer", "resident_directors", 2, "2"),
        recorded("token-issuer", "founders_equity_share", SHARE_OF_FOUNDERS, "60 %"),
        _listed("list token"),
        _issued(),
        offered("investor-three", 1_500),
        *told_how_much("investor-three", 1_000),
        offered("investor-four", 60_000),
        _traded("investor-four", "investor-three", 300),
    ]


def offered(buyer: str, units: int) -> Step:
    """Let an investor buy tokens from their issuer; both sign."""
    who = role_of(buyer)
    return Step(
        f"offer {units} to {buyer}",
        f"{who.en} buys {units:,} tokens for RM{units:,} from their issuer.",
        f"{who.ms} membeli {units:,} token pada RM{units:,} daripada penerbitnya.",
        exchanged("token-issuer", buyer, units, lambda: units * PRICE, ASSET),
        ("token-issuer", buyer),
    )


def told_how_much(buyer: str, units: int) -> list[Step]:
    """Let an investor answer an offer that is too large, and be told how many it may buy.

    It signs alone: what it has invested is told to nobody else.
    """
    who, offer = role_of(buyer), f"offer to {buyer}"

    def affirm(world: World) -> Command:
        return Affirm(world.id(offer))

    return [
        Step(
            f"offer {units} to {buyer}",
            f"The token issuer offers {units:,} tokens more to {who.en.lower()}.",
            f"Penerbit token menawarkan {units:,} token lagi kepada {who.ms.lower()}.",
            exchanged("token-issuer", buyer, units, lambda: units * PRICE, ASSET),
            ("token-issuer",),
            learns=(("instruction", offer),),
        ),
        Step(
            f"take {units} by {buyer}",
            f"{who.en} would take them, and learns how many it may buy.",
            f"{who.ms} hendak menerimanya, dan diberitahu berapa yang boleh dibeli.",
            affirm,
            (buyer,),
            refused="investment_cap",
        ),
    ]


def _listed(name: str, *, refused: str | None = None) -> Step:
    en, ms = ("lists", "menyenaraikan") if refused is None else ("would list", "mahu menyenaraikan")

    def make(world: World) -> Command:
        return CreateUnits(
            issuer=world.party("token-issuer"),
            asset_class=AssetClass.DIGITAL_ASSET,
            short_name=SHORT_NAME,
            isin=None,
            units_max=ISSUED_UNITS,
            jurisdictions=(JURISDICTION,),
            required=(),
            holding_max=None,
            locked_until=None,
            documents=(evidence_of("white paper"),),
        )

    return Step(
        name,
        f"The token issuer {en} {SHORT_NAME}; the Securities Commission approves beside it.",
        f"Penerbit token {ms} {SHORT_NAME}; Suruhanjaya Sekuriti meluluskan di sisinya.",
        make,
        ("token-issuer", "sc"),
        learns=() if refused else (("asset", ASSET),),
        refused=refused,
    )


def _issued() -> Step:
    def make(world: World) -> Command:
        return IssueUnits(world.id(ASSET), world.id(account_of("token-issuer")), ISSUED_UNITS)

    return Step(
        "issue token",
        f"The token issuer issues {ISSUED_UNITS:,} tokens.",
        f"Penerbit token menerbitkan {ISSUED_UNITS:,} token.",
        make,
        ("token-issuer",),
    )


def _traded(seller: str, buyer: str, units: int) -> Step:
    return Step(
        f"trade token {seller} {buyer}",
        f"Investor four sells {units} tokens to investor three: the limit is about offers alone.",
        f"Pelabur empat menjual {units} token kepada pelabur tiga: had hanya bagi tawaran.",
        exchanged(seller, buyer, units, lambda: units * PRICE, ASSET),
        (seller, buyer),
    )

# SPDX-License-Identifier: Apache-2.0
"""Shares of the issuer: offered to a sophisticated investor, then traded, with the fees."""

from typing import Final

from lejar.cli.demonstration.cast import account_of
from lejar.cli.demonstration.founding import JURISDICTION
from lejar.cli.demonstration.onboarding import RINGGIT
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.trading import exchanged
from lejar.cli.demonstration.vouching import evidence_of, recorded
from lejar.cli.demonstration.world import World
from lejar.domain.instruments.commands import CreateUnits, IssueUnits
from lejar.domain.policy import AssetClass
from lejar.kernel.envelope import Command

SHARE: Final = "share"
SHARE_NAME: Final = "DEMO SHARE"
ISSUED_UNITS: Final = 1_000_000
PRICE: Final = 2 * RINGGIT
"""Sen for one share."""
PUBLIC_FLOAT: Final = 300_000
"""Millionths."""
OFFERED: Final = 400_000
TRADED: Final = 50_000


def steps() -> list[Step]:
    """Give the steps in their order."""
    return [
        recorded("issuer", "public_float", PUBLIC_FLOAT, "30 %"),
        _listed(),
        _issued(),
        _offered(),
        _traded(),
    ]


def _listed() -> Step:
    def make(world: World) -> Command:
        return CreateUnits(
            issuer=world.party("issuer"),
            asset_class=AssetClass.SHARE,
            short_name=SHARE_NAME,
            isin=None,
            units_max=ISSUED_UNITS,
            jurisdictions=(JURISDICTION,),
            required=(),
            holding_max=None,
            locked_until=None,
            documents=(evidence_of("constitution"),),
        )

    return Step(
        "list share",
        f"The issuer lists {SHARE_NAME}; the Securities Commission approves beside it.",
        f"Penerbit menyenaraikan {SHARE_NAME}; Suruhanjaya Sekuriti meluluskan di sisinya.",
        make,
        ("issuer", "sc"),
        learns=(("asset", SHARE),),
    )


def _issued() -> Step:
    def make(world: World) -> Command:
        return IssueUnits(world.id(SHARE), world.id(account_of("issuer")), ISSUED_UNITS)

    return Step(
        "issue share",
        f"The issuer issues {ISSUED_UNITS:,} shares.",
        f"Penerbit menerbitkan {ISSUED_UNITS:,} saham.",
        make,
        ("issuer",),
    )


def _offered() -> Step:
    return Step(
        "offer share",
        f"The issuer sells {OFFERED:,} shares to investor one, who needs no prospectus.",
        f"Penerbit menjual {OFFERED:,} saham kepada pelabur satu, tanpa perlu prospektus.",
        exchanged("issuer", "investor-one", OFFERED, lambda: OFFERED * PRICE, SHARE),
        ("issuer", "investor-one"),
    )


def _traded() -> Step:
    return Step(
        "trade share",
        f"Investor one sells {TRADED:,} shares to investor two; each side pays the clearing fee.",
        f"Pelabur satu menjual {TRADED:,} saham kepada pelabur dua; setiap pihak membayar fi.",
        exchanged("investor-one", "investor-two", TRADED, lambda: TRADED * PRICE, SHARE),
        ("investor-one", "investor-two"),
    )

# SPDX-License-Identifier: Apache-2.0
"""The paper comes to the hub, is issued, sold, refused, frozen, freed on appeal, traded."""

from collections.abc import Callable
from datetime import date
from typing import Final

from lejar.cli.demonstration.cast import HOLDER, account_of, second_officer_of
from lejar.cli.demonstration.founding import (
    ISIN,
    JURISDICTION,
    OPENS_MINUTES,
    issue_date,
    moment_of,
)
from lejar.cli.demonstration.onboarding import MONEY
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.vouching import evidence_of
from lejar.cli.demonstration.world import World
from lejar.domain.basis import LegalBasis
from lejar.domain.calendar.commands import AdvanceTime
from lejar.domain.instruments import PAR, DebtInstrument, consideration
from lejar.domain.instruments.commands import CreateInstrument, IssueUnits
from lejar.domain.oversight.commands import DecideAppeal, Freeze, LodgeAppeal
from lejar.domain.oversight.model import Outcome
from lejar.domain.settlement.commands import Affirm, Instruct
from lejar.domain.settlement.model import InstructionLeg
from lejar.kernel.envelope import Command
from lejar.reference import listing, terms

PAPER: Final = "paper"
FIRST_SALE: Final = "first sale"
EVIDENT: Final = "sell to custodian"
"""The step whose receipt the demonstration proves offline."""
ORDERED: Final = LegalBasis("A directive of the demonstration: not a real document")
FREEZE: Final = "freeze"
SECONDARY_DAY: Final = date(2021, 12, 15)


def paper() -> DebtInstrument:
    """Give the real paper's terms."""
    return terms(listing(JURISDICTION, ISIN))


def steps() -> list[Step]:
    """Give the steps in their order."""
    debt = paper().debt
    all_units = debt.issue_amount // debt.unit_nominal
    sold = {"investor-one": 3 * all_units // 8, "custodian": all_units // 2}
    rest = all_units - sum(sold.values())
    day = issue_date()
    return [
        advanced("issue day", day),
        _created(),
        _issued(all_units),
        *_sold_in_two_steps(sold["investor-one"], day),
        _sold("custodian", sold["custodian"], day),
        _sold("investor-two", rest, day),
        _refused_as_ineligible(all_units // 80, day),
        _frozen(),
        _refused_as_frozen(all_units // 80, day),
        *_appealed(),
        advanced("secondary day", SECONDARY_DAY),
        _traded(all_units // 16),
    ]


def advanced(name: str, day: date, minutes: int = OPENS_MINUTES) -> Step:
    """Move the hub's moment to so many minutes into a day."""

    def make(_world: World) -> Command:
        return AdvanceTime(moment_of(day, minutes))

    return Step(
        f"advance to {name}",
        f"The demonstration moves its time to {day.isoformat()}.",
        f"Demonstrasi menganjakkan masanya ke {day.isoformat()}.",
        make,
        ("node",),
    )


def price_of(units: int, day: date) -> int:
    """Give what units cost at par with what has accrued, in sen, by the paper's own arithmetic."""
    debt = paper().debt
    return consideration(debt, units * debt.unit_nominal, PAR, day).dirty


def _created() -> Step:
    def make(world: World) -> Command:
        return CreateInstrument(world.party("issuer"), paper(), (HOLDER,), None, None, ())

    name = paper().debt.short_name
    return Step(
        "create paper",
        f"The issuer brings {name} ({ISIN}); the Securities Commission approves beside it.",
        f"Penerbit membawa {name} ({ISIN}); Suruhanjaya Sekuriti meluluskan di sisinya.",
        make,
        ("issuer", "sc"),
        learns=(("asset", PAPER),),
    )


def _issued(units: int) -> Step:
    def make(world: World) -> Command:
        return IssueUnits(world.id(PAPER), world.id(account_of("issuer")), units)

    return Step(
        "issue units",
        f"The issuer issues {units:,} units of RM100 nominal.",
        f"Penerbit menerbitkan {units:,} unit bernilai nominal RM100.",
        make,
        ("issuer",),
    )


def exchanged(
    seller: str, buyer: str, units: int, cost: Callable[[], int], asset: str = PAPER
) -> Callable[[World], Command]:
    """Make an instruction: units one way, ringgit the other, today."""

    def make(world: World) -> Command:
        giver, taker = world.id(account_of(seller)), world.id(account_of(buyer))
        return Instruct(
            (
                InstructionLeg(world.id(asset), giver, taker, units),
                InstructionLeg(world.id(MONEY), taker, giver, cost()),
            ),
            None,
        )

    return make


def _sold_in_two_steps(units: int, day: date) -> list[Step]:
    def affirm(world: World) -> Command:
        return Affirm(world.id(FIRST_SALE))

    return [
        Step(
            "instruct investor-one",
            f"The issuer instructs a sale of {units:,} units to investor one.",
            f"Penerbit mengarahkan jualan {units:,} unit kepada pelabur satu.",
            exchanged("issuer", "investor-one", units, lambda: price_of(units, day)),
            ("issuer",),
            learns=(("instruction", FIRST_SALE),),
        ),
        Step(
            "affirm investor-one",
            "Investor one affirms: units and central-bank money change hands in one entry.",
            "Pelabur satu mengesahkan: unit dan wang bank pusat bertukar dalam satu catatan.",
            affirm,
            ("investor-one",),
        ),
    ]


def _sold(buyer: str, units: int, day: date) -> Step:
    en, ms = {
        "custodian": ("the custodian", "kustodian"),
        "investor-two": ("investor two", "pelabur dua"),
    }[buyer]
    return Step(
        f"sell to {buyer}",
        f"Agreed outside and signed by both: {units:,} units to {en}, settled at once.",
        f"Dipersetujui di luar dan ditandatangani kedua-duanya: {units:,} unit kepada {ms}.",
        exchanged("issuer", buyer, units, lambda: price_of(units, day)),
        ("issuer", buyer),
    )


def _refused_as_ineligible(units: int, day: date) -> Step:
    return Step(
        "sell to investor-three",
        "Investor one tries to sell to investor three, who is not an eligible holder.",
        "Pelabur satu cuba menjual kepada pelabur tiga, yang bukan pemegang layak.",
        exchanged("investor-one", "investor-three", units, lambda: price_of(units, day)),
        ("investor-one", "investor-three"),
        refused="target_ineligible",
    )


def _frozen() -> Step:
    def make(world: World) -> Command:
        return Freeze(world.party("investor-two"), ORDERED, None)

    return Step(
        "freeze investor-two",
        "Two officers of the Securities Commission freeze investor two, in force with this entry.",
        "Dua pegawai Suruhanjaya Sekuriti membekukan pelabur dua, berkuat kuasa serta-merta.",
        make,
        ("sc", second_officer_of("sc")),
        learns=(("directive", FREEZE),),
    )


def _refused_as_frozen(units: int, day: date) -> Step:
    return Step(
        "sell while frozen",
        "Investor two tries to sell while frozen.",
        "Pelabur dua cuba menjual ketika dibekukan.",
        exchanged("investor-two", "investor-one", units, lambda: price_of(units, day)),
        ("investor-two", "investor-one"),
        refused="source_frozen",
    )


def _appealed() -> list[Step]:
    """Let whom the freeze concerns appeal, and another agency than the one that froze decide."""

    def lodge(world: World) -> Command:
        return LodgeAppeal(world.id(FREEZE), evidence_of("grounds of the appeal"))

    def decide(world: World) -> Command:
        return DecideAppeal(world.id(FREEZE), Outcome.ALLOWED, evidence_of("reasons"))

    return [
        Step(
            "appeal freeze",
            "Investor two appeals the freeze, which binds meanwhile.",
            "Pelabur dua merayu terhadap pembekuan, yang masih mengikat.",
            lodge,
            ("investor-two",),
        ),
        Step(
            "decide appeal",
            "Bank Negara Malaysia allows the appeal: the freeze ends with this entry.",
            "Bank Negara Malaysia membenarkan rayuan: pembekuan tamat dengan catatan ini.",
            decide,
            ("bnm",),
        ),
    ]


def _traded(units: int) -> Step:
    return Step(
        "secondary trade",
        f"Investor one sells {units:,} units to investor two, at par with accrued profit.",
        f"Pelabur satu menjual {units:,} unit kepada pelabur dua, pada nilai par serta untung.",
        exchanged("investor-one", "investor-two", units, lambda: price_of(units, SECONDARY_DAY)),
        ("investor-one", "investor-two"),
    )

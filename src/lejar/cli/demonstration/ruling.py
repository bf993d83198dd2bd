# SPDX-License-Identifier: Apache-2.0
"""The rules come to the hub: agencies agree on the pack, and say what its words mean here."""

import datetime
from typing import Final

from lejar.cli.demonstration.cast import (
    AGENCIES,
    COLLECTORS,
    LHDN,
    MEMBER,
    Role,
    agency_begins,
    fees_account_of,
    second_officer_of,
)
from lejar.cli.demonstration.founding import JURISDICTION, issue_date, moment_of
from lejar.cli.demonstration.paying import ticked
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.vouching import evidence_of, vouched
from lejar.cli.demonstration.world import World
from lejar.domain.accounts.commands import OpenAccount
from lejar.domain.basis import LegalBasis
from lejar.domain.consent.commands import Agree, Propose
from lejar.domain.policy.commands import AdoptPack, BindName, SetSwitch, UpdateList
from lejar.kernel.codec import encode
from lejar.kernel.envelope import Command
from lejar.ledger.accounts import Purpose
from lejar.reference import shipped_pack

PROPOSAL: Final = "pack proposal"
ADOPTION: Final = LegalBasis("The demonstration's adoption of the pack: not a real document")
DAYS_TO_AGREE: Final = datetime.timedelta(days=30)
SANCTIONS: Final = "my.sanctions"
SWITCH: Final = "my.market"
CONCURRING: Final = (*AGENCIES[1:], LHDN)
"""The agencies beside the Securities Commission that have rules in the pack."""
COLLECTS: Final = {"lhdn": "stamp_duty", "clearing": "clearing_fees"}


def steps() -> list[Step]:
    """Give the steps in their order."""
    return [
        _proposed(),
        _agreed(second_officer_of("sc"), "Its second officer", "Pegawai keduanya"),
        *[_agreed(role.name, agency_begins(role), role.ms) for role in CONCURRING],
        ticked(
            "tick after adoption",
            "The pack takes force by itself: everybody whose consent is needed has given it.",
            "Pek berkuat kuasa dengan sendirinya: semua yang perlu bersetuju telah bersetuju.",
        ),
        _list_begun(),
        _switched_on(),
        *[step for role in COLLECTORS for step in _collecting(role)],
    ]


def _proposed() -> Step:
    def make(_world: World) -> Command:
        carried = encode(AdoptPack(shipped_pack(JURISDICTION), ADOPTION))
        expires_at = moment_of(issue_date() + DAYS_TO_AGREE)
        return Propose(carried, ADOPTION, None, expires_at, None)

    pack = shipped_pack(JURISDICTION)
    which = f"{pack.jurisdiction} {pack.version}"
    return Step(
        "propose pack",
        f"The Securities Commission proposes the pack {which}: {len(pack.rules)} rules.",
        f"Suruhanjaya Sekuriti mencadangkan pek {which}: {len(pack.rules)} peraturan.",
        make,
        ("sc",),
        learns=(("proposal", PROPOSAL),),
    )


def _agreed(key: str, en: str, ms: str) -> Step:
    def make(world: World) -> Command:
        return Agree(world.id(PROPOSAL))

    return Step(
        f"agree {key}",
        f"{en} agrees to the pack.",
        f"{ms} bersetuju dengan pek.",
        make,
        (key,),
    )


def _list_begun() -> Step:
    def make(_world: World) -> Command:
        return UpdateList(SANCTIONS, 1, (), (), evidence_of(SANCTIONS))

    return Step(
        "begin sanctions",
        "The Securities Commission begins the sanctions list, on which nobody stands.",
        "Suruhanjaya Sekuriti memulakan senarai sekatan yang masih kosong.",
        make,
        ("sc",),
    )


def _switched_on() -> Step:
    def make(_world: World) -> Command:
        return SetSwitch(SWITCH, on=True, basis=ADOPTION)

    return Step(
        "switch market on",
        "The Securities Commission turns the market's switch on.",
        "Suruhanjaya Sekuriti menghidupkan suis pasaran.",
        make,
        ("sc",),
    )


def _collecting(role: Role) -> list[Step]:
    """Open a collector's account, and let the pack's word stand for it."""
    account, word = fees_account_of(role.name), COLLECTS[role.name]
    who = agency_begins(role)

    def opened(world: World) -> Command:
        return OpenAccount(world.party(role.name), Purpose.FEES, None)

    def bound(world: World) -> Command:
        return BindName(word, world.id(account))

    return [
        vouched("bnm", role.name, MEMBER),
        Step(
            f"open {account}",
            f"{who} opens the account that collects what a trade owes it.",
            f"{role.ms} membuka akaun yang mengutip bayaran daripada dagangan.",
            opened,
            (role.name,),
            learns=(("account", account),),
        ),
        Step(
            f"bind {word}",
            f"The Securities Commission says which account the pack's '{word}' is.",
            f"Suruhanjaya Sekuriti menyatakan akaun bagi '{word}' dalam pek.",
            bound,
            ("sc",),
        ),
    ]

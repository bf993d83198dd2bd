# SPDX-License-Identifier: Apache-2.0
"""The rules of the pages' hub: the shipped packs, a cohort, deadlines, and a refusal by a rule."""

import hashlib
from typing import Protocol

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.domain.policy import commands as on_policy
from lejar.domain.policy.explain import Answered, Question, explain
from lejar.domain.policy.kinds.trading import Ticket
from lejar.domain.policy.pack import Effect, Grade, Pack
from lejar.domain.settlement import InstructionLeg
from lejar.domain.settlement import commands as on_settlement
from lejar.kernel.entry import Receipt
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_DAY
from lejar.kernel.refusal import Refused
from lejar.node.hub import Hub
from lejar.reference import shipped_pack

LAW = LegalBasis("Guidelines made up for the pages", "4.02", link="https://example.org/guidelines")
EVIDENCE = hashlib.sha256(b"evidence").digest()
LOT = "my.bursa.board_lot"


class Playing(Protocol):
    """What this needs of the hub that is played on."""

    hub: Hub
    now: int
    ids: dict[str, bytes]
    numbers: dict[str, int]

    def do(self, command: Command, *signers: str) -> object: ...

    def made(self, name: str, field_name: str, command: Command, *signers: str) -> bytes: ...

    def refused(self, name: str, command: Command, *signers: str) -> None: ...

    def send(self, command: Command, *signers: str) -> Receipt: ...


def party(name: str) -> bytes:
    """Give the id of a founding party."""
    return hashlib.sha256(f"party/{name}".encode()).digest()[:16]


def later_pack() -> Pack:
    """Give the Malaysian pack with smaller lots of shares that bind, as its next version."""
    pack = shipped_pack("my")
    rules = tuple(
        msgspec.structs.replace(
            rule,
            spec=Ticket(lot=50),
            effect=Effect.BIND,
            backed_by=(),
            source=msgspec.structs.replace(rule.source, grade=Grade.PRIMARY),
            title="Shares trade in board lots of 50.",
            title_ms="Saham didagangkan dalam lot papan 50.",
        )
        if rule.id == LOT
        else rule
        for rule in pack.rules
    )
    return msgspec.structs.replace(pack, version="2027.3.1", rules=rules)


def bring_rules(hub: Playing) -> None:
    """Adopt the packs, name what they speak of, and let their rules have something to do."""
    for pack in (shipped_pack("my"), shipped_pack("sg"), later_pack()):
        name = f"pack {pack.jurisdiction} {pack.version}"
        hub.made(name, "digest", on_policy.AdoptPack(pack, LAW), "regulator")
    for word, target in (
        ("sc", party("regulator")),
        ("bnm", party("central bank")),
        ("stamp_duty", hub.ids["account issuer"]),
        ("clearing_fees", hub.ids["account issuer"]),
    ):
        hub.do(on_policy.BindName(word, target), "regulator")
    hub.do(on_policy.SetSwitch("my.trading", on=True, basis=LAW), "regulator")
    for name in ("my.sanctions", "sg.sanctions"):
        hub.do(on_policy.UpdateList(name, 1, (), (), EVIDENCE), "regulator")
    figure = on_policy.RecordFigure(party("bank a"), "paid_up_capital", 50_000_00, None, EVIDENCE)
    hub.do(figure, "regulator")
    _cohorts(hub)
    _deadlines(hub)
    hub.made(
        "share trade", "instruction", _trade(hub, 1_000, "issuer", "bank a"), "issuer", "bank a"
    )
    trade = _trade(hub, 500, "bank a", "bank b")
    hub.made("second share trade", "instruction", trade, "bank a", "bank b")
    hub.made("odd lot", "instruction", _trade(hub, 120, "bank a", "bank b"), "bank a")
    hub.refused("odd lot", on_settlement.Affirm(hub.ids["odd lot"]), "bank b")


def _cohorts(hub: Playing) -> None:
    relaxed = (on_policy.RelaxedRule(LOT, Ticket(lot=10)),)
    for name, others in (("ended", ("bank b", "issuer")), ("open", ("bank b", "person"))):
        opening = on_policy.OpenCohort(
            f"Smaller lots of shares, {name}", tuple(party(one) for one in others), relaxed,
            5_000_00, None, hub.hub.state.at, hub.hub.state.at + 30 * MICROS_PER_DAY, LAW,
        )  # fmt: skip
        hub.made(f"cohort {name}", "cohort", opening, "regulator")
        if name == "ended":
            hub.do(on_policy.EndCohort(hub.ids[f"cohort {name}"], LAW), "regulator")


def _deadlines(hub: Playing) -> None:
    at = hub.hub.state.at
    for rule in ("my.companies.beneficial_owner_changes", "my.aml.suspicion_report"):
        opening = on_policy.OpenObligation(rule, party("bank a"), at, EVIDENCE)
        hub.made(f"obligation {rule}", "obligation", opening, "bank a")


def _trade(hub: Playing, units: int, seller: str, buyer: str) -> Command:
    """Give an instruction of shares at one ringgit each."""
    source, target = hub.ids[f"account {seller}"], hub.ids[f"account {buyer}"]
    legs = (
        InstructionLeg(hub.ids["share"], source, target, units),
        InstructionLeg(hub.ids["myr"], target, source, units * 1_00),
    )
    return on_settlement.Instruct(legs, None)


def explainer(hub: Hub, question: Question) -> Answered:
    """Answer as the writer does."""
    try:
        return Answered(explain(hub.state, hub.state.entry, question), None)
    except Refused as refused:
        return Answered(None, refused.refusal.code)

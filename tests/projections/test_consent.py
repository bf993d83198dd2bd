# SPDX-License-Identifier: Apache-2.0
"""Consent as projected: every way a proposal ends, and that its rows say what the state says."""

from collections.abc import Iterator

import pytest

from lejar.assembly import MACHINE
from lejar.domain import consent
from lejar.domain.basis import LegalBasis
from lejar.domain.calendar.commands import AdvanceTime
from lejar.domain.consent import PROPOSALS, REQUIREMENTS
from lejar.domain.consent import commands as on_consent
from lejar.domain.identity import POWERS, Power
from lejar.domain.identity import commands as on_identity
from lejar.domain.identity.events import PowerGranted, PowerRevoked
from lejar.kernel.codec import encode
from lejar.kernel.entry import Receipt, read_receipt
from lejar.kernel.envelope import Command
from lejar.projections import Projections, Projector, Snapshot, Wanted, schema
from lejar.projections.privileged.proposals import carried_command
from lejar.projections.public import proposals
from tests.projections.test_folds import rows
from tests.projections.traffic import AGENCY, CENTRAL_BANK, FIRST, HOUR, REGISTRAR, Market

BASIS = LegalBasis("Rules of the hub", "rule 7")
EVERYTHING = Wanted(size=500)
GRANT, REVOKE = "identity.grant_power", "identity.revoke_power"


def grant(power: Power) -> on_identity.GrantPower:
    return on_identity.GrantPower(FIRST, power)


class Life:
    """A market whose agencies must agree to powers, and a proposal for every way to end."""

    def __init__(self) -> None:
        self.market = Market(5)
        self.ended: dict[bytes, str] = {}
        """How each proposal is to end, or where it is to stand."""
        for verb in (GRANT, REVOKE):
            self.do(on_consent.SetRequirement(verb, REGISTRAR, (AGENCY,), 0, 0), REGISTRAR)

    def do(self, command: Command, *signers: bytes) -> Receipt:
        receipt = self.market.do(command, *signers)
        assert receipt.refusal is None, receipt.refusal
        return receipt

    def propose(
        self,
        ends: str,
        command: on_identity.GrantPower | on_identity.RevokePower,
        *signers: bytes,
        after: int = 0,
    ) -> bytes:
        """Propose what takes force some time from now, and remember how it is to end."""
        now = self.market.state.at
        effect = now + after if after else None
        made = on_consent.Propose(encode(command), BASIS, effect, now + 5 * HOUR, None)
        proposal: bytes = MACHINE.read_event(self.do(made, *signers).events[0]).proposal
        self.ended[proposal] = ends
        return proposal

    def pass_hours(self, hours: int) -> None:
        self.do(AdvanceTime(self.market.state.at + hours * HOUR), CENTRAL_BANK)
        self.market.order()

    def live(self) -> None:
        """Let proposals end in every way there is, and some stay open."""
        self.propose("superseded", grant(Power.DIRECT), AGENCY)
        agreed = self.propose("enacted", grant(Power.DIRECT), REGISTRAR)
        self.do(on_consent.Agree(agreed), AGENCY)
        self.market.order()
        self.propose("failed", grant(Power.DIRECT), REGISTRAR, AGENCY)
        objected = self.propose("objected", grant(Power.TICK), REGISTRAR)
        self.do(on_consent.Object(objected, bytes(32)), AGENCY)
        withdrawn = self.propose("withdrawn", grant(Power.TICK), REGISTRAR)
        self.do(on_consent.Withdraw(withdrawn), REGISTRAR)
        revoke = on_identity.RevokePower(FIRST, Power.DIRECT)
        self.propose("enacted", revoke, REGISTRAR, AGENCY)
        self.propose("expired", grant(Power.ISSUE_MONEY), REGISTRAR)
        self.pass_hours(6)
        self._stay_open()

    def _stay_open(self) -> None:
        self.do(on_consent.SetRequirement(f"{GRANT}/licence", REGISTRAR, (), 0, 0), REGISTRAR)
        self._two_officers_of_one_party_agree()
        self.propose("agreed", grant(Power.TICK), REGISTRAR, AGENCY, after=HOUR)
        revoke = on_identity.RevokePower(FIRST, Power.TICK)
        self.propose("stalled", revoke, REGISTRAR, AGENCY, after=HOUR)
        both = (AGENCY, CENTRAL_BANK)
        self.do(on_consent.SetRequirement(REVOKE, REGISTRAR, both, 0, 0), REGISTRAR)
        noticed = on_consent.SetRequirement(GRANT, REGISTRAR, (AGENCY,), 0, 4 * HOUR)
        self.do(noticed, REGISTRAR)
        ring = self.market.keys[AGENCY]
        self.do(on_consent.AppointOfficer(AGENCY, ring, b"somebody" * 2), AGENCY)
        self.do(on_consent.DismissOfficer(AGENCY, ring), AGENCY)
        self.pass_hours(2)

    def _two_officers_of_one_party_agree(self) -> None:
        ring = self.market.keys[REGISTRAR]
        self.do(on_consent.AppointOfficer(REGISTRAR, ring, b"officer1" * 2), REGISTRAR)
        opened = self.propose("open", grant(Power.ISSUE_MONEY), REGISTRAR)
        self.do(on_consent.DismissOfficer(REGISTRAR, ring), REGISTRAR)
        self.do(on_consent.AppointOfficer(REGISTRAR, ring, b"officer2" * 2), REGISTRAR)
        self.do(on_consent.Agree(opened), REGISTRAR)
        self.do(on_consent.DismissOfficer(REGISTRAR, ring), REGISTRAR)


@pytest.fixture(scope="module")
def life() -> Life:
    lived = Life()
    lived.live()
    return lived


@pytest.fixture
def snapshot(url: str, life: Life) -> Iterator[Snapshot]:
    projector = Projector(url, life.market.genesis)
    projector.rebuild()
    for block in life.market.blocks:  # one by one, so that what is open is read again
        projector.fold_all([block])
        projector.close()
        projector = Projector(url, life.market.genesis)
    projections = Projections(url)
    with projections.snapshot() as taken:
        yield taken
    projections.close()
    projector.close()


def test_every_event_of_consent_is_met(life: Life) -> None:
    met = set()
    for _, sealed in life.market.blocks:
        for entry in sealed:
            events = read_receipt(entry.receipt).events
            met |= {type(MACHINE.read_event(event)) for event in events}
    assert met >= {PowerGranted, PowerRevoked, *consent.MODULE.events}


def test_each_proposal_ended_as_it_should(snapshot: Snapshot, life: Life) -> None:
    told = proposals.proposals_page(snapshot, wanted=EVERYTHING).rows
    assert {one.id: one.stage for one in told} == life.ended
    assert [one.made for one in told] == sorted((one.made for one in told), reverse=True)
    causes = {one.stage: one.cause for one in told if one.cause is not None}
    assert causes == {"failed": "power_already", "stalled": "consent_missing"}
    (stalled,) = proposals.proposals_page(snapshot, stage="stalled", wanted=EVERYTHING).rows
    assert stalled.verb == REVOKE


def test_what_is_open_is_told_as_the_state_has_it(snapshot: Snapshot, life: Life) -> None:
    state = life.market.state
    told = proposals.proposals_page(snapshot, wanted=EVERYTHING).rows
    open_now = {one.id: one for one in told if one.stage in {"open", "agreed", "stalled"}}
    assert {key for key, _ in PROPOSALS.scan(state)} == set(open_now)
    for key, one in PROPOSALS.scan(state):
        line = open_now[key]
        assert (line.stage, line.due_at, line.expires_at) == (
            one.stage, one.due_at, one.expires_at,
        )  # fmt: skip
        assert (line.basis, line.proposer) == (one.basis.cited(), one.proposer)
        assert carried_command(snapshot, key) == one.command
    powers = rows(snapshot.connection, schema.party_powers, "party", "power", "granted_at")
    assert powers == {(k[:16], k[16:].decode(), one.granted_at) for k, one in POWERS.scan(state)}


def test_who_agreed_is_told_with_the_entry(snapshot: Snapshot, life: Life) -> None:
    enacted = next(key for key, ends in life.ended.items() if ends == "enacted")
    found = proposals.proposal(snapshot, enacted)
    assert found is not None
    agreed = {side.party: side.agreed for side in found.sides}
    assert agreed == {REGISTRAR: found.proposal.made, AGENCY: found.proposal.made + 1}
    waiting = next(key for key, ends in life.ended.items() if ends == "open")
    open_now = proposals.proposal(snapshot, waiting)
    assert open_now is not None
    assert {side.party: side.agreed is None for side in open_now.sides} == {
        REGISTRAR: False,
        AGENCY: True,
    }
    assert proposals.proposal(snapshot, bytes(16)) is None
    assert carried_command(snapshot, bytes(16)) is None


def test_its_history_is_told_step_by_step(snapshot: Snapshot, life: Life) -> None:
    told = {}
    for key, ends in life.ended.items():
        found = proposals.proposal(snapshot, key)
        assert found is not None
        told[ends] = [(step.what, step.party, step.cause) for step in found.history]
        assert found.history[0].entry == found.proposal.made
        assert found.history[-1].entry == found.proposal.entry
        assert [one.at for one in found.history] == sorted(one.at for one in found.history)
    made, both = ("made", REGISTRAR, None), [("agreement", REGISTRAR, None), (
        "agreement", AGENCY, None)]  # fmt: skip
    assert told["objected"] == [made, both[0], ("objected", AGENCY, None)]
    assert told["withdrawn"] == [made, both[0], ("withdrawn", None, None)]
    assert told["expired"] == [made, both[0], ("expired", None, None)]
    assert told["superseded"] == [
        ("made", AGENCY, None), both[1], ("superseded", None, None),
    ]  # fmt: skip
    assert told["enacted"] == [made, *both, ("agreed", None, None), ("enacted", None, None)]
    assert told["failed"] == [
        made, *both, ("agreed", None, None), ("failed", None, "power_already"),
    ]  # fmt: skip
    assert told["stalled"] == [
        made, *both, ("agreed", None, None), ("stalled", None, "consent_missing"),
    ]  # fmt: skip
    assert told["agreed"][-1] == ("postponed", None, None)


def test_officers_are_counted_and_never_named(snapshot: Snapshot, life: Life) -> None:
    by_end = {ends: key for key, ends in life.ended.items()}
    found = proposals.proposal(snapshot, by_end["open"])
    assert found is not None
    assert {side.party: side.persons for side in found.sides} == {REGISTRAR: 2, AGENCY: 0}
    assert found.requirement is not None
    assert found.requirement.verb == GRANT
    assert not [one for one in dir(found.sides[0]) if "person" in one and one != "persons"]


def test_what_is_needed_is_that_of_the_matter(snapshot: Snapshot) -> None:
    assert proposals.requirement_for(snapshot, "money.issue_money", "") is None
    for matter in ("", "licence"):
        found = proposals.requirement_for(snapshot, GRANT, matter)
        assert found is not None
        assert found.verb == (f"{GRANT}/licence" if matter else GRANT)


def test_requirements_are_paged_by_their_verb(snapshot: Snapshot) -> None:
    whole = [one.verb for one in proposals.requirements_page(snapshot, EVERYTHING).rows]
    first = proposals.requirements_page(snapshot, Wanted(size=1))
    found, after = [one.verb for one in first.rows], first.after
    while after is not None:
        following = proposals.requirements_page(snapshot, Wanted(after, 1))
        found += [one.verb for one in following.rows]
        after = following.after
    assert found == whole
    assert len(whole) > 1


def test_an_end_without_signers_concerns_those_who_had_to_agree(
    snapshot: Snapshot, life: Life
) -> None:
    expired = next(key for key, ends in life.ended.items() if ends == "expired")
    found = proposals.proposal(snapshot, expired)
    assert found is not None
    concerned = rows(snapshot.connection, schema.entry_parties, "entry", "party")
    assert {party for entry, party in concerned if entry == found.proposal.entry} == {
        REGISTRAR,
        AGENCY,
    }


def test_requirements_are_told_as_the_state_has_them(snapshot: Snapshot, life: Life) -> None:
    told = proposals.requirements_page(snapshot, EVERYTHING).rows
    assert {
        one.verb: (one.owner, one.concurring, one.officers, one.notice_micros) for one in told
    } == {
        key.decode(): (one.owner, one.concurring, one.officers, one.notice_micros)
        for key, one in REQUIREMENTS.scan(life.market.state)
    }

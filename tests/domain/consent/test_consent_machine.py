# SPDX-License-Identifier: Apache-2.0
"""Agencies agree, change their officers midway, and object; a second count says who has agreed.

The count here knows nothing of the hub's: it keeps a plain list of who spoke with which key, who
was behind it at that time, and asks at each answer of the hub whether that was enough.
"""

from dataclasses import dataclass, field
from typing import Any

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from lejar.domain.basis import LegalBasis
from lejar.domain.consent import PROPOSALS, Stage, commands, events
from lejar.domain.identity import Power
from lejar.domain.identity import commands as identity
from lejar.domain.identity import events as identity_events
from lejar.kernel.codec import encode
from lejar.kernel.envelope import Command
from lejar.kernel.moment import MICROS_PER_HOUR
from lejar.kernel.signature import public_key_of
from tests.scenarios.network import MACHINE, key, party_id
from tests.scenarios.play import Play, Send
from tests.scenarios.values import digest_of, seed_of

AGENCIES = ("sc", "bnm", "digital")
KEYS = {name: (name, f"{name}/1", f"{name}/2") for name in AGENCIES}
VERB = "identity.grant_power"
PERSONS = ("id:sc-1", "id:digital-1", "id:digital-2", "id:new")
"""Who may be put behind a key: mostly persons who sit behind another one already."""
SUBJECTS = (("alpha_bank", Power.TICK), ("issuer", Power.DIRECT))
FRESH = tuple(
    (party, power)
    for party in ("alice", "bob", "carol", "custodian", "treasury", "beta_bank")
    for power in Power
    if power is not Power.GOVERN
)
"""What nobody has been granted yet."""
GOVERNOR = "digital"
"""It sets requirements and registers, with the key that has no officer at first."""

some_keys = st.one_of(
    st.sampled_from(
        (
            ["digital/1"],
            ["digital/2"],
            ["sc/1"],
            ["digital/1", "sc/2"],
            ["digital", "digital/1", "sc/2"],
            ["digital/1", "digital/2", "sc/1"],
        )
    ),
    st.lists(
        st.sampled_from([one for keys in KEYS.values() for one in keys]), min_size=1, unique=True
    ),
)
subjects = st.sampled_from(SUBJECTS)
agencies = st.sampled_from(AGENCIES)


def agency_of(key_name: str) -> str:
    return key_name.partition("/")[0]


@dataclass
class Count:
    """Who may speak, who must agree, and every word that was ever said."""

    behind: dict[str, str] = field(default_factory=dict)
    """The person behind a key."""
    rings: dict[str, set[str]] = field(default_factory=lambda: {k: set(v) for k, v in KEYS.items()})
    suspended: set[str] = field(default_factory=set)
    owner: str = "digital"
    concurring: tuple[str, ...] = ("sc",)
    officers: int = 2
    words: dict[bytes, list[tuple[str, str | None]]] = field(default_factory=dict)
    """For each proposal, (key, the person behind it when it spoke)."""

    def say(self, key_names: list[str]) -> list[tuple[str, str | None]]:
        needed = {self.owner, *self.concurring}
        return [(one, self.behind.get(one)) for one in key_names if agency_of(one) in needed]

    def suffices(self, words: list[tuple[str, str | None]]) -> bool:
        """Say whether these words are consent, as things stand now."""
        standing = [
            (agency_of(one), person)
            for one, person in words
            if self.behind.get(one) == person
            and one in self.rings[agency_of(one)]
            and agency_of(one) not in self.suspended
        ]
        agreed = {agency for agency, _ in standing}
        eyes = {person for agency, person in standing if agency == self.owner and person}
        return agreed >= {self.owner, *self.concurring} and len(eyes) >= self.officers

    def is_two_faced(self, words: list[tuple[str, str | None]]) -> bool:
        """Say whether one person spoke for two agencies."""
        faces: dict[str, set[str]] = {}
        for one, person in words:
            if person is not None:
                faces.setdefault(person, set()).add(agency_of(one))
        return any(len(agencies) > 1 for agencies in faces.values())


class Agencies(RuleBasedStateMachine):
    """Three agencies with three keys each, and five persons who change places."""

    def __init__(self) -> None:
        super().__init__()
        self.play = Play("consenting")
        self.play.scope = "agencies"
        self.count = Count()
        self.fresh = list(FRESH)
        for name in AGENCIES:
            for number in (1, 2):
                self.count.behind[f"{name}/{number}"] = f"id:{name}-{number}"

    def send(self, key_names: list[str], command: Command) -> list[Any] | str:
        """Order a command, letting due work run first; gives its events or the refusal's code."""
        self.run_due()
        signed = tuple((party_id(agency_of(one)), one) for one in key_names)
        (receipt,) = self.play.order(self.play.seal(Send(command, signed)))
        if receipt.refusal is not None:
            return receipt.refusal.code
        return [MACHINE.read_event(raw) for raw in receipt.events]

    def run_due(self) -> None:
        """Let what is due be done, and ask of each mandate whether it had consent."""
        for receipt in self.play.order():
            told = [MACHINE.read_event(raw) for raw in receipt.events]
            for event in told:
                self.judge(event, told)

    def judge(self, event: object, told: list[Any]) -> None:
        match event:
            case events.ProposalEnacted():
                assert self.count.suffices(self.count.words[event.proposal])
                assert not self.count.is_two_faced(self.count.words[event.proposal])
                assert any(isinstance(one, identity_events.PowerGranted) for one in told)
            case events.ProposalStalled(cause="consent_missing"):
                assert not self.count.suffices(self.count.words[event.proposal])
            case events.ProposalFailed():
                assert event.cause == "power_already"
                assert self.count.suffices(self.count.words[event.proposal])

    def grant(self, subject: tuple[str, Power]) -> identity.GrantPower:
        return identity.GrantPower(party_id(subject[0]), subject[1])

    @rule(who=some_keys, subject=subjects, hours=st.sampled_from((None, 0, 3)))
    def somebody_proposes(
        self, who: list[str], subject: tuple[str, Power], hours: int | None
    ) -> None:
        at = self.play.state.at
        effect = None if hours is None else at + hours * MICROS_PER_HOUR
        basis = LegalBasis("Rules of the hub")
        carried = encode(self.grant(subject))
        made = commands.Propose(carried, basis, effect, at + 12 * MICROS_PER_HOUR, None)
        told = self.send(who, made)
        if isinstance(told, list):
            self.heard(told[0].proposal, who, told)

    @rule(agency=st.sampled_from(("sc", "digital")), place=st.integers(1, 2), data=st.data())
    def the_quorum_changes_before_the_effect(
        self, agency: str, place: int, data: st.DataObject
    ) -> None:
        self.the_requirement_changes("digital", {"sc"}, 2)
        for one in ("digital", "sc"):
            self.keys_change(one, {1, 2})
            self.an_agency_is_stopped_or_not(one, stops=False)
        self.somebody_proposes(["digital/1", "digital/2", "sc/1"], self.fresh.pop(), 3)
        change = data.draw(st.sampled_from(("goes", "changes", "rotates", "stops", "nothing")))
        match change:
            case "goes":
                self.an_officer_goes(agency, place)
            case "changes":
                self.an_officer_changes(agency, place, "id:new")
            case "rotates":
                self.keys_change(agency, {3 - place})
            case "stops":
                self.an_agency_is_stopped_or_not("sc", stops=True)
        self.time_passes(4)

    @rule(who=some_keys, place=st.integers(0, 8))
    @precondition(lambda self: any(True for _ in PROPOSALS.scan(self.play.state)))
    def somebody_agrees(self, who: list[str], place: int) -> None:
        self.run_due()
        waiting = [proposal for proposal, _ in PROPOSALS.scan(self.play.state)]
        if waiting:
            proposal = waiting[place % len(waiting)]
            told = self.send(who, commands.Agree(proposal))
            if isinstance(told, list):
                self.heard(proposal, who, told)
            elif told == "maker_is_checker":
                said = self.count.words[proposal] + self.count.say(who)
                assert self.count.is_two_faced(said)

    def heard(self, proposal: bytes, who: list[str], told: list[Any]) -> None:
        """Add words to a proposal; the hub and this count agree on whether they suffice."""
        self.count.words.setdefault(proposal, []).extend(self.count.say(who))
        said = self.count.words[proposal]
        assert not self.count.is_two_faced(said)
        stage = PROPOSALS.require(self.play.state, proposal).stage
        if any(isinstance(one, events.ProposalAgreed) for one in told):
            assert stage is Stage.AGREED
            assert self.count.suffices(said)
        elif stage is not Stage.AGREED:
            assert not self.count.suffices(said)

    @rule(who=some_keys, subject=subjects)
    def somebody_grants_directly(self, who: list[str], subject: tuple[str, Power]) -> None:
        told = self.send(who, self.grant(subject))
        said = self.count.say(who)
        if isinstance(told, list) or told == "power_already":
            assert self.count.suffices(said)
            assert not self.count.is_two_faced(said)
        elif told == "consent_missing":
            assert not self.count.suffices(said)
        elif told == "maker_is_checker":
            assert self.count.is_two_faced(said)

    @rule(agency=agencies, place=st.integers(0, 2), person=st.sampled_from(PERSONS))
    def an_officer_changes(self, agency: str, place: int, person: str) -> None:
        seat = KEYS[agency][place]
        public = public_key_of(seed_of(seat))
        told = self.send([agency], commands.DismissOfficer(party_id(agency), public))
        if isinstance(told, list):
            del self.count.behind[seat]
        appoint = commands.AppointOfficer(party_id(agency), public, digest_of(person, 16))
        if isinstance(self.send([agency], appoint), list):
            self.count.behind[seat] = person

    @rule(agency=agencies, place=st.integers(0, 2))
    def an_officer_goes(self, agency: str, place: int) -> None:
        seat = KEYS[agency][place]
        public = public_key_of(seed_of(seat))
        told = self.send([agency], commands.DismissOfficer(party_id(agency), public))
        assert isinstance(told, str) == (
            seat not in self.count.behind or agency in self.count.suspended
        )
        if isinstance(told, list):
            del self.count.behind[seat]

    @rule(agency=agencies, kept=st.sets(st.sampled_from((1, 2))))
    def keys_change(self, agency: str, kept: set[int]) -> None:
        ring = [agency, *(f"{agency}/{number}" for number in sorted(kept))]
        rotate = identity.RotateKeys(party_id(agency), tuple(key(one) for one in ring), ())
        if isinstance(self.send([agency], rotate), list):
            self.count.rings[agency] = set(ring)

    @rule(agency=st.sampled_from(("sc", "bnm")), stops=st.booleans())
    def an_agency_is_stopped_or_not(self, agency: str, *, stops: bool) -> None:
        kind = identity.SuspendParty if stops else identity.ReinstateParty
        signing = [GOVERNOR, "digital/1", "digital/2"]
        signing = [one for one in signing if one in self.count.rings["digital"]]
        if isinstance(self.send(signing, kind(party_id(agency), bytes(32))), list):
            (self.count.suspended.add if stops else self.count.suspended.discard)(agency)

    @rule(owner=agencies, others=st.sets(agencies), officers=st.integers(0, 2))
    def the_requirement_changes(self, owner: str, others: set[str], officers: int) -> None:
        concurring = tuple(sorted(others - {owner}))
        ids = tuple(party_id(name) for name in concurring)
        needs = commands.SetRequirement(VERB, party_id(owner), ids, officers, 0)
        if isinstance(self.send([GOVERNOR], needs), list):
            self.count.owner, self.count.concurring = owner, concurring
            self.count.officers = officers

    @rule(who=agencies, place=st.integers(0, 8), objects=st.booleans())
    def somebody_ends_it(self, who: str, place: int, *, objects: bool) -> None:
        self.run_due()
        waiting = [proposal for proposal, _ in PROPOSALS.scan(self.play.state)]
        if waiting:
            one = waiting[place % len(waiting)]
            ends = commands.Object(one, bytes(32)) if objects else commands.Withdraw(one)
            told = self.send([who], ends)
            gone = PROPOSALS.get(self.play.state, one) is None
            assert gone == isinstance(told, list)

    @rule(hours=st.integers(1, 6))
    def time_passes(self, hours: int) -> None:
        self.play.clock += hours * MICROS_PER_HOUR
        self.run_due()

    @invariant()
    def whoever_stalled_or_waits_is_known_to_the_count(self) -> None:
        for proposal, _ in PROPOSALS.scan(self.play.state):
            assert proposal in self.count.words

    def teardown(self) -> None:
        assert self.play.replayed() == self.play.digests, "a replay gave other receipts"


Agencies.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    phases=(Phase.explicit, Phase.generate),  # a failing run is short enough to be read
)
TestAgencies = Agencies.TestCase

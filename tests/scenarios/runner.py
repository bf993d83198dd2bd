# SPDX-License-Identifier: Apache-2.0
"""Plays a scenario line by line; README.md describes what a line may say.

There is a general form for every command and every stored record, so that a new module needs no new
words here.  The few phrases beside it are for what a lawyer reads most often.
"""

from pathlib import Path
from typing import Final

from lejar.domain.instruments.commands import CreateInstrument
from lejar.domain.policy import PROFILES, AssetKind
from lejar.domain.policy.commands import AdoptPack
from lejar.domain.settlement.commands import Instruct
from lejar.domain.settlement.model import InstructionLeg
from lejar.kernel.entry import Receipt
from lejar.kernel.envelope import Command
from lejar.ledger.balances import balance, owned, supply
from lejar.ledger.holds import HOLDS
from tests.scenarios import phrases, terms
from tests.scenarios.adoption import adoption
from tests.scenarios.language import Atom, Item, Scenario, Step, read_scenarios
from tests.scenarios.network import MACHINE, Network
from tests.scenarios.outcome import check_outcome, expect_due
from tests.scenarios.play import Play, Send
from tests.scenarios.values import Reading

ROOT: Final = Path(__file__).parent
MARKET: Final = ROOT / "market.scenario"
"""What every other scenario begins with: accounts, money and a paper."""

COMMANDS: Final[dict[str, type[Command]]] = {
    verb.command.__name__: verb.command for verb in MACHINE.verbs.values()
}


def all_scenarios() -> list[Scenario]:
    """Read every scenario, in the order of files."""
    return [one for path in sorted(ROOT.rglob("*.scenario")) for one in read_scenarios(path, ROOT)]


def market() -> Scenario:
    """Read the usual market."""
    (found,) = read_scenarios(MARKET, ROOT)
    return found


def played(scenario: Scenario, kind: Network = "test") -> Play:
    """Play a scenario on the usual market, and check that it replays."""
    steps = list(scenario.steps)
    play = Play(kind)
    if steps and (told := phrases.network_kind(steps[0])):
        play = Play(told)
        steps = steps[1:]
    usual = market()
    for step in usual.steps:
        perform(play, step)
    if scenario.name != usual.name:
        play.scope, play.market_blocks = scenario.name, len(play.blocks)
        for step in steps:
            perform(play, step)
    assert play.replayed() == play.digests, "a replay gave other receipts"
    assert play.rebuilt().records == play.state.records, "derived tables cannot be rebuilt"
    return play


def perform(play: Play, step: Step) -> None:
    """Do what one line says."""
    if step.kind == "then":
        check(play, step)
        return
    words = [item.word for item in step.said]
    if step.kind == "given" and words[1:2] == ["times"] and words[0].isdigit():
        for _ in range(int(words[0])):
            send(play, step, step.said[2:])
    elif words[:2] == ["time", "is"] and step.kind == "given" and len(words) == 3:
        play.clock = reading(play, step).moment(words[2])
    elif words[:2] == ["time", "becomes"] and step.kind == "when" and len(words) == 3:
        play.clock = reading(play, step).moment(words[2])
        tick(play, step)
    elif words == ["due", "work", "runs"] and step.kind == "when":
        tick(play, step)
    elif words[:1] == ["bytes"] and step.kind == "when" and len(words) == 2:
        check_outcome(play, step, play.order(words[1].encode()))
    elif phrase := phrases.issued(step, play):
        send(play, step, phrase)
    else:
        send(play, step, step.said)


def reading(play: Play, step: Step) -> Reading:
    """Read values on this line."""
    return Reading(step.place, play.names, COMMANDS)


def tick(play: Play, step: Step) -> None:
    """Order a block that carries only the node's own tick, so that due work runs."""
    node = ((play.names["node"], "node"),)
    receipts = play.order(play.seal(Send(COMMANDS["Tick"](), node)))
    assert receipts[-1].refusal is None, "the node's tick was refused"
    expect_due(play, step, receipts[:-1])


def send(play: Play, step: Step, said: tuple[Item, ...]) -> None:
    """Sign a command, order it, and check what it says became of it."""
    turn = next((n for n, item in enumerate(said) if _starts_command(item)), None)
    if turn is None:
        step.place.fail("the line names no command")
    fields, bend, bindings = phrases.parts(step, said[turn + 1 :])
    made = Send(
        command_of(play, step, said[turn].word, fields),
        tuple(signer(play, step, item) for item in said[:turn]),
    )
    read = reading(play, step)
    for item in bend:
        match item:
            case Item("valid_until", Atom(text)):
                made.valid_until = read.moment(text)
            case Item("network", Atom(text)):
                made.network = read.raw(text)
            case Item("id", Atom(text)):
                made.command_id = read.raw(text)
            case _:
                step.place.fail("'with' takes valid_until=, network= and id=")
    if not made.signers:
        step.place.fail("nobody signs")
    receipts = play.order(play.seal(made))
    if len(receipts) != 1:
        step.place.fail("due work ran before this command: say 'when time becomes …' first")
    check_outcome(play, step, receipts)
    bind(play, step, receipts[0], bindings)


def _starts_command(item: Item) -> bool:
    return item.word[:1].isupper()


def command_of(play: Play, step: Step, name: str, fields: tuple[Item, ...]) -> Command:
    """Make a command from its fields, or from the phrase for a delivery versus payment."""
    if name not in COMMANDS:
        step.place.fail(f"there is no command '{name}'")
    if COMMANDS[name] is Instruct and fields and fields[0].word:
        security, cash, day = phrases.exchange(step, fields)
        read = reading(play, step)
        legs = tuple(
            InstructionLeg(
                read.raw(leg.asset),
                read.raw(leg.source),
                read.raw(leg.target),
                amount_of(play, step, leg.amount, leg.asset),
            )
            for leg in (security, cash)
        )
        return Instruct(legs, day)
    if COMMANDS[name] is AdoptPack:
        return adoption(reading(play, step), fields)
    if COMMANDS[name] is CreateInstrument:
        return terms.instrument(reading(play, step), fields)
    return reading(play, step).record(COMMANDS[name], fields)


def signer(play: Play, step: Step, item: Item) -> tuple[bytes, str]:
    """Read `alice` or `alice/new`: a party and the name of the key it signs with."""
    if not item.word:
        step.place.fail("a signer is a name")
    party = item.word.partition("/")[0]
    return reading(play, step).raw(party), item.word


def bind(play: Play, step: Step, receipt: Receipt, bindings: tuple[str, ...]) -> None:
    """Give names to what a command created: the last event's first field, or a named field."""
    events = [MACHINE.read_event(raw) for raw in receipt.events]
    for binding in bindings:
        name, _, wanted = binding.partition(":")
        if not events:
            step.place.fail("nothing happened that could be named")
        place = wanted or events[-1].__struct_fields__[0]
        event = next((e for e in reversed(events) if place in e.__struct_fields__), None)
        if event is None or name in play.names:
            step.place.fail(f"'{binding}' cannot be a name here")
        play.names[name] = getattr(event, place)


def check(play: Play, step: Step) -> None:
    """Compare what a `then` says with the state."""
    words = [item.word for item in step.said]
    read = reading(play, step)
    match words:
        case [account, "holds", *_]:
            amount, asset, (held,) = phrases.quantities(step, 2, ("of which", "held"))
            had = balance(play.state, read.raw(asset), read.raw(account))
            wanted = (amount_of(play, step, amount, asset), amount_of(play, step, held, asset))
            assert (had.total, had.held) == wanted, f"{step.place}: {account} holds {had}"
        case [party, "owns", *_]:
            amount, asset, (awaited,) = phrases.quantities(step, 2, ("awaiting", ""))
            has = owned(play.state, read.raw(asset), read.raw(party))
            wanted = (amount_of(play, step, amount, asset), amount_of(play, step, awaited, asset))
            assert (has.total, has.pending_in) == wanted, f"{step.place}: {party} owns {has}"
        case ["supply", "of", asset, "is", amount]:
            profile = PROFILES.require(play.state, read.raw(asset))
            exists = supply(play.state, read.raw(asset), profile.issuance_account)
            assert exists == amount_of(play, step, amount, asset), f"{step.place}: supply {exists}"
        case ["nothing", "moved"]:
            moved = play.receipts[-1].postings
            assert not moved, f"{step.place}: {moved}"
        case ["the", "only", "hold", "is", name]:
            (hold_id,) = [found for found, _ in HOLDS.scan(play.state)]
            play.names[name] = hold_id
        case [table, key, "is", "gone"]:
            there = _stored(play, step, table, key)
            assert there is None, f"{step.place}: {there}"
        case [table, key, "has", *_]:
            _check_record(play, step, _stored(play, step, table, key), step.said[3:])
        case _:
            step.place.fail("this 'then' says nothing that can be checked")


def amount_of(play: Play, step: Step, text: str, asset: str) -> int:
    """Read an amount: money shows two digits after its point, a security none."""
    profile = PROFILES.get(play.state, reading(play, step).raw(asset))
    if profile is not None and text not in {"0", "max"}:
        pointed = profile.kind is AssetKind.MONEY
        if ("." in text) is not pointed:
            step.place.fail(f"write '{text} {asset}' {'with' if pointed else 'without'} a point")
    return reading(play, step).number(text)


def _stored(play: Play, step: Step, table: str, key: str) -> object:
    found = next((t for t in MACHINE.tables.values() if t.name == table), None)
    if found is None:
        step.place.fail(f"there is no table '{table}'")
    read = reading(play, step)
    parts = [
        read.raw(part) if part in play.names or ":" in part else part.encode()
        for part in key.split("+")
    ]
    return found.get(play.state, b"".join(parts))


def _check_record(play: Play, step: Step, there: object, wanted: tuple[Item, ...]) -> None:
    if there is None:
        step.place.fail("there is no such record")
    for item in wanted:
        value = reading(play, step).field(type(there), item.name, item.value)
        had = getattr(there, item.name)
        assert had == value, f"{step.place}: {item.name} is {had!r}, not {value!r}"

# SPDX-License-Identifier: Apache-2.0
"""What readers are told: pages by cursor, things by id, and nobody's amounts in public."""

import base64
import dataclasses
import json
from collections.abc import Iterator

import pytest

from lejar.assembly import MACHINE
from lejar.domain.identity import PARTIES
from lejar.domain.instruments import INSTRUMENTS, PlainUnits
from lejar.domain.settlement import Stage
from lejar.domain.settlement import commands as on_settlement
from lejar.domain.settlement.events import InstructionAlleged
from lejar.kernel.codec import encode
from lejar.kernel.entry import read_receipt
from lejar.kernel.failure import Malformed
from lejar.kernel.identifiers import show
from lejar.ledger.accounts import ACCOUNTS
from lejar.ledger.balances import holders as register
from lejar.ledger.events import HoldPlaced, HoldReleased
from lejar.projections import Projections, Projector, Snapshot, Wanted
from lejar.projections.privileged import holdings, receipts
from lejar.projections.privileged import instructions as whole
from lejar.projections.public import (
    entries,
    figures,
    instructions,
    instruments,
    parties,
    search,
)
from tests.projections.traffic import (
    BANK,
    FIRST,
    REGISTRAR,
    SECOND,
    TERMS,
    THIRD,
    Market,
    Trade,
    Traffic,
    key,
)


@dataclasses.dataclass
class Told:
    """A market whose traffic has been folded, and a snapshot of what is told about it."""

    market: Market
    trade: Trade
    snapshot: Snapshot


@pytest.fixture(scope="module")
def traffic() -> Traffic:
    made = Traffic(11)
    made.run(300)
    market, trade = made.market, made.trade
    legs = trade.exchange(trade.third, trade.second, 5, 7)
    again = market.envelope(on_settlement.Instruct(legs, None), FIRST)
    market.order(again, again)
    return made


@pytest.fixture(scope="module")
def told(kept_url: str, traffic: Traffic) -> Iterator[Told]:
    projector = Projector(kept_url, traffic.market.genesis)
    projector.rebuild()
    projector.fold_all(traffic.market.blocks)
    projector.close()
    projections = Projections(kept_url)
    with projections.snapshot() as snapshot:
        yield Told(traffic.market, traffic.trade, snapshot)
    projections.close()


def test_pages_walk_a_list_forth_and_back(told: Told) -> None:
    forth: list[int] = []
    cursor: str | None = None
    pages = []
    while True:
        page = entries.entries_page(told.snapshot, wanted=Wanted(cursor, 37))
        assert page.standing == told.snapshot.standing
        pages.append(page)
        forth += [line.number for line in page.rows]
        cursor = page.after
        if cursor is None:
            break
    assert forth == list(range(told.market.state.entry, 0, -1))
    assert pages[0].before is None
    for earlier, later in zip(pages[-2::-1], pages[:0:-1], strict=True):
        assert later.before is not None
        back = entries.entries_page(told.snapshot, wanted=Wanted(later.before, 37))
        assert back.rows == earlier.rows
    assert back.before is None


def test_a_list_of_no_page_has_no_neighbours(told: Told) -> None:
    none = entries.EntryFilter(command="no.such_command")
    page = entries.entries_page(told.snapshot, none)
    assert (page.rows, page.before, page.after) == ((), None, None)


@pytest.mark.parametrize("cursor", ["", "!", "AAAA", "é", "x" * 3000])
def test_a_cursor_that_was_changed_is_malformed(told: Told, cursor: str) -> None:
    with pytest.raises(Malformed):
        entries.entries_page(told.snapshot, wanted=Wanted(cursor))


def test_a_cursor_beyond_any_number_is_malformed(told: Told) -> None:
    data = encode(["entries", False, [2**64 - 1]])
    with pytest.raises(Malformed):
        entries.entries_page(
            told.snapshot, wanted=Wanted(base64.urlsafe_b64encode(data).rstrip(b"=").decode())
        )


def test_a_cursor_of_another_list_is_malformed(told: Told) -> None:
    page = parties.parties_page(told.snapshot, wanted=Wanted(size=1))
    assert page.after is not None
    with pytest.raises(Malformed, match="another list"):
        entries.entries_page(told.snapshot, wanted=Wanted(page.after))


def test_entries_are_filtered_by_command_outcome_and_signer(told: Told) -> None:
    receipts_made = [
        read_receipt(entry.receipt) for _, block in told.market.blocks for entry in block
    ]
    only = entries.EntryFilter("settlement.instruct", "refused", SECOND)
    page = entries.entries_page(told.snapshot, only, Wanted(size=500))
    expected = [
        one.number
        for one in reversed(receipts_made)
        if one.command == "settlement.instruct" and one.refusal and SECOND in one.signers
    ]
    assert [line.number for line in page.rows] == expected
    assert expected


def test_an_entry_is_found_by_number_and_by_command(told: Told) -> None:
    seal, block = told.market.blocks[5]
    found = entries.entry(told.snapshot, seal.first)
    assert found is not None
    assert found.entry.command_id == block[0].command_id
    assert found.entry.digest == block[0].digest
    assert found.entry.signers == read_receipt(block[0].receipt).signers
    assert entries.entry_of_command(told.snapshot, block[0].command_id) == found
    assert entries.entry(told.snapshot, 10**9) is None
    assert entries.entry_of_command(told.snapshot, bytes(15) + b"?") is None


def test_a_repeated_command_gives_its_first_entry(told: Told) -> None:
    last, repeated = told.market.blocks[-1][1][-2:]
    found = entries.entry_of_command(told.snapshot, repeated.command_id)
    assert found is not None
    assert found.entry.number == last.number == repeated.number - 1


def test_blocks_are_told_with_their_seals(told: Told) -> None:
    newest = entries.blocks_page(told.snapshot, Wanted(size=3)).rows
    assert [(line.number, line.seal) for line in newest] == [
        (seal.block, seal.digest) for seal, _ in reversed(told.market.blocks[-3:])
    ]


def test_parties_are_told_with_keys_and_credentials(told: Told) -> None:
    listed = parties.parties_page(told.snapshot, wanted=Wanted(size=500)).rows
    assert {line.id for line in listed} == {found for found, _ in PARTIES.scan(told.market.state)}
    assert [line.entry for line in listed] == sorted(line.entry for line in listed)
    registrar = parties.party(told.snapshot, REGISTRAR)
    assert registrar is not None
    assert registrar.powers == ("govern", "issue_credentials", "recover_keys", "register_parties")
    assert [one.public for one in registrar.keys] == [key(1)]
    bank = parties.party(told.snapshot, BANK)
    assert bank is not None
    assert "bank" in {one.type for one in bank.credentials}
    assert parties.party(told.snapshot, bytes(16)) is None


def test_an_accounts_page_tells_what_is_free_and_held(told: Told) -> None:
    state = told.market.state
    opened = list(ACCOUNTS.scan(state))
    person = next(one.beneficiary for _, one in opened if one.beneficiary is not None)
    for party in (THIRD, person):
        page = holdings.accounts_page(told.snapshot, party, Wanted(size=500))
        theirs = [found for found, one in opened if party in {one.owner, one.beneficiary}]
        assert [line.id for line in page.rows] == sorted(theirs)
    found = holdings.account(told.snapshot, told.trade.third)
    assert found is not None
    for line in found.balances:
        held = sum(hold.amount for hold in found.holds if hold.asset == line.asset)
        assert line.held == held
        assert line.free == line.total - held
    assert holdings.account(told.snapshot, bytes(16)) is None


def test_a_register_names_every_holder_and_its_totals_are_public(told: Told) -> None:
    state, asset = told.market.state, told.trade.myr
    rows: list[holdings.HolderLine] = []
    cursor: str | None = None
    while True:
        page = holdings.holders_page(told.snapshot, asset, Wanted(cursor, 2))
        rows += page.rows
        cursor = page.after
        if cursor is None:
            break
    held = {found: one for found, one in register(state, asset) if one.total > 0}
    assert {line.account: (line.total, line.held) for line in rows} == {
        found: (one.total, one.held) for found, one in held.items()
    }
    public = instruments.instrument(told.snapshot, asset)
    assert public is not None
    assert public.instrument.code == "MYR"
    assert public.instrument.supply == sum(one.total for one in held.values())
    assert public.holders == len(held)
    assert public.held == sum(one.held for one in held.values())
    listed = instruments.instruments_page(told.snapshot).rows
    assert [line.id for line in listed[:2]] == [asset, told.trade.bond]
    assert {line.id for line in listed} == {asset, *(key for key, _ in INSTRUMENTS.scan(state))}


def test_a_papers_terms_are_told_by_name(told: Told) -> None:
    found = instruments.instrument(told.snapshot, told.trade.bond)
    assert found is not None
    assert (found.instrument.kind, found.instrument.isin) == ("bond", TERMS.isin)
    assert found.terms is not None
    terms = json.loads(found.terms)
    assert terms["type"] == "fixed-coupon bond"
    assert terms["debt"]["maturity"] == "2026-12-28"
    assert terms["debt"]["rate_millionths"] == 50_000
    assert terms["debt"]["source"]["verified"] is False
    assert found.instrument.supply == sum(
        one.total for _, one in register(told.market.state, told.trade.bond) if one.total > 0
    )


def test_plain_units_are_told_with_their_class_and_without_a_debt(told: Told) -> None:
    state = told.market.state
    plain = [(key, one.terms) for key, one in INSTRUMENTS.scan(state) if one.debt is None]
    assert plain
    for asset, terms in plain:
        assert isinstance(terms, PlainUnits)
        found = instruments.instrument(told.snapshot, asset)
        assert found is not None
        assert (found.instrument.kind, found.instrument.isin) == (terms.asset_class, None)
        assert json.loads(found.terms or "") == {
            "type": "units",
            "asset_class": str(terms.asset_class),
            "short_name": "UNITS",
            "isin": None,
            "units_max": terms.units_max,
        }
        assert json.loads(found.conditions or "")["jurisdictions"] == ["my", "sg"]


def test_movements_and_entries_of_an_account_agree(told: Told) -> None:
    account = told.trade.second
    moved = holdings.movements_page(told.snapshot, account, Wanted(size=500)).rows
    touched = receipts.entries_of_account(told.snapshot, account, Wanted(size=500)).rows
    assert [line.number for line in touched] == sorted({line.entry for line in moved}, reverse=True)
    found = holdings.account(told.snapshot, account)
    assert found is not None
    for balance in found.balances:
        assert balance.total == sum(m.amount for m in moved if m.asset == balance.asset)


def test_a_receipt_is_whole_and_says_whom_it_concerns(told: Told) -> None:
    for _, block in told.market.blocks:
        for sealed in block:
            made = read_receipt(sealed.receipt)
            found = receipts.receipt(told.snapshot, made.number)
            assert found is not None
            assert (found.receipt, found.salt, found.digest) == (
                sealed.receipt,
                sealed.salt,
                sealed.digest,
            )
            assert (found.facts is None) == (made.refusal is None)
            lines = receipts.postings_of(told.snapshot, made.number)
            assert [(one.account, one.asset, one.amount) for one in lines] == [
                (one.account, one.asset, one.amount) for one in made.postings
            ]
            assert set(found.concerned) >= {one.owner for one in lines} | set(made.signers)
            assert found.concerned == tuple(sorted(set(found.concerned)))


def test_an_entry_concerns_whoever_it_holds_or_promises_something_of(told: Told) -> None:
    state = told.market.state
    for _, block in told.market.blocks:
        for sealed in block:
            made = read_receipt(sealed.receipt)
            accounts = {posting.account for posting in made.postings}
            for event in map(MACHINE.read_event, made.events):
                if isinstance(event, HoldPlaced | HoldReleased):
                    accounts.add(event.account)
                if isinstance(event, InstructionAlleged):
                    accounts |= {one for leg in event.legs for one in (leg.source, leg.target)}
            owners = {ACCOUNTS.require(state, account).owner for account in accounts}
            found = receipts.receipt(told.snapshot, made.number)
            assert found is not None
            assert set(found.concerned) >= owners | set(made.signers)


def test_a_party_is_told_of_entries_that_others_signed(told: Told) -> None:
    mine = receipts.entries_of_party(told.snapshot, THIRD, Wanted(size=500)).rows
    signed = entries.entries_page(
        told.snapshot, entries.EntryFilter(signer=THIRD), Wanted(size=500)
    ).rows
    assert {line.number for line in signed} < {line.number for line in mine}
    assert all(THIRD in line.signers for line in signed)
    for line in mine:
        found = receipts.receipt(told.snapshot, line.number)
        assert found is not None
        assert THIRD in found.concerned


def test_what_becomes_of_an_instruction_concerns_its_sides(told: Told) -> None:
    listed = instructions.instructions_page(told.snapshot, wanted=Wanted(size=500)).rows
    for line in listed:
        found = whole.instruction_whole(told.snapshot, line.id)
        assert found is not None
        for step in found.found.history:
            if step.what == "moved":  # its place in the queue is the giver's own affair
                continue
            receipt = receipts.receipt(told.snapshot, step.entry)
            assert receipt is not None
            assert {side.party for side in found.sides} <= set(receipt.concerned)


def test_receipts_are_followed_in_order(told: Told) -> None:
    after, numbers = 0, []
    while found := receipts.receipts_after(told.snapshot, after, 100):
        numbers += [one.number for one in found]
        after = numbers[-1]
    assert numbers == list(range(1, told.market.state.entry + 1))


def test_an_instructions_history_ends_where_it_stands(told: Told) -> None:
    listed = instructions.instructions_page(told.snapshot, wanted=Wanted(size=500)).rows
    assert {"settled", "lapsed", "failed"} <= {line.stage for line in listed}
    for line in listed:
        found = whole.instruction_whole(told.snapshot, line.id)
        assert found is not None
        public = found.found
        assert public.instruction == line
        stages = {*Stage, "settled", "cancelled", "lapsed"}
        steps = [step for step in public.history if step.what in stages]
        assert steps[-1].what == line.stage
        assert public.history[0].entry == line.opened
        assert public.history[-1].entry == line.entry
        assert public.assets == tuple(leg.asset for leg in found.legs)
        owners = {leg.source_owner for leg in found.legs} | {leg.target_owner for leg in found.legs}
        paid = found.informed and found.informed[0].role == "payee"
        if paid:
            assert {side.party for side in found.sides} == set(found.givers)
        assert all(found.concerns(owner) for owner in owners)
        if line.stage in {"settled", "matched", "failed"}:
            assert all(side.affirmed is not None for side in found.sides)
    settled = instructions.instructions_page(
        told.snapshot, stage="settled", wanted=Wanted(size=500)
    )
    assert [line.id for line in settled.rows] == [
        line.id for line in listed if line.stage == "settled"
    ]
    mine = whole.instructions_of_party(told.snapshot, FIRST, wanted=Wanted(size=500)).rows
    assert {line.id for line in mine} == {
        line.id
        for line in listed
        for found in [whole.instruction_whole(told.snapshot, line.id)]
        if found is not None and found.concerns(FIRST)
    }


def test_figures_count_what_there_is(told: Told) -> None:
    found = figures.figures(told.snapshot)
    receipts_made = [read_receipt(one.receipt) for _, block in told.market.blocks for one in block]
    assert found.refused == sum(one.refusal is not None for one in receipts_made)
    assert found.parties == len(list(PARTIES.scan(told.market.state)))
    public = instruments.instrument(told.snapshot, told.trade.myr)
    assert public is not None
    assert [(one.code, one.supply) for one in found.currencies] == [
        ("MYR", public.instrument.supply)
    ]


def test_search_finds_by_the_beginning_of_an_id(told: Told) -> None:
    account = told.trade.second
    text = show("account", account)
    for typed in (text, text[:11], f"  {text[:15].upper()} "):
        found = search.search(told.snapshot, typed).found
        assert search.Match("account", account) in found
    assert search.search(told.snapshot, text[:10]).found == ()
    assert search.search(told.snapshot, "acct_!!!!!!!").found == ()
    assert search.search(told.snapshot, "nothing").found == ()
    assert search.search(told.snapshot, "myr").found == (search.Match("asset", told.trade.myr),)
    first = told.market.blocks[0][1][0]
    assert search.search(told.snapshot, "1").found == (
        search.Match("command", first.command_id, 1),
    )


def test_every_prefix_of_an_id_has_a_range_around_it() -> None:
    for raw in (bytes(16), b"\xff" * 16, bytes(range(16))):
        letters = show("party", raw).removeprefix("party_")
        for length in range(search.LETTERS_MIN, len(letters) + 1):
            between = search.id_range(letters[:length])
            assert between is not None
            assert between[0] <= raw <= between[1]
        assert search.id_range(letters) == (raw, raw)
        assert search.id_range(letters + "a") is None


def test_public_lines_name_no_amount_and_no_holder() -> None:
    for line in (entries.EntryLine, instructions.InstructionLine, instructions.StepLine):
        names = {field.name for field in dataclasses.fields(line)}
        assert not names & {"amount", "account", "source", "target", "owner", "receipt", "facts"}

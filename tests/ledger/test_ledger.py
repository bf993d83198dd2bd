# SPDX-License-Identifier: Apache-2.0
"""The ledger by itself: what posts, what holds, and that broken books are found."""

import pytest

from lejar.domain.identity import PARTIES, Party, PartyKind, PartyStatus
from lejar.domain.policy import PROFILES, AssetKind, AssetProfile, Leg, MovePurpose, judge, move
from lejar.kernel.draft import Draft
from lejar.kernel.failure import Broken
from lejar.kernel.posting import Posting
from lejar.kernel.quantity import AMOUNT_MAX
from lejar.kernel.refusal import Refused
from lejar.kernel.state import State
from lejar.ledger import balances
from lejar.ledger.accounts import ACCOUNTS, Account, Purpose
from lejar.ledger.balances import balance, expect, holders, owned, supply
from lejar.ledger.holds import HOLDS, Hold, HoldPurpose, place, release
from lejar.ledger.invariants import for_all, for_touched
from lejar.ledger.model import BALANCES, OWNED, Balance, Owned

ISSUER, ANN, BEN = (name.ljust(16).encode() for name in ("issuer", "ann", "ben"))
VAULT, ONE, TWO, BENS = (name.ljust(16).encode() for name in ("vault", "one", "two", "bens"))
NOTE = b"note            "


def books(issued: int = 100) -> Draft:
    """An issuer, two people, three accounts; Ann has what was issued."""
    draft = Draft(State(), b"c" * 16)
    for party in (ISSUER, ANN, BEN):
        PARTIES.put(draft, party, Party(PartyKind.PERSON, PartyStatus.OPEN, 0, party))
    for account, owner in ((ONE, ANN), (TWO, ANN), (BENS, BEN)):
        ACCOUNTS.put(draft, account, Account(owner, Purpose.OWN, 0, None))
    ACCOUNTS.put(draft, VAULT, Account(ISSUER, Purpose.ISSUANCE, 0, None))
    profile = AssetProfile(AssetKind.SECURITY, ISSUER, VAULT, (), None, None)
    PROFILES.put(draft, NOTE, profile)
    if issued:
        move(draft, (Leg(NOTE, VAULT, ONE, issued),), MovePurpose.ISSUE)
    return draft


def sealed(draft: Draft) -> State:
    draft.state.absorb(draft.writes)
    return draft.state


def hold(amount: int, account: bytes = ONE) -> Hold:
    return Hold(NOTE, account, amount, HoldPurpose.PLEDGE, ANN, None)


def test_an_issue_makes_a_supply_and_a_register() -> None:
    draft = books()
    assert supply(draft, NOTE, VAULT) == 100
    assert list(holders(draft, NOTE)) == [(ONE, Balance(100, 0)), (VAULT, Balance(-100, 0))]
    assert draft.postings == [Posting(VAULT, NOTE, -100), Posting(ONE, NOTE, 100)]
    for_all(sealed(draft))


def test_what_a_person_owns_counts_all_its_accounts() -> None:
    draft = books()
    move(draft, (Leg(NOTE, ONE, TWO, 30),), MovePurpose.SETTLEMENT)
    assert owned(draft, NOTE, ANN) == Owned(100, 0)
    move(draft, (Leg(NOTE, TWO, BENS, 30),), MovePurpose.SETTLEMENT)
    assert owned(draft, NOTE, ANN) == Owned(70, 0)
    assert BALANCES.get(draft, NOTE + TWO) is None, "an empty balance takes no room"


def test_all_legs_move_or_none_and_a_pre_check_says_the_same() -> None:
    draft = books()
    legs = (Leg(NOTE, ONE, BENS, 60), Leg(NOTE, ONE, TWO, 41))
    before = dict(draft.writes)
    refusals = []
    for act in (judge, move):
        with pytest.raises(Refused) as refused:
            act(draft, legs, MovePurpose.SETTLEMENT)
        refusals.append((refused.value.refusal.code, refused.value.facts))
    assert refusals[0] == refusals[1]
    assert refusals[0][0] == "funds_insufficient"
    assert refusals[0][1]["missing"] == 1
    assert draft.writes == before


def test_legs_of_one_entry_are_netted_in_whatever_order_they_stand() -> None:
    there_and_on = (Leg(NOTE, ONE, TWO, 100), Leg(NOTE, TWO, BENS, 100))
    for legs in (there_and_on, there_and_on[::-1]):
        move(books(), legs, MovePurpose.SETTLEMENT)
    too_much = (Leg(NOTE, TWO, BENS, 101), Leg(NOTE, ONE, TWO, 100))
    with pytest.raises(Refused, match="funds_insufficient") as refused:
        move(books(), too_much, MovePurpose.SETTLEMENT)
    assert refused.value.facts["missing"] == 1


def test_a_supply_ends_at_the_largest_amount_over_all_holders() -> None:
    draft = books(AMOUNT_MAX)
    for account in (ONE, BENS):
        for act in (judge, move):
            with pytest.raises(Refused, match="amount_too_large"):
                act(draft, (Leg(NOTE, VAULT, account, 1),), MovePurpose.ISSUE)
    for_all(sealed(draft))


def test_a_hold_sets_aside_exactly_what_is_free() -> None:
    draft = books()
    place(draft, b"h1", hold(60))
    with pytest.raises(Refused, match="funds_insufficient") as refused:
        place(draft, b"h2", hold(41))
    assert refused.value.facts["missing"] == 1
    place(draft, b"h2", hold(40))
    assert balance(draft, NOTE, ONE) == Balance(100, 100)
    assert release(draft, b"h1") == hold(60)
    assert balance(draft, NOTE, ONE).free == 60
    assert HOLDS.get(draft, b"h1") is None
    for_all(sealed(draft))


def test_a_hold_is_new_and_positive() -> None:
    draft = books()
    place(draft, b"h1", hold(1))
    with pytest.raises(Broken, match="new"):
        place(draft, b"h1", hold(1))
    with pytest.raises(Broken, match="positive"):
        place(draft, b"h2", hold(0))


def test_what_persons_own_is_counted_again_from_the_balances() -> None:
    draft = books()
    move(draft, (Leg(NOTE, ONE, BENS, 30),), MovePurpose.SETTLEMENT)
    state = sealed(draft)
    kept = {key: record for key, record in state.records.items() if key[:1] == OWNED.prefix}
    bare = State()
    bare.load((key, record) for key, record in state.records.items() if key not in kept)
    balances.rebuild(bare)
    assert bare.records == state.records
    assert len(kept) == 2


@pytest.mark.parametrize(
    ("key", "wrong", "sentence"),
    [
        (BALANCES.prefix + NOTE + ONE, Balance(101, 0), "issued equals"),
        (BALANCES.prefix + NOTE + ONE, Balance(100, 5), "equals the holds"),
        (BALANCES.prefix + NOTE + ONE, Balance(100, 101), "overdrawn"),
        (OWNED.prefix + NOTE + ANN, Owned(99, 0), "own equals"),
        (OWNED.prefix + NOTE + ANN, Owned(100, -1), "arrives twice"),
        (HOLDS.prefix + b"h1", hold(5), "equals the holds"),
    ],
    ids=["created", "held-without-hold", "over-held", "owned-less", "pending-below", "empty-hold"],
)
def test_a_walk_over_the_books_finds_what_is_wrong(
    key: bytes, wrong: object, sentence: str
) -> None:
    state = sealed(books())
    for_all(state)
    state.absorb({key: wrong})
    with pytest.raises(Broken, match=sentence):
        for_all(state)


def test_an_entry_whose_postings_do_not_sum_to_zero_stops_the_node() -> None:
    draft = books()
    draft.postings.append(Posting(ONE, NOTE, 1))
    with pytest.raises(Broken, match="sum to zero"):
        for_touched(draft)


def test_an_entry_that_overdraws_or_holds_too_much_stops_the_node() -> None:
    for wrong in (Balance(-1, 0), Balance(5, 6), Balance(5, -1)):
        draft = books()
        BALANCES.put(draft, NOTE + ONE, wrong)
        with pytest.raises(Broken, match="issuance account"):
            for_touched(draft)


def test_only_an_issuance_account_stands_below_zero() -> None:
    draft = books()
    for_touched(draft)
    BALANCES.put(draft, NOTE + VAULT, Balance(-100, 1))
    with pytest.raises(Broken, match="issuance account"):
        for_touched(draft)


def test_what_is_awaited_is_counted_and_taken_back() -> None:
    draft = books()
    expect(draft, NOTE, BEN, 7)
    assert owned(draft, NOTE, BEN) == Owned(0, 7)
    expect(draft, NOTE, BEN, -7)
    assert OWNED.get(draft, NOTE + BEN) is None

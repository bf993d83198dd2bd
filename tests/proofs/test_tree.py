# SPDX-License-Identifier: Apache-2.0
"""The state tree against a naive recomputation of the same definition."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lejar.proofs.tree import Absence, Inclusion, StateTree, leaf_digest, verify_proof
from lejar.proofs.tree_proof import BUCKET_MAX, EMPTY, TreeProof
from tests.proofs import naive

SECRET = b"s" * 32


def key_of(number: int) -> bytes:
    """Return a key; few numbers, so that histories meet the same keys again."""
    return b"k%d" % number


class Model:
    """The naive state beside the tree."""

    def __init__(self) -> None:
        self.tree = StateTree()
        self.content: dict[bytes, tuple[bytes, bytes]] = {}

    def update(self, changes: dict[bytes, bytes | None], secret: bytes) -> None:
        """Change both."""
        self.tree.update(changes.items(), secret)
        for key, value in changes.items():
            if value is None:
                self.content.pop(key, None)
                continue
            old = self.content.get(key)
            salt = naive.next_salt(old[1] if old else None, secret, key)
            self.content[key] = (value, salt)

    def check(self) -> None:
        """Compare all that both say."""
        assert self.tree.root() == naive.state_root(self.content)
        assert len(self.tree) == len(self.content)
        assert list(self.tree.items()) == sorted(
            (key, salt) for key, (_, salt) in self.content.items()
        )


def check_proof(model: Model, key: bytes) -> TreeProof:
    """Prove a key and verify that, and only that."""
    proof, root = model.tree.prove(key), model.tree.root()
    value, salt = model.content.get(key, (None, b""))
    assert model.tree.salt(key) == (salt or None)
    assert verify_proof(root, key, value, salt, proof)
    assert not verify_proof(root, key, b"other", salt, proof)
    assert not verify_proof(root, key + b"!", value, salt, proof)
    assert not verify_proof(bytes([1] * 32), key, value, salt, proof)
    if value is not None:
        assert not verify_proof(root, key, None, b"", proof)
        assert not verify_proof(root, key, value, bytes(16), proof)
        assert not verify_proof(root, key, value, salt[:15], proof)
    return proof


histories = st.lists(
    st.tuples(
        st.dictionaries(
            st.integers(0, 400).map(key_of),
            st.none() | st.binary(max_size=3),
            max_size=150,
        ),
        st.binary(min_size=32, max_size=32),
    ),
    max_size=5,
)


@settings(max_examples=60, deadline=None)
@given(histories, st.lists(st.integers(0, 420), max_size=3))
def test_any_history(
    history: list[tuple[dict[bytes, bytes | None], bytes]], asked: list[int]
) -> None:
    """After each block the tree says what the naive definition says, and proves it."""
    model = Model()
    for changes, secret in history:
        model.update(changes, secret)
        model.check()
    for number in asked:
        check_proof(model, key_of(number))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1500), st.randoms(use_true_random=False))
def test_grow_and_shrink(size: int, random: Random) -> None:
    """Splits on the way up, merges on the way down, always the shape of the content."""
    model = Model()
    keys = [key_of(number) for number in range(size)]
    random.shuffle(keys)
    model.update(dict.fromkeys(keys, b"v"), SECRET)
    model.check()
    left = size
    while left:
        left //= 3
        model.update(dict.fromkeys(keys[left:]), SECRET)
        model.check()
    assert model.tree.root() == EMPTY


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 600), st.randoms(use_true_random=False))
def test_history_does_not_matter(size: int, random: Random) -> None:
    """Same keys, values and salts: same root, in whatever order loaded, and after a detour."""
    model = Model()
    model.update({key_of(number): b"v%d" % number for number in range(size)}, SECRET)
    items = [(key, value, salt) for key, (value, salt) in model.content.items()]
    random.shuffle(items)
    tree = StateTree.load(items)
    assert tree.root() == model.tree.root()
    detour = [b"detour%d" % number for number in range(300)]
    tree.update([(key, b"x") for key in detour], SECRET)
    tree.update([(key, None) for key in detour], SECRET)
    assert tree.root() == model.tree.root()
    assert list(tree.items()) == list(model.tree.items())
    assert len(tree) == size


def test_one_batch_or_many() -> None:
    """The same changes under the same secret in one call or in many give the same root."""
    keys = [key_of(number) for number in range(1000)]
    one, many = StateTree(), StateTree()
    one.update([(key, key) for key in keys], SECRET)
    for key in reversed(keys):
        many.update([(key, key)], SECRET)
    assert one.root() == many.root()


def test_split_and_merge_in_one_block() -> None:
    """A block that empties one part and fills another."""
    model = Model()
    model.update({key_of(number): b"v" for number in range(800)}, SECRET)
    changes: dict[bytes, bytes | None] = {key_of(number): None for number in range(790)}
    changes |= {b"n%d" % number: b"w" for number in range(900)}
    model.update(changes, SECRET)
    model.check()
    model.update(dict.fromkeys(list(model.content)[:-BUCKET_MAX]), SECRET)
    model.check()
    assert not check_proof(model, b"nobody").branches


def test_merging_climbs_as_far_as_it_must() -> None:
    """One block takes a tree of three levels down to one bucket."""
    model = Model()
    model.update({key_of(number): b"v" for number in range(4000)}, SECRET)
    assert len(check_proof(model, key_of(0)).branches) > 1
    model.update({key_of(number): None for number in range(30, 4000)}, SECRET)
    model.check()
    assert not check_proof(model, key_of(0)).branches


def test_a_key_that_is_there_cannot_be_shown_absent() -> None:
    """Not even with all the true nodes around it."""
    model = Model()
    model.update({key_of(number): b"v" for number in range(10)}, SECRET)
    true = model.tree.prove(b"absent")
    assert isinstance(true, Absence)
    for number in range(10):
        place = naive.digest(key_of(number))
        forged = Absence(place, true.branches, true.key_hashes, true.leaves)
        assert not verify_proof(model.tree.root(), key_of(number), None, b"", forged)


def test_a_crooked_tree_cannot_hide_a_key() -> None:
    """A builder who puts keys out of order, or where they do not belong, shows no absence."""
    hashes = sorted(naive.digest(key_of(number)) for number in range(3))
    leaves = b"\x01" * 96
    for order in ((1, 0, 2), (0, 0, 2)):
        packed = b"".join(hashes[at] for at in order)
        root = naive.digest(b"\x02", naive.digest(packed), leaves)
        shown = Absence(naive.digest(b"absent"), (), packed, leaves)
        assert not verify_proof(root, b"absent", None, b"", shown)
    place = naive.digest(b"absent")
    foreign = bytes([place[0] ^ 0x80]) + place[1:]
    bucket = naive.digest(b"\x02", naive.digest(foreign), leaves[:32])
    children = [bytes(32)] * 16
    children[place[0] >> 4] = bucket
    siblings = b"".join(children[: place[0] >> 4] + children[(place[0] >> 4) + 1 :])
    root = naive.digest(b"\x01", *children)
    shown = Absence(place, (siblings,), foreign, leaves[:32])
    assert not verify_proof(root, b"absent", None, b"", shown)


@pytest.mark.parametrize("size", [0, 1, BUCKET_MAX, BUCKET_MAX + 1, 3000])
def test_proofs(size: int) -> None:
    """Presence and absence in trees of every shape."""
    model = Model()
    model.update({key_of(number): b"v%d" % number for number in range(size)}, SECRET)
    for number in range(0, size, 97):
        assert isinstance(check_proof(model, key_of(number)), Inclusion)
    for number in range(size, size + 20):
        assert isinstance(check_proof(model, key_of(number)), Absence)


def test_absence_in_an_empty_place() -> None:
    """Where a branch has no child at all, the proof shows the empty place."""
    model = Model()
    model.update({key_of(number): b"v" for number in range(BUCKET_MAX + 1)}, SECRET)
    proofs = [check_proof(model, b"absent%d" % number) for number in range(300)]
    assert any(isinstance(proof, Absence) and not proof.leaves for proof in proofs)


def test_a_proof_tells_nothing_of_neighbours() -> None:
    """Neither keys, nor values, nor salts, nor guessable hashes of others are in a proof."""
    model = Model()
    model.update({key_of(number): b"v%d" % number for number in range(40)}, SECRET)
    shown = model.tree.prove(key_of(0))
    assert isinstance(shown, Inclusion)
    packed = b"".join((*shown.branches, shown.keys_digest, shown.leaves))
    for number in range(1, 40):
        key = key_of(number)
        value, salt = model.content[key]
        assert salt not in packed
        assert naive.digest(value) not in packed
        assert naive.digest(key) not in packed
        assert leaf_digest(key, value, salt) in packed


def test_putting_the_same_value_changes_the_salt() -> None:
    """An observer cannot tell that a value came back; the chain of salts is as defined."""
    tree = StateTree()
    tree.update([(b"k", b"v")], b"a" * 32)
    first = tree.salt(b"k")
    assert first == naive.next_salt(None, b"a" * 32, b"k")
    tree.update([(b"k", b"v")], b"b" * 32)
    assert tree.salt(b"k") == naive.next_salt(first, b"b" * 32, b"k")


def test_taking_out_what_is_absent_changes_nothing() -> None:
    """Also where there is no bucket to look in."""
    tree = StateTree()
    tree.update([(b"k", None)], SECRET)
    assert (tree.root(), len(tree), list(tree.items())) == (EMPTY, 0, [])
    tree.update([(b"k", b"v")], SECRET)
    root = tree.root()
    tree.update([(b"l", None)], SECRET)
    assert (tree.root(), len(tree)) == (root, 1)


@pytest.mark.parametrize(
    "items",
    [
        [(b"k", b"v", bytes(16)), (b"k", b"w", bytes(16))],
        [(b"k", b"v", bytes(15))],
    ],
)
def test_snapshots_that_are_none(items: list[tuple[bytes, bytes, bytes]]) -> None:
    """A key twice, a salt cut short."""
    with pytest.raises(ValueError, match=r"twice|salt"):
        StateTree.load(items)


def test_crooked_proofs() -> None:
    """Proofs out of shape are false, not errors."""
    model = Model()
    model.update({key_of(number): b"v" for number in range(500)}, SECRET)
    root, key = model.tree.root(), key_of(1)
    value, salt = model.content[key]
    good = model.tree.prove(key)
    assert isinstance(good, Inclusion)
    for branches, digest, leaves in (
        ((), good.keys_digest, good.leaves),
        ((*good.branches, *good.branches), good.keys_digest, good.leaves),
        (good.branches * 65, good.keys_digest, good.leaves),
        ((b"", *good.branches[1:]), good.keys_digest, good.leaves),
        (good.branches, b"", good.leaves),
        (good.branches, good.keys_digest, good.leaves[:-1]),
        (good.branches, good.keys_digest, good.leaves * 65),
        (good.branches, good.keys_digest, b""),
    ):
        assert not verify_proof(root, key, value, salt, Inclusion(branches, digest, leaves))
    gone = model.tree.prove(b"absent")
    assert isinstance(gone, Absence)
    assert gone.leaves
    swapped = gone.key_hashes[32:64] + gone.key_hashes[:32] + gone.key_hashes[64:]
    for branches, hashes, leaves in (
        (gone.branches, swapped, gone.leaves),
        (gone.branches, gone.key_hashes[32:], gone.leaves),
        (gone.branches, b"", b""),
        (gone.branches, gone.key_hashes[32:], gone.leaves[32:]),
        (gone.branches[1:], gone.key_hashes, gone.leaves),
    ):
        assert not verify_proof(
            root, b"absent", None, b"", Absence(gone.place, branches, hashes, leaves)
        )
    assert not verify_proof(root, b"absent", None, bytes(16), gone)
    elsewhere = Absence(bytes(32), gone.branches, gone.key_hashes, gone.leaves)
    assert not verify_proof(root, b"absent", None, b"", elsewhere)

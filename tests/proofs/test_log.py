# SPDX-License-Identifier: Apache-2.0
"""The log against the Certificate Transparency vectors and a naive reading of RFC 6962."""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lejar.proofs.log import (
    EMPTY_ROOT,
    Hashes,
    Log,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.proofs import naive

# the leaves and roots that certificate-transparency and transparency-dev/merkle test with
CT_LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
CT_ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
CT_PATH_0_OF_8 = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
CT_CONSISTENCY_6_8 = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]

LEAVES = [leaf_hash(number.to_bytes(2, "big")) for number in range(70)]
HASHES = Hashes(LEAVES)


def test_ct_roots() -> None:
    """Each size from 0 to 8 has the published root."""
    log, hashes = Log(), Hashes()
    for size, root in enumerate(CT_ROOTS):
        assert log.root().hex() == root
        assert root_of(hashes, size).hex() == root
        if size < len(CT_LEAVES):
            log.append(leaf_hash(CT_LEAVES[size]))
            hashes.append(leaf_hash(CT_LEAVES[size]))
    assert bytes.fromhex(CT_ROOTS[0]) == EMPTY_ROOT


def test_ct_proofs() -> None:
    """The published audit path and consistency proof come out, and verify."""
    hashes = Hashes(leaf_hash(leaf) for leaf in CT_LEAVES)
    path = inclusion_proof(hashes, 0, 8)
    assert [digest.hex() for digest in path] == CT_PATH_0_OF_8
    steps = consistency_proof(hashes, 6, 8)
    assert [digest.hex() for digest in steps] == CT_CONSISTENCY_6_8
    roots = [bytes.fromhex(root) for root in CT_ROOTS]
    assert verify_inclusion(leaf_hash(b""), 0, 8, path, roots[8])
    assert verify_consistency(6, roots[6], 8, roots[8], steps)


def test_all_proofs_of_small_logs() -> None:
    """Proofs equal the RFC's recursive definitions and verify, for every pair up to 70."""
    roots = [naive.log_root(LEAVES[:size]) for size in range(len(LEAVES) + 1)]
    for size in range(1, len(LEAVES) + 1):
        for index in range(size):
            path = inclusion_proof(HASHES, index, size)
            assert list(path) == naive.audit_path(index, LEAVES[:size])
            assert verify_inclusion(LEAVES[index], index, size, path, roots[size])
        for first in range(1, size + 1):
            steps = consistency_proof(HASHES, first, size)
            assert list(steps) == naive.subproof(first, LEAVES[:size], whole=True)
            assert verify_consistency(first, roots[first], size, roots[size], steps)


@given(st.integers(1, 70), st.data())
def test_changed_inclusion_proofs_fail(size: int, data: st.DataObject) -> None:
    """Another leaf, index, root, or a proof cut, lengthened or changed does not verify."""
    index = data.draw(st.integers(0, size - 1))
    path, root = inclusion_proof(HASHES, index, size), root_of(HASHES, size)
    other = data.draw(st.integers(0, 69).filter(lambda number: number != index))
    assert not verify_inclusion(LEAVES[other], index, size, path, root)
    assert not verify_inclusion(LEAVES[index], other, size, path, root)
    assert not verify_inclusion(LEAVES[index], index, size, (*path, root), root)
    assert not verify_inclusion(LEAVES[index], index, size, path, bytes(32))
    assert not verify_inclusion(LEAVES[index], -1, size, path, root)
    for at in range(len(path)):
        assert not verify_inclusion(LEAVES[index], index, size, path[:at], root)
        changed = (*path[:at], bytes(32), *path[at + 1 :])
        assert not verify_inclusion(LEAVES[index], index, size, changed, root)
        short = (*path[:at], path[at][:31], *path[at + 1 :])
        assert not verify_inclusion(LEAVES[index], index, size, short, root)


@given(st.integers(1, 69), st.data())
def test_changed_consistency_proofs_fail(first: int, data: st.DataObject) -> None:
    """Another root on either side, or a proof cut, lengthened or changed does not verify."""
    second = data.draw(st.integers(first + 1, 70))
    old, new = root_of(HASHES, first), root_of(HASHES, second)
    steps = consistency_proof(HASHES, first, second)
    assert not verify_consistency(first, bytes(32), second, new, steps)
    assert not verify_consistency(first, old, second, bytes(32), steps)
    assert not verify_consistency(first, old, second, new, (*steps, new))
    assert not verify_consistency(second, old, first, new, steps)
    for at in range(len(steps)):
        assert not verify_consistency(first, old, second, new, steps[:at])
        changed = (*steps[:at], bytes(32), *steps[at + 1 :])
        assert not verify_consistency(first, old, second, new, changed)


def test_a_proof_for_another_size_fails() -> None:
    """Where the hashes would come out, the size still tells: the path must end at the root."""
    one, two = LEAVES[0], root_of(HASHES, 2)
    assert not verify_inclusion(one, 0, 2, (), one)
    assert not verify_inclusion(one, 0, 1, (LEAVES[1],), two)
    assert not verify_inclusion(LEAVES[1], 0, 1, (one,), two)
    assert verify_consistency(1, one, 2, two, (LEAVES[1],))
    assert not verify_consistency(1, one, 3, two, (LEAVES[1],))
    assert not verify_consistency(1, one, 2, one, ())
    three = root_of(HASHES, 3)
    steps = consistency_proof(HASHES, 1, 3)
    assert verify_consistency(1, one, 3, three, steps)
    assert not verify_consistency(1, one, 2, three, steps)


def test_edges_of_consistency() -> None:
    """Empty first trees and equal trees take the empty proof only."""
    root = root_of(HASHES, 5)
    assert consistency_proof(HASHES, 0, 5) == ()
    assert consistency_proof(HASHES, 5, 5) == ()
    assert verify_consistency(0, EMPTY_ROOT, 5, root, ())
    assert not verify_consistency(0, root, 5, root, ())
    assert not verify_consistency(0, EMPTY_ROOT, 5, root, (root,))
    assert verify_consistency(5, root, 5, root, ())
    assert not verify_consistency(5, root, 5, EMPTY_ROOT, ())
    assert not verify_consistency(5, root, 5, root, (root,))
    assert not verify_consistency(3, root, 5, root, ())


def test_a_node_is_not_a_leaf() -> None:
    """An inner node cannot pass as a leaf: leaf and node hashes have other prefixes."""
    left, right = LEAVES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)


@settings(max_examples=50)
@given(st.integers(0, 600), st.integers(0, 600))
def test_resume(before: int, after: int) -> None:
    """A log resumed from its frontier goes on as if never stopped."""
    leaves = [leaf_hash(number.to_bytes(2, "big")) for number in range(before + after)]
    log = Log()
    log.extend(leaves[:before])
    resumed = Log.resume(log.size, log.frontier())
    resumed.extend(leaves[before:])
    assert resumed.size == before + after
    assert resumed.root() == naive.log_root(leaves)


def test_what_cannot_be() -> None:
    """A frontier that does not fit its size, and proofs about leaves that are not there."""
    wrongs: tuple[Callable[[], object], ...] = (
        lambda: Log.resume(3, [bytes(32)]),
        lambda: Log.resume(1, [bytes(31)]),
        lambda: Log.resume(-1, [bytes(32)]),
        lambda: inclusion_proof(HASHES, 5, 5),
        lambda: inclusion_proof(HASHES, -1, 5),
        lambda: consistency_proof(HASHES, 6, 5),
    )
    for wrong in wrongs:
        with pytest.raises(ValueError, match=r"log|frontier|leaf|prefix"):
            wrong()

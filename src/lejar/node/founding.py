# SPDX-License-Identifier: Apache-2.0
"""What a data folder begins with: the genesis as bytes, and the keys the node signs with.

Every process of a node opens the same folder; this is where they learn which network it is.
"""

from pathlib import Path
from typing import Final

from lejar.kernel.codec import decode, encode
from lejar.kernel.failure import Malformed
from lejar.kernel.genesis import Genesis
from lejar.node.config import ConfigProblem
from lejar.node.keys import KeyFolder
from lejar.node.signing import NodeSigner
from lejar.proofs.checkpoint import COSIGNATURE, MalformedNote, Signer, VerifierKey, parse_key

GENESIS_NAME: Final = "genesis"
PUBLISHED_NAME: Final = "published-keys.txt"
NODE_KEY: Final = "node"
LOG_KEY: Final = "log"
WITNESS_PREFIX: Final = "witness-"
ORIGIN_PREFIX: Final = "lejar/"


def read_genesis(home: Path) -> Genesis:
    """Read the network's beginning; raises `ConfigProblem` when there is none."""
    path = home / GENESIS_NAME
    try:
        found: Genesis = decode(path.read_bytes(), Genesis)
        return found
    except FileNotFoundError:
        raise ConfigProblem(
            f"There is no network in {home}: it has no file '{GENESIS_NAME}'. "
            "`lejar up --demo` founds a demonstration."
        ) from None
    except Malformed as malformed:
        raise ConfigProblem(f"{path} is not a genesis: {malformed}") from None


def write_genesis(home: Path, genesis: Genesis) -> None:
    """Write the network's beginning, once."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = home / GENESIS_NAME
    if path.exists():
        raise ConfigProblem(f"{home} holds a network already; name another data folder.")
    fresh = path.with_suffix(".new")
    fresh.write_bytes(encode(genesis))
    fresh.replace(path)


def origin_of(genesis: Genesis) -> str:
    """Name the log: its origin line in checkpoints."""
    return ORIGIN_PREFIX + "-".join(genesis.name.lower().split())


def node_signer(home: Path, genesis: Genesis) -> NodeSigner:
    """Take the node's keys from their files: its party's, its log's, and witnesses' it keeps."""
    keys = KeyFolder(home)
    node = keys.read(NODE_KEY)
    log = Signer(origin_of(genesis), keys.read(LOG_KEY).secret)
    witnesses = tuple(
        Signer(name.removeprefix(WITNESS_PREFIX), keys.read(name).secret, COSIGNATURE)
        for name in keys.names()
        if name.startswith(WITNESS_PREFIX)
    )
    return NodeSigner(node.party_id, node.secret, log, witnesses)


def publish_keys(home: Path, keys: tuple[VerifierKey, ...]) -> None:
    """Write the public keys that check this node's checkpoints, one a line."""
    path = home / PUBLISHED_NAME
    fresh = path.with_suffix(".new")
    fresh.write_text("".join(f"{key.text}\n" for key in keys), encoding="utf-8")
    fresh.replace(path)


def published_keys(path: Path) -> tuple[VerifierKey, ...]:
    """Read public keys, one a line; raises `ConfigProblem`."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return tuple(parse_key(line.strip()) for line in lines if line.strip())
    except FileNotFoundError:
        raise ConfigProblem(f"There are no published keys at {path}.") from None
    except (MalformedNote, UnicodeDecodeError) as error:
        raise ConfigProblem(f"{path} does not hold published keys: {error}.") from None

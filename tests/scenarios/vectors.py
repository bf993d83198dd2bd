# SPDX-License-Identifier: Apache-2.0
"""The bytes of scenarios, written down: a reference for other implementations, a guard for us.

One file for each scenario file.  A scenario follows on a usual market, so its vector names that one
instead of repeating it.
"""

import base64
import json
from pathlib import Path
from typing import Any, Final

from lejar.kernel.codec import encode
from tests.scenarios.language import Scenario
from tests.scenarios.network import Network, founding
from tests.scenarios.play import Play
from tests.scenarios.runner import MARKET, ROOT, market, played

VECTORS: Final = ROOT.parent / "vectors"
KINDS: Final[tuple[Network, ...]] = ("consenting", "demonstration", "production", "test")


def path_of(scenario_file: str) -> Path:
    """Give the vector file of a scenario file."""
    return (VECTORS / scenario_file).with_suffix(".json")


def market_vectors() -> dict[str, Any]:
    """Give the usual market on each kind of network, with its genesis."""
    found: dict[str, Any] = {}
    for kind in KINDS:
        play = played(market(), kind)
        found[kind] = {
            "genesis": _written(encode(founding(kind))),
            "network": play.network.hex(),
            "blocks": _blocks(play, 0),
        }
    return found


def scenario_vectors(scenarios: list[Scenario]) -> dict[str, Any]:
    """Give what each scenario of one file ordered, and the digests of its receipts."""
    found: dict[str, Any] = {}
    for scenario in scenarios:
        play = played(scenario)
        found[scenario.title] = {
            "follows": f"{MARKET.stem}.json#{play.kind}",
            "blocks": _blocks(play, play.market_blocks),
        }
    return found


def text_of(vectors: dict[str, Any]) -> str:
    """Write a file's vectors with one envelope a line."""
    return json.dumps(vectors, indent=1, ensure_ascii=False) + "\n"


def _blocks(play: Play, begun: int) -> list[dict[str, Any]]:
    return [
        {
            "at": block.at,
            "envelopes": [_written(data) for data in block.envelopes],
            "receipts": [digest.hex() for digest in digests],
        }
        for block, digests in zip(play.blocks[begun:], play.digests[begun:], strict=True)
    ]


def _written(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")

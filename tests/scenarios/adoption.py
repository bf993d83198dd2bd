# SPDX-License-Identifier: Apache-2.0
"""Packs in scenarios: `AdoptPack my only=[my.ticket]` adopts some rules of a made-up pack.

They are written in `packs/`, in the form of the shipped ones, one rule of each kind.
"""

from functools import cache
from pathlib import Path
from typing import Final

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.domain.policy.commands import AdoptPack
from lejar.domain.policy.pack import Pack
from lejar.reference.packs import read_pack
from tests.scenarios.language import Item, Sequence
from tests.scenarios.values import Reading

FOLDER: Final = Path(__file__).parent / "packs"
USUAL_BASIS: Final = LegalBasis("Rules of the test market")


@cache
def pack(jurisdiction: str) -> Pack:
    """Read a made-up pack."""
    return read_pack(FOLDER / jurisdiction)


def adoption(read: Reading, fields: tuple[Item, ...]) -> AdoptPack:
    """Read `AdoptPack JURISDICTION [only=[rule …]] [version=…] [basis=(…)]`."""
    if not fields or not (FOLDER / fields[0].word).is_dir() or not fields[0].word:
        read.place.fail("write: AdoptPack JURISDICTION [only=[rule …]] [version=…]")
    command = AdoptPack(pack(fields[0].word), USUAL_BASIS)
    for item in fields[1:]:
        if item.name == "only":
            made = _only(read, command.pack, item)
            command = msgspec.structs.replace(command, pack=made)
        elif item.name == "version":
            version = read.field(Pack, "version", item.value)
            made = msgspec.structs.replace(command.pack, version=str(version))
            command = msgspec.structs.replace(command, pack=made)
        else:
            basis = read.field(AdoptPack, item.name, item.value)
            command = msgspec.structs.replace(command, **{item.name: basis})
    return command


def _only(read: Reading, whole: Pack, item: Item) -> Pack:
    """Leave out all rules but those that are named, in the pack's order."""
    if not isinstance(item.value, Sequence):
        read.place.fail("write: only=[rule …]")
    wanted = [one.word for one in item.value.items]
    unknown = [one for one in wanted if one not in [rule.id for rule in whole.rules]]
    if unknown:
        read.place.fail(f"the pack has no rule {', '.join(unknown)}")
    rules = tuple(rule for rule in whole.rules if rule.id in wanted)
    return msgspec.structs.replace(whole, rules=rules)

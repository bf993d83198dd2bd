# SPDX-License-Identifier: Apache-2.0
"""The directory of the demonstration's banks, so that messages can be tried on it at once.

The BICs are made up: no bank has them.
"""

from typing import Final

from lejar.cli.demonstration.cast import BANKS, client_account_of
from lejar.cli.demonstration.world import World
from lejar.cli.messaging.opening import DIRECTORY, FOLDER
from lejar.kernel import identifiers

HUB_BIC: Final = "LJDHMYKLXXX"
BICS: Final = {"bank-one": "LJDAMYKLXXX", "bank-two": "LJDBMYKLXXX"}


def write_directory(world: World) -> None:
    """Write it beside the keys, unless somebody has one there."""
    path = world.home / FOLDER / DIRECTORY
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(directory_text(world), encoding="utf-8")
    fresh.replace(path)


def directory_text(world: World) -> str:
    """Give the banks with their client accounts, on which their customers' money is."""
    entries = [f'# Whom messages name. The BICs are made up.\nhub = "{HUB_BIC}"\n']
    for bank in BANKS:
        party = identifiers.show("party", world.party(bank.name))
        account = identifiers.show("account", world.id(client_account_of(bank.name)))
        entries.append(
            f'[[party]]  # {bank.en}\nparty = "{party}"\nbic = "{BICS[bank.name]}"\n'
            f'account = "{account}"\n'
        )
    return "\n".join(entries)

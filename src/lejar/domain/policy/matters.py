# SPDX-License-Identifier: Apache-2.0
"""What policy's privileged commands are about and act on: what consent needs to know of them."""

from lejar.domain.policy import commands


def matter_of_status(command: commands.GrantStatus) -> str:
    """A licence is another matter than a class of investor: others must agree to it."""
    return command.status.partition(".")[0]


def status_of(command: commands.GrantStatus) -> bytes:
    """A grant acts on one status of one party."""
    return command.subject + command.status.encode()


def pack_of(command: commands.AdoptPack) -> bytes:
    """An adoption acts on one jurisdiction's pack: of several proposed versions one comes first."""
    return command.pack.jurisdiction.encode()


def name_of(command: commands.BindName | commands.SetSwitch) -> bytes:
    """A name and a switch are each one thing."""
    return command.name.encode()

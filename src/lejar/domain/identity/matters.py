# SPDX-License-Identifier: Apache-2.0
"""What identity's privileged commands are about and act on: what consent needs to know of them."""

from lejar.domain.identity import commands

LICENCE = "licence"


def matter_of_credential(command: commands.GrantCredential) -> str:
    """A licence is a matter of its own: others must agree to it than to an investor's class."""
    return LICENCE if command.credential.startswith(f"{LICENCE}.") else ""


def credential_of(command: commands.GrantCredential) -> bytes:
    """A grant acts on one type of credential of one party."""
    return command.subject + command.credential.encode()


def power_of(command: commands.GrantPower | commands.RevokePower) -> bytes:
    """A grant or its end acts on one power of one party."""
    return command.party + command.power.encode()

# SPDX-License-Identifier: Apache-2.0
"""What identity's privileged commands are about and act on: what consent needs to know of them."""

from lejar.domain.identity import commands


def credential_of(command: commands.GrantCredential) -> bytes:
    """A grant acts on one type of credential of one party."""
    return command.subject + command.credential.encode()


def power_of(command: commands.GrantPower | commands.RevokePower) -> bytes:
    """A grant or its end acts on one power of one party."""
    return command.party + command.power.encode()

# SPDX-License-Identifier: Apache-2.0
"""A group of commands, each imported when it is used, so that help is instant."""

from collections.abc import Mapping
from importlib import import_module
from typing import ClassVar

import click


class Deferred(click.Group):
    """Commands by name; a group of its own says in which module each is called `command`."""

    modules: ClassVar[Mapping[str, str]] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's name
        """Give the names in the order in which a newcomer meets them."""
        return list(self.modules)

    def get_command(
        self,
        ctx: click.Context,  # noqa: ARG002  # click's name
        cmd_name: str,
    ) -> click.Command | None:
        """Import one command."""
        if cmd_name not in self.modules:
            return None
        command: click.Command = import_module(self.modules[cmd_name]).command
        return command

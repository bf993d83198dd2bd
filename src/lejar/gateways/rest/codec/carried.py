# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - types made at run time have no name that a checker could know
"""A command inside a command, as people write it; its canonical bytes are what is signed.

A proposal carries a whole command.  It is written like any other, `{"command", "arguments"}`, and
shown again from its bytes, so that what one agrees to can be read.
"""

from collections.abc import Callable
from typing import Annotated, Any

import msgspec

from lejar.assembly import MACHINE
from lejar.gateways.rest.codec.form import Form, Json
from lejar.gateways.rest.codec.readers import read_json
from lejar.gateways.rest.codec.scalars import show_base64
from lejar.kernel.codec import encode
from lejar.kernel.failure import Malformed
from lejar.kernel.module import Verb

Forms = Callable[..., Form]
"""What gives the form of a type; it is handed in, because it needs this module itself."""

UNREADABLE = ""
"""The name of a command that no version reads any more; its arguments are its bytes in base64."""


class CarriedCommand(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A command that another one carries, written like any command."""

    command: Annotated[str, msgspec.Meta(max_length=100)]
    arguments: msgspec.Raw


def carried_form(form_of: Forms) -> Form:
    """Give the form of a carried command's bytes."""

    def read(given: CarriedCommand, place: str) -> bytes:
        return _read(given, place, form_of)

    def show(data: bytes) -> Json:
        return _show(data, form_of)

    return Form(CarriedCommand, read, show)


def command_of(verb: Verb, arguments: msgspec.Raw, place: str, form_of: Forms) -> Any:
    """Read a command's arguments; what a form cannot say, the core's type does."""
    form = form_of(verb.command, tagged=False)
    command = form.read(read_json(arguments, form.type, place), place)
    return MACHINE.read_command(encode(command))


def _read(given: CarriedCommand, place: str, form_of: Forms) -> bytes:
    verb = MACHINE.verb_named(given.command)
    if verb is None:
        raise Malformed(f"There is no command '{given.command}' - at `{place}.command`")
    if verb.carries is not None:  # else one text could hold commands in commands without end
        raise Malformed(f"'{verb.name}' cannot be carried itself - at `{place}.command`")
    return encode(command_of(verb, given.arguments, f"{place}.arguments", form_of))


def _show(data: bytes, form_of: Forms) -> Json:
    try:
        command = MACHINE.read_command(data)
    except Malformed:
        return {"command": UNREADABLE, "arguments": show_base64(data)}
    verb = MACHINE.verbs[type(command)]
    if verb.carries is not None:
        return {"command": UNREADABLE, "arguments": show_base64(data)}
    shown = form_of(verb.command, tagged=False).show(command)
    return {"command": verb.name, "arguments": shown}

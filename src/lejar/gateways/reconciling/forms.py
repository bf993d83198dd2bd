# SPDX-License-Identifier: Apache-2.0
"""The forms in which outside ledgers send what they have, told apart by how a file begins."""

from collections.abc import Callable
from typing import Final, TypeAlias

from lejar.gateways.reconciling.iso20022 import read_message
from lejar.gateways.reconciling.outside import Outside, read_json
from lejar.kernel.failure import Malformed

Reader: TypeAlias = Callable[[bytes], Outside]

READERS: Final[tuple[tuple[bytes, str, Reader], ...]] = (
    (b"{", "JSON", read_json),
    (b"<", "camt.053 or semt.002", read_message),
)
"""How a file begins, what its form is called, and who reads it."""

MARK: Final = b"\xef\xbb\xbf"
"""Some programs write it before UTF-8."""


def read_outside(data: bytes) -> Outside:
    """Read a statement or holdings in any form that is known here."""
    beginning = data.removeprefix(MARK).lstrip()
    for first, _, read in READERS:
        if beginning.startswith(first):
            return read(data)
    known = ", ".join(name for _, name, _ in READERS)
    raise Malformed(f"This is in no form that is read here ({known}).")

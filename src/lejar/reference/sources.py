# SPDX-License-Identifier: Apache-2.0
"""The `[source]` table that every pack file has.

Why one table for all: whoever reads a figure wants to know where it was read, how good that place
is, and whether anyone has checked; the answer must not depend on the kind of file.
"""

from typing import Final

import msgspec

from lejar.domain.instruments import Source, SourceClass
from lejar.reference.pack_files import PackFile

WEAK: Final = (SourceClass.WEAK, SourceClass.UNVERIFIED)


class SourceTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The table as written; `Source` says what the fields mean."""

    reference: str
    source_class: SourceClass
    collected: str
    verified: bool


def source_of(file: PackFile, written: SourceTable, *, table: str = "source") -> Source:
    """The `table` as the domain's record. Raises PackError for a weak source called verified."""
    if written.verified and written.source_class in WEAK:
        raise file.error(f"{table}.verified", f"class {written.source_class} cannot be verified")
    keys = {name: f"{table}.{name}" for name in SourceTable.__struct_fields__}
    return file.record(Source, msgspec.structs.asdict(written), keys)

# SPDX-License-Identifier: Apache-2.0
"""The legal basis of a rule, a proposal or a directive: where it is written.

It cites; it holds no text and no personal data.  A part that nobody could read is none.
"""

import datetime
from typing import Annotated

import msgspec

from lejar.kernel.codec import Record

Citation = Annotated[str, msgspec.Meta(min_length=1, max_length=240, pattern=r"\A[^\x00-\x1f]+\Z")]
Link = Annotated[str, msgspec.Meta(max_length=240, pattern=r"\Ahttps://[\x21-\x7e]+\Z")]
Document = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class LegalBasis(Record, frozen=True):
    """An instrument of law or a rule of the hub, and the place in it."""

    instrument: Citation
    """Act, order, guideline or terms, as it is cited."""
    clause: Citation | None = None
    dated: datetime.date | None = None
    link: Link | None = None
    document: Document | None = None
    """SHA-256 of the document, which stays outside."""

    def cited(self) -> str:
        """Write it on one line."""
        parts = [self.instrument]
        if self.clause is not None:
            parts.append(self.clause)
        if self.dated is not None:
            parts.append(self.dated.isoformat())
        return ", ".join(parts)

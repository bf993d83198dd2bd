# SPDX-License-Identifier: Apache-2.0
"""The pages' reads, over the projections: one file a subject, one snapshot a page.

A page is answered from one snapshot of the database, so that everything on it stands at the same
entry.  What a reader may not see is never put into the view.
"""

from lejar.web.reading.proofs import Proofs
from lejar.web.reading.reads import SqlReads

__all__ = ["Proofs", "SqlReads"]

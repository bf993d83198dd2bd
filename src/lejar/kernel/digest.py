# SPDX-License-Identifier: Apache-2.0
"""SHA-256 and what we name by it.

Every derived value has a domain-separation prefix, so that a digest made for one purpose can never
be mistaken for another.
"""

import hashlib
from typing import NewType

Digest = NewType("Digest", bytes)

ZERO = Digest(bytes(32))


def sha256(data: bytes) -> Digest:
    """Give the 32-byte SHA-256 digest."""
    return Digest(hashlib.sha256(data).digest())

# SPDX-License-Identifier: Apache-2.0
"""Ed25519, by PyNaCl (libsodium), and nothing else.

The only file of the kernel that may import it.  One library is pinned because two may differ on odd
signatures; libsodium refuses non-canonical encodings and points of small order.  Verification is
stateless: it is done beside the apply loop, and says nothing about who may act.
"""

from nacl import bindings
from nacl.exceptions import BadSignatureError

from lejar.kernel.failure import Malformed

SIGNATURE_BYTES = 64
KEY_BYTES = 32
SEED_BYTES = 32

_open = bindings.crypto_sign_open


def is_valid(message: bytes, signature: bytes, public_key: bytes) -> bool:
    """Say whether the signature on the message was made by the key's holder."""
    try:
        _open(signature + message, public_key)
    except (BadSignatureError, ValueError, TypeError):
        return False
    return True


def public_key_of(seed: bytes) -> bytes:
    """Give the public key of a 32-byte secret seed."""
    if len(seed) != SEED_BYTES:
        raise Malformed(f"A signing seed has {SEED_BYTES} bytes; this had {len(seed)}.")
    public, _ = bindings.crypto_sign_seed_keypair(seed)
    return bytes(public)


def sign(message: bytes, seed: bytes) -> bytes:
    """Sign a message with a 32-byte secret seed; gives 64 bytes."""
    _, secret = bindings.crypto_sign_seed_keypair(seed)
    return bytes(bindings.crypto_sign(message, secret)[:SIGNATURE_BYTES])

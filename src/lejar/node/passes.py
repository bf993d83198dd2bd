# SPDX-License-Identifier: Apache-2.0
"""A pass: how a reader proves which party it is, without a password and without a session.

A party's key signs `[1, network, party, key, valid_until]`; the pass is that and the signature in
base64url.  Pure functions: whether the key is the party's today is asked of the projections, and
the moment comes from the caller.  REST takes a pass as a header, the pages keep it in a cookie.
"""

import base64
import binascii
from typing import Annotated, Final

import msgspec

from lejar.kernel import signature
from lejar.kernel.codec import Record, decoder, encode
from lejar.kernel.envelope import Id, Instant, Key, Signature
from lejar.kernel.failure import Malformed
from lejar.kernel.moment import MICROS_PER_HOUR

FORMAT: Final = 1
PREFIX: Final = b"lejar/pass/1\n"
VALIDITY_MAX: Final = 12 * MICROS_PER_HOUR
TEXT_MAX: Final = 512
"""A pass has about 240 characters; more is not worth decoding."""


class Claim(Record, frozen=True):
    """What the signature covers, after the prefix."""

    format: Annotated[int, msgspec.Meta(ge=FORMAT, le=FORMAT)]
    network: Id
    party: Id
    key: Key
    valid_until: Instant


class Pass(Record, frozen=True):
    """A claim and its signature, in one row."""

    format: Annotated[int, msgspec.Meta(ge=FORMAT, le=FORMAT)]
    network: Id
    party: Id
    key: Key
    valid_until: Instant
    signature: Signature

    @property
    def claim(self) -> Claim:
        """What was signed."""
        return Claim(self.format, self.network, self.party, self.key, self.valid_until)


class PassRefused(Exception):
    """A pass does not hold; `code` is a problem of REST and words of the sign-in page."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


read_pass = decoder(Pass)


def make(network: bytes, party: bytes, seed: bytes, valid_until: int) -> str:
    """Sign a pass with a 32-byte secret seed; gives its text."""
    claim = Claim(FORMAT, network, party, signature.public_key_of(seed), valid_until)
    signed = signature.sign(PREFIX + encode(claim), seed)
    return written(Pass(FORMAT, network, party, claim.key, valid_until, signed))


def written(pass_: Pass) -> str:
    """Give the text of a pass: base64url without padding."""
    return base64.urlsafe_b64encode(encode(pass_)).decode("ascii").rstrip("=")


def verify(text: str, network: bytes, now: int) -> Pass:
    """Check the form, the network, the time and the arithmetic, or raise `PassRefused`.

    The caller still asks whether the key is the party's, and the party open.
    """
    pass_ = _read(text)
    if pass_.network != network:
        raise PassRefused("pass_foreign")
    if pass_.valid_until <= now:
        raise PassRefused("pass_expired")
    if pass_.valid_until > now + VALIDITY_MAX:
        raise PassRefused("pass_too_long")
    if not signature.is_valid(PREFIX + encode(pass_.claim), pass_.signature, pass_.key):
        raise PassRefused("pass_invalid")
    return pass_


def _read(text: str) -> Pass:
    if len(text) > TEXT_MAX:
        raise PassRefused("pass_invalid")
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        pass_: Pass = read_pass(data)
    except (binascii.Error, ValueError, Malformed):
        raise PassRefused("pass_invalid") from None
    if written(pass_) != text:
        raise PassRefused("pass_invalid")
    return pass_

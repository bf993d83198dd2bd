# SPDX-License-Identifier: Apache-2.0
"""Three of the four ways to fail; the fourth, `Refused`, has a file of its own.

Each failure has one fate, so that no caller has to guess: bad bytes are answered at the gateway,
a broken invariant stops the node, an unavailable world is tried again with the same command id.
"""


class Malformed(Exception):
    """The sender's bytes are not what they claim to be; answered at the gateway, never ordered."""


class Broken(Exception):
    """Our own program is wrong; the node stops and seals nothing more."""


class Unavailable(Exception):
    """The world did not answer; the caller retries with the same command id."""


def must(condition: object, sentence: str) -> None:
    """Stop the node unless the condition holds; unlike `assert`, `python -O` keeps it."""
    if not condition:
        raise Broken(sentence)

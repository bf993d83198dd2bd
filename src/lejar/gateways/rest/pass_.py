# SPDX-License-Identifier: Apache-2.0
"""Passes, as this room takes them; they live in `lejar.node`, for the pages take them too."""

from lejar.node.passes import (
    FORMAT,
    PREFIX,
    TEXT_MAX,
    VALIDITY_MAX,
    Claim,
    Pass,
    PassRefused,
    make,
    read_pass,
    verify,
    written,
)

__all__ = [
    "FORMAT",
    "PREFIX",
    "TEXT_MAX",
    "VALIDITY_MAX",
    "Claim",
    "Pass",
    "PassRefused",
    "make",
    "read_pass",
    "verify",
    "written",
]

# SPDX-License-Identifier: Apache-2.0
"""What words of the packs stand for from the beginning: agencies, above all."""

from lejar.domain.policy.book import Bound, write_book
from lejar.kernel.codec import Record
from lejar.kernel.draft import Draft
from lejar.kernel.genesis import Genesis


class PolicySection(Record, frozen=True):
    """Policy's part of the genesis."""

    bound: tuple[Bound, ...]


def found_policy(draft: Draft, genesis: Genesis) -> None:
    """Write the names, where the genesis has any."""
    section = genesis.section("policy", PolicySection)
    if section is not None:
        write_book(draft, bound=tuple(sorted(section.bound, key=lambda one: one.name)))

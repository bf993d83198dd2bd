# SPDX-License-Identifier: Apache-2.0
"""Reference data from packs, read into the domain's terms.

Why a room of its own: packs are files, and the domain reads no files. This room reads them
strictly, says where a file is wrong, and hands on records that a command can carry.
"""

from lejar.reference.calendar import NamedHoliday, PublishedCalendar, calendar
from lejar.reference.facts import Fact, facts
from lejar.reference.fields import Fields
from lejar.reference.instruments import Incomplete, Listing, listing, listings, missing, terms
from lejar.reference.pack_files import PackError
from lejar.reference.packs import jurisdictions, read_pack, shipped_pack
from lejar.reference.rules.places import PackErrors

__all__ = [
    "Fact",
    "Fields",
    "Incomplete",
    "Listing",
    "NamedHoliday",
    "PackError",
    "PackErrors",
    "PublishedCalendar",
    "calendar",
    "facts",
    "jurisdictions",
    "listing",
    "listings",
    "missing",
    "read_pack",
    "shipped_pack",
    "terms",
]

# SPDX-License-Identifier: Apache-2.0
"""Deadlines: what must be done within a time, once something has happened."""

import enum
from typing import Annotated

import msgspec

from lejar.domain.policy.kinds.form import Spec


class TimeUnit(enum.StrEnum):
    """In what a time is counted."""

    HOURS = "hours"
    DAYS = "days"
    BUSINESS_DAYS = "business_days"
    MONTHS = "months"


class Deadline(Spec, frozen=True, tag="deadline"):
    """An obligation is discharged within a time of what opened it; late is recorded as late."""

    within: Annotated[int, msgspec.Meta(ge=1, le=3_660)] | None
    unit: TimeUnit
    repeats: bool = False
    """Whether the next one opens when this one ends: reports come year after year."""

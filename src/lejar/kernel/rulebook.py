# SPDX-License-Identifier: Apache-2.0
"""Which machine is in force at an entry, so that old journals replay to the same digests.

An upgrade adds an era; the functions of the era before stay, named `…_until_<era>`, and
`tests/journals/` keeps journals of every past era.
"""

from dataclasses import dataclass

from lejar.kernel.failure import must
from lejar.kernel.module import Machine


@dataclass(frozen=True, slots=True)
class Era:
    """A machine, and the first entry that it rules."""

    from_entry: int
    machine: Machine


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The eras of a network, the earliest first."""

    eras: tuple[Era, ...]

    def __post_init__(self) -> None:
        starts = [era.from_entry for era in self.eras]
        must(starts and starts[0] == 1, "the first era of a rulebook rules entry 1")
        must(starts == sorted(dict.fromkeys(starts)), "the eras of a rulebook stand in order")

    def at(self, entry: int) -> Machine:
        """Give the machine that rules an entry; a block is ruled by its first entry's."""
        found = self.eras[0].machine
        for era in self.eras:
            if era.from_entry <= entry:
                found = era.machine
        return found

    @property
    def newest(self) -> Machine:
        """The machine of the last era: the one that reads and explains."""
        return self.eras[-1].machine


def single(machine: Machine) -> Rulebook:
    """A rulebook of one era."""
    return Rulebook((Era(1, machine),))

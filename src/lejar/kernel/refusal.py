# SPDX-License-Identifier: Apache-2.0
"""Why not: the rules' answer when nobody is wrong but the act may not be done.

Each module has one table; the order of its members is their precedence.  A row carries what a
person needs: the sentence and the remedy in English and Malay, and the basis of the rule.
"""

import enum
from typing import TypeAlias

from lejar.kernel.codec import Record

Fact: TypeAlias = int | str | bytes | None


class Row(Record, frozen=True):
    """What a refusal says to the person refused."""

    sentence: str
    sentence_ms: str
    remedy: str
    remedy_ms: str
    basis: str


def row(
    sentence: str,
    sentence_ms: str,
    *,
    remedy: str,
    remedy_ms: str,
    basis: str = "Rules of the hub",
) -> Row:
    """Write one line of a refusal table."""
    return Row(sentence, sentence_ms, remedy, remedy_ms, basis)


class RefusalTable(enum.Enum):
    """The base of every module's table of refusals, in order of precedence."""

    @property
    def code(self) -> str:
        """The stable word that programs compare."""
        return self.name.lower()

    @property
    def row(self) -> Row:
        """The sentences."""
        value: Row = self.value
        return value


class Refused(Exception):
    """The rules say no; journaled as a receipt, the same on every node."""

    def __init__(self, refusal: RefusalTable, **facts: Fact) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={_shown(value)}" for name, value in sorted(self.facts.items()))
        return f"{self.refusal.code}: {self.refusal.row.sentence} [{told}]"


def refuse_if(refused: Refused | None) -> None:
    """Turn a rule's answer into the refusal it asks for."""
    if refused is not None:
        raise refused


def _shown(value: Fact) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


class KernelRefusal(RefusalTable):
    """What the kernel itself refuses, before any module is asked."""

    ENVELOPE_UNREADABLE = row(
        "The ordered bytes are not an envelope.",
        "Bait yang disusun bukan sebuah sampul arahan.",
        remedy="Build the envelope with the published format, version 1.",
        remedy_ms="Bina sampul menurut format terbitan, versi 1.",
    )
    NETWORK_WRONG = row(
        "The envelope was signed for another network.",
        "Sampul ini ditandatangani untuk rangkaian lain.",
        remedy="Read the network id from the hub's status and sign again.",
        remedy_ms="Baca id rangkaian daripada status hab dan tandatangan semula.",
    )
    COMMAND_EXPIRED = row(
        "The envelope's validity had ended when it was ordered.",
        "Tempoh sah sampul telah tamat ketika ia disusun.",
        remedy="Send the command again with a new id and a later validity.",
        remedy_ms="Hantar semula arahan dengan id baharu dan tempoh sah yang lebih lewat.",
    )
    VALIDITY_TOO_LONG = row(
        "An envelope may be valid for at most 24 hours.",
        "Sampul hanya boleh sah selama 24 jam paling lama.",
        remedy="Choose an earlier end of validity.",
        remedy_ms="Pilih tamat tempoh sah yang lebih awal.",
    )
    COMMAND_DUPLICATE = row(
        "A command with this id has been ordered already.",
        "Arahan dengan id ini telah pun disusun.",
        remedy="Read the first receipt; use a new id for a new command.",
        remedy_ms="Baca resit pertama; gunakan id baharu untuk arahan baharu.",
    )
    COMMAND_UNREADABLE = row(
        "The envelope holds no command that this hub knows.",
        "Sampul tidak mengandungi arahan yang dikenali hab ini.",
        remedy="Compare the command with the reference of this version.",
        remedy_ms="Bandingkan arahan dengan rujukan versi ini.",
    )

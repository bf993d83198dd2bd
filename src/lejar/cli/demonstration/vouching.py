# SPDX-License-Identifier: Apache-2.0
"""What authorities say of parties: facts, figures, licences and classes of investors.

The facts are made up, like the parties; which of them are asked for is the pack's.
"""

from typing import Final

from lejar.cli.demonstration.cast import Role, agency_begins, role_of, second_officer_of
from lejar.cli.demonstration.step import Step
from lejar.cli.demonstration.world import World
from lejar.domain.identity import PartyKind
from lejar.domain.identity.commands import GrantCredential
from lejar.domain.policy.commands import GrantStatus, RecordFigure
from lejar.kernel.digest import sha256
from lejar.kernel.envelope import Command

REFERENCE_BYTES: Final = 16
LICENSING: Final = ("sc", second_officer_of("sc"), "bnm")
"""Who must sign for a licence: two officers of its agency, and the one that concurs."""
BANK_LICENCE: Final = "licence.bank"
"""What the pack asks of whoever issues deposits."""


def vouched(agency: str, subject: str, credential: str) -> Step:
    """Let an agency vouch for a fact about a party."""

    def make(world: World) -> Command:
        evidence = evidence_of(f"{subject} {credential}")
        return GrantCredential(world.party(subject), credential, None, evidence)

    by, about = role_of(agency), role_of(subject)
    return Step(
        f"vouch {subject} {credential}",
        f"{agency_begins(by)} vouches for {_within(about)}: {credential}.",
        f"{by.ms} mengesahkan {about.ms}: {credential}.",
        make,
        (agency,),
    )


def recorded(subject: str, figure: str, value: int, words: str) -> Step:
    """Let the Securities Commission record a figure of a party; `words` are the value as read."""

    def make(world: World) -> Command:
        evidence = evidence_of(f"{subject} {figure}")
        return RecordFigure(world.party(subject), figure, value, None, evidence)

    about = role_of(subject)
    return Step(
        f"record {subject} {figure}",
        f"The Securities Commission records of {_within(about)}: {figure} is {words}.",
        f"Suruhanjaya Sekuriti merekodkan tentang {about.ms}: {figure} ialah {words}.",
        make,
        ("sc",),
    )


def granted(subject: str, status: str) -> Step:
    """Let the Securities Commission grant a class of investor, if the pack lets it."""
    about = role_of(subject)
    return Step(
        f"grant {subject} {status}",
        f"The Securities Commission finds that {_within(about)} meets the pack: {status}.",
        f"Suruhanjaya Sekuriti mendapati {about.ms} memenuhi pek: {status}.",
        lambda world: _status(world, subject, status),
        ("sc",),
    )


def licensed(subject: str, licence: str) -> list[Step]:
    """Let one officer try to license a party, and be told who must agree; then all who must."""
    about = role_of(subject)

    def make(world: World) -> Command:
        return _status(world, subject, licence)

    return [
        Step(
            f"license {subject} alone",
            f"One officer of the Securities Commission alone would license {_within(about)}.",
            f"Seorang pegawai Suruhanjaya Sekuriti sahaja hendak melesenkan {about.ms}.",
            make,
            ("sc",),
            refused="consent_missing",
        ),
        Step(
            f"license {subject}",
            f"Two officers, and the central bank beside them, license {_within(about)}: {licence}.",
            f"Dua pegawai bersama bank pusat melesenkan {about.ms}: {licence}.",
            make,
            LICENSING,
        ),
    ]


def licensed_bank(subject: str) -> Step:
    """Let the central bank license a bank, with two officers of the Securities Commission.

    The pack takes the central bank's word alone (`founding.FIRST_VOICE`).
    """
    about = role_of(subject)
    return Step(
        f"license {subject}",
        f"Bank Negara Malaysia, and the Securities Commission beside it, license {about.en}.",
        f"Bank Negara Malaysia bersama Suruhanjaya Sekuriti melesenkan {about.ms}.",
        lambda world: _status(world, subject, BANK_LICENCE),
        ("bnm", "sc", second_officer_of("sc")),
    )


def evidence_of(what: str) -> bytes:
    """Give the digest of a document that nobody wrote: this is a demonstration."""
    return sha256(f"lejar/demonstration/evidence\n{what}".encode())


def reference_of(what: str) -> bytes:
    """Give the digest of a reference in books outside, which nobody keeps."""
    return evidence_of(f"reference {what}")[:REFERENCE_BYTES]


def _status(world: World, subject: str, status: str) -> Command:
    return GrantStatus(world.party(subject), status, None, evidence_of(f"{subject} {status}"))


def _within(role: Role) -> str:
    """Put a name into an English sentence."""
    words = agency_begins(role) if role.kind is PartyKind.AGENCY else role.en
    return words.replace("The ", "the ", 1) if words.startswith("The ") else words

# SPDX-License-Identifier: Apache-2.0
"""Who must agree to what in the demonstration: made up for it, and no claim about any law."""

from typing import Final

from lejar.domain.consent import FoundingRequirement, Requirement

FOUR_EYES: Final = 2
NO_NOTICE: Final = 0
DIRECTIVES: Final = (
    "oversight.freeze",
    "oversight.freeze_amount",
    "oversight.thaw",
    "oversight.halt",
    "oversight.resume",
    "oversight.cancel_instruction",
)
"""What the Securities Commission orders with two officers, at once."""
TAKINGS: Final = ("oversight.forced_transfer", "oversight.seize")
"""What takes somebody's property away: the central bank agrees as well."""


def standard_requirements(
    sc: bytes, bnm: bytes, digital: bytes, lhdn: bytes
) -> tuple[FoundingRequirement, ...]:
    """Give what the demonstration's agencies must agree on, in the order of verbs.

    To a pack agrees every agency that is here and has a rule in it.
    """
    needed = {
        "consent.set_requirement": _needs(digital, sc, bnm),
        "identity.grant_power": _needs(digital, sc, bnm),
        "identity.revoke_power": _needs(digital, sc, bnm),
        "policy.grant_status/licence": _needs(sc, bnm),
        "policy.adopt_pack": _needs(sc, bnm, digital, lhdn),
        **{verb: _needs(sc) for verb in DIRECTIVES},
        **{verb: _needs(sc, bnm) for verb in TAKINGS},
    }
    return tuple(FoundingRequirement(verb, needed[verb]) for verb in sorted(needed))


def _needs(owner: bytes, *concurring: bytes) -> Requirement:
    return Requirement(owner, concurring, FOUR_EYES, NO_NOTICE)

# SPDX-License-Identifier: Apache-2.0
"""The ground with shipped packs of neighbouring countries, and their agencies played by `sc`."""

from typing import Final

import msgspec

from lejar.domain.basis import LegalBasis
from lejar.domain.identity import POWERS, Power
from lejar.domain.identity.model import Granted
from lejar.domain.policy import MovePurpose
from lejar.domain.policy.adopting import adopt_pack, name_target
from lejar.domain.policy.commands import AdoptPack
from lejar.domain.policy.gate import admit_listing, admit_status
from lejar.domain.policy.model import AssetProfile
from lejar.domain.policy.pack import Pack
from lejar.kernel.refusal import Refused
from lejar.reference.packs import shipped_head, shipped_pack
from tests.domain.policy.ground import Ground, id_of, stocked

ADOPTION: Final = LegalBasis("Terms of the hub")


def neighbours(*jurisdictions: str, at: int | None = None) -> Ground:
    """Give a stocked market that has adopted the shipped packs of some countries."""
    ground = stocked() if at is None else stocked(at)
    draft = ground.draft()
    POWERS.put(draft, id_of("sc") + Power.SET_POLICY.encode(), Granted(0))
    ground.keep(draft)
    for one in jurisdictions:
        for agency in shipped_head(one).agencies:
            bind(ground, agency, "sc")
        adopt(ground, shipped_pack(one))
    return ground


def adopt(ground: Ground, pack: Pack) -> None:
    """Adopt a whole pack, to which every agency that is here agrees."""
    draft = ground.draft("sc", "digital")
    adopt_pack(draft, AdoptPack(pack, ADOPTION))
    ground.keep(draft)


def bind(ground: Ground, name: str, target: str) -> None:
    """Let a word of the packs stand for something."""
    draft = ground.draft("sc")
    name_target(draft, name, id_of(target))
    ground.keep(draft)


def status_refused(ground: Ground, party: str, status: str, *where: str) -> str | None:
    """Give the rule that refuses a status, or none."""
    try:
        admit_status(ground.draft(), id_of(party), status, where)
    except Refused as refused:
        return rule_of(refused)
    return None


def listing_refused(ground: Ground, profile: AssetProfile) -> str | None:
    """Give the rule that refuses an instrument, or none."""
    try:
        admit_listing(ground.draft(), id_of("NEW"), profile)
    except Refused as refused:
        return rule_of(refused)
    return None


def said_of(
    ground: Ground,
    source: str,
    target: str,
    units: int,
    paid: int = 0,
    asset: str = "PAPER",
    purpose: MovePurpose = MovePurpose.SETTLEMENT,
) -> str | None:
    """Move, and give the rule that refused, or none."""
    refused = ground.moved(ground.leg(source, target, units, paid, asset=asset), purpose=purpose)
    return None if refused is None else rule_of(refused)


def rule_of(refused: Refused) -> str:
    """Give the id of the rule that a refusal names, or its code where none does."""
    return str(dict(refused.facts).get("rule", refused.refusal.code))


def with_changed(pack: Pack, rule: str, **changed: object) -> Pack:
    """Give a later version of a pack in which one rule has other values."""
    rules = tuple(
        msgspec.structs.replace(one, spec=msgspec.structs.replace(one.spec, **changed))
        if one.id == rule
        else one
        for one in pack.rules
    )
    year, month, number = pack.version.split(".")
    later = f"{year}.{month}.{int(number) + 1}"
    return msgspec.structs.replace(pack, version=later, rules=rules)

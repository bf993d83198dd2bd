# SPDX-License-Identifier: Apache-2.0
"""What the commands about packs, names and switches do."""

from collections.abc import Iterator

from lejar.domain.identity import PARTIES, Power, signer_with
from lejar.domain.policy import commands, events
from lejar.domain.policy.book import (
    EMPTY,
    PACKS,
    Bound,
    adopt,
    book,
    digest_of,
    target_of,
    write_book,
)
from lejar.domain.policy.kinds.holdings import COUNTS_HOLDERS
from lejar.domain.policy.market_switches import SWITCHES, SwitchState
from lejar.domain.policy.model import PROFILES, AssetClass
from lejar.domain.policy.pack import Pack, Rule
from lejar.domain.policy.refusals import PolicyRefusal
from lejar.domain.policy.soundness import faults
from lejar.domain.policy.tallies import take_census
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused


def adopt_pack(draft: Draft, command: commands.AdoptPack) -> None:
    """Record a version of a pack, and count holders where a rule begins to ask."""
    by = signer_with(draft, Power.SET_POLICY)
    pack = command.pack
    _is_sound(pack)
    standing = _is_later(draft, pack)
    _agencies_have_agreed(draft, pack, standing)
    adopted = adopt(draft, pack, by)
    _take_censuses(draft, pack)
    draft.emit(
        events.PackAdopted(
            pack.jurisdiction,
            pack.version,
            adopted.digest,
            len(pack.rules),
            by,
            command.basis,
            pack,
        )
    )


def bind_name(draft: Draft, command: commands.BindName) -> None:
    """Let a word stand for something; saying it again replaces it."""
    signer_with(draft, Power.SET_POLICY)
    name_target(draft, command.name, command.target)


def name_target(draft: Draft, name: str, target: bytes) -> None:
    """Let a word of the packs stand for something."""
    others = [one for one in (book(draft) or EMPTY).bound if one.name != name]
    bound = sorted([*others, Bound(name, target)], key=lambda one: one.name)
    write_book(draft, bound=tuple(bound))
    draft.emit(events.NameBound(name, target))


def set_switch(draft: Draft, command: commands.SetSwitch) -> None:
    """Turn a switch of the whole market."""
    by = signer_with(draft, Power.SET_POLICY)
    SWITCHES.put(draft, command.name.encode(), SwitchState(command.on, by, draft.at))
    draft.emit(events.SwitchSet(command.name, command.on, by, command.basis))


def _is_sound(pack: Pack) -> None:
    """The pack's rules fit together."""
    for found in faults(pack):
        raise Refused(
            PolicyRefusal.PACK_UNSOUND,
            rule=pack.rules[found.place].id,
            field=found.field,
            fault=str(found.fault),
        )


def _is_later(draft: Draft, pack: Pack) -> Pack | None:
    """The version is later than the one that counts now, which is given; it is adopted once."""
    newest = {one.jurisdiction: one for one in (book(draft) or EMPTY).newest}
    standing = newest.get(pack.jurisdiction)
    if standing is None:
        return None
    if standing.digest == digest_of(pack) or _parts(pack.version) <= _parts(standing.version):
        raise Refused(PolicyRefusal.PACK_NOT_LATER, version=standing.version)
    return PACKS.require(draft, standing.digest)


def _agencies_have_agreed(draft: Draft, pack: Pack, standing: Pack | None) -> None:
    """Whose rule is new, changed or gone has signed, and so has everybody it names to agree.

    An agency that stands for no party on this network cannot sign here; its word was given outside.
    """
    before = () if standing is None else standing.rules
    for rule in (*_changed(pack.rules, before), *_changed(before, pack.rules)):
        for name in (rule.owner, *rule.agree):
            agency = target_of(draft, name)
            if agency is not None and PARTIES.get(draft, agency) and agency not in draft.signers:
                raise Refused(PolicyRefusal.AGENCY_SILENT, agency=agency, rule=rule.id)


def _changed(rules: tuple[Rule, ...], others: tuple[Rule, ...]) -> Iterator[Rule]:
    """Walk the rules that do not stand among the others just so."""
    known: dict[str, list[Rule]] = {}
    for other in others:
        known.setdefault(other.id, []).append(other)
    return (rule for rule in rules if rule not in known.get(rule.id, ()))


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def _take_censuses(draft: Draft, pack: Pack) -> None:
    """Count the holders of every asset on which a rule of the pack asks how many there are."""
    asking = [r for r in pack.rules if isinstance(r.spec, COUNTS_HOLDERS)]
    if not asking:
        return
    everything = any(not rule.scope.classes for rule in asking)
    classes: list[AssetClass] = [one for rule in asking for one in rule.scope.classes]
    for asset, profile in list(PROFILES.scan(draft)):
        if everything or profile.asset_class in classes:
            take_census(draft, asset, profile.issuer)

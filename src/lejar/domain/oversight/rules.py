# SPDX-License-Identifier: Apache-2.0
"""What must hold of directives and appeals, each named as its sentence."""

from lejar.domain.identity import PARTIES, Power, has_power
from lejar.domain.identity import No as Identity
from lejar.domain.oversight.commands import Halt
from lejar.domain.oversight.model import DIRECTIVES, Appeal, Directive, HaltScope, Kind, Stage
from lejar.domain.oversight.refusals import OversightRefusal
from lejar.domain.policy import PROFILES
from lejar.domain.policy import No as Policy
from lejar.domain.settlement import No as Settlement
from lejar.kernel.draft import Draft
from lejar.kernel.refusal import Refused
from lejar.kernel.state import Reader
from lejar.ledger.accounts import ACCOUNTS, Account, Purpose


def known_directive(reader: Reader, directive: bytes) -> Directive:
    """Give a directive, or refuse."""
    found = DIRECTIVES.get(reader, directive)
    if found is None:
        raise Refused(OversightRefusal.DIRECTIVE_UNKNOWN, directive=directive)
    return found


def people_of(account: Account) -> tuple[bytes, ...]:
    """Give whose account it is: its owner and, where it has one, whom it is kept for."""
    return tuple(dict.fromkeys((account.owner, account.person)))


def concerned_by(reader: Reader, subject: bytes) -> tuple[bytes, ...]:
    """Give who may speak for a subject: itself, the account's people, or the asset's issuer."""
    if PARTIES.get(reader, subject) is not None:
        return (subject,)
    account = ACCOUNTS.get(reader, subject)
    if account is not None:
        return people_of(account)
    profile = PROFILES.get(reader, subject)
    if profile is None:
        raise Refused(Policy.SUBJECT_UNKNOWN, subject=subject)
    return (profile.issuer,)


def expiry_is_ahead(reader: Reader, expires_at: int | None) -> Refused | None:
    """A directive that ends by itself ends in the future."""
    if expires_at is None or expires_at > reader.at:
        return None
    return Refused(OversightRefusal.EXPIRY_PAST, now=reader.at)


def scope_is_clear(command: Halt) -> Refused | None:
    """A halt names what its scope asks for, and nothing else: none is ever wider by omission."""
    has_asset, has_class = command.asset is not None, command.asset_class is not None
    if (has_asset, has_class) == (
        command.scope is HaltScope.ASSET,
        command.scope is HaltScope.CLASS,
    ):
        return None
    return Refused(OversightRefusal.SCOPE_UNCLEAR, scope=str(command.scope))


def goes_between_accounts(source: bytes, target: bytes) -> Refused | None:
    """What moves goes from one account to another."""
    return Refused(Settlement.LEG_TO_ITSELF) if source == target else None


def leaves_issuance_alone(*accounts: Account) -> Refused | None:
    """No authority makes or ends an asset by moving it: that is the issuer's own command."""
    if any(account.purpose is Purpose.ISSUANCE for account in accounts):
        return Refused(Settlement.ISSUANCE_ACCOUNT)
    return None


def is_a_courts_account(account_id: bytes, account: Account) -> Refused | None:
    """What is seized goes to a court, and nowhere else."""
    if account.purpose is Purpose.COURT:
        return None
    return Refused(OversightRefusal.COURT_ACCOUNT_UNFIT, account=account_id)


def can_be_lifted(directive: Directive, *kinds: Kind) -> Refused | None:
    """The directive is of a kind that the command lifts, and in force."""
    if directive.kind not in kinds:
        return Refused(OversightRefusal.DIRECTIVE_UNFIT, kind=str(directive.kind))
    if directive.stage is not Stage.IN_FORCE:
        return Refused(OversightRefusal.DIRECTIVE_ENDED, stage=str(directive.stage))
    return None


def can_be_appealed(directive: Directive) -> Refused | None:
    """The directive binds or was executed, and nobody has appealed it."""
    if directive.stage in (Stage.LIFTED, Stage.EXPIRED):
        return Refused(OversightRefusal.DIRECTIVE_ENDED, stage=str(directive.stage))
    if directive.appeal is not Appeal.NONE:
        return Refused(OversightRefusal.APPEALED_ALREADY, appeal=str(directive.appeal))
    return None


def judge_of(draft: Draft, directive: Directive) -> bytes:
    """Give the agency that decides: one with the power to direct, not the one that issued."""
    able = [party for party in draft.signers if has_power(draft, party, Power.DIRECT)]
    if not able:
        raise Refused(Identity.POWER_MISSING, power=str(Power.DIRECT))
    others = [party for party in able if party != directive.agency]
    if not others:
        raise Refused(OversightRefusal.APPEAL_IN_OWN_CAUSE, agency=directive.agency)
    return others[0]

# SPDX-License-Identifier: Apache-2.0
"""What policy must know to judge a movement: facts that higher modules write down here.

Facts move down, questions never go up: policy reads only ledger, identity and its own tables.
"""

import enum
from typing import Final

import msgspec

from lejar.kernel.codec import Record
from lejar.kernel.refusal import Fact, RefusalTable
from lejar.kernel.state import Reader, Table, Writer
from lejar.ledger.accounts import Account

FOR_GOOD: Final = 2**62 + 1
"""A lock-up that never ends; later than any moment that a command can name."""


class AssetKind(enum.StrEnum):
    """Whether an asset is money or a security: the two sides of a DvP."""

    MONEY = "money"
    SECURITY = "security"


class AssetClass(enum.StrEnum):
    """What sort of instrument an asset is: rules are written for classes."""

    MONEY = "money"
    DEPOSIT = "deposit"
    STABLECOIN = "stablecoin"
    BOND = "bond"
    SUKUK = "sukuk"
    GOVERNMENT = "government"
    SHARE = "share"
    DIGITAL_ASSET = "digital_asset"
    """A digital token or currency that is a security by law, offered through an IEO or traded on a
    digital asset exchange."""
    CROWDFUND_SHARE = "crowdfund_share"
    INVESTMENT_NOTE = "investment_note"
    PROPERTY_UNIT = "property_unit"
    FUND_UNIT = "fund_unit"


class AssetProfile(Record, frozen=True):
    """What rules need of an asset; its id is the key."""

    kind: AssetKind
    issuer: bytes
    issuance_account: bytes
    required: tuple[str, ...]
    """Credentials that a receiver needs, all of them."""
    holding_max: int | None
    """The most a legal person may own, over all accounts; none for no cap."""
    locked_until: int | None
    """Holders may not transfer before this moment; none for no lock-up; `FOR_GOOD` when the
    register is closed."""
    asset_class: AssetClass | None = None
    """None for a paper that no class is recorded of; rules for classes do not bind it."""
    jurisdictions: tuple[str, ...] = ()
    """Every jurisdiction whose rules bind it, in order; an asset that crosses borders has two."""


class Freeze(Record, frozen=True):
    """A party or an account that may neither give nor receive, or an asset that may not move."""

    by: bytes
    since: int
    directive: bytes
    """One that freezes it; `freezes.FREEZE_ORDERS` has them all."""


class Movement(Record, frozen=True):
    """A leg with what the rules ask about it already read: its asset and its two accounts."""

    asset: bytes
    source: bytes
    target: bytes
    amount: int
    profile: AssetProfile
    giver: Account
    receiver: Account
    paid: int = 0
    """What is paid for it in the same exchange, in the currency's smallest units."""
    currency: bytes = b""
    """The asset that is paid."""
    pays_from: bytes = b""
    """The account whose money pays: the receiver's, or its settlement bank's client account."""
    paid_to: bytes = b""
    agents: tuple[bytes, ...] = ()
    """Who moves something for a side without being one: settlement banks."""

    @property
    def stays(self) -> bool:
        """Whether it stays with the same person, who only keeps it elsewhere."""
        return self.giver.person == self.receiver.person

    @property
    def is_primary(self) -> bool:
        """Whether the asset's issuer is the giver: an offer, not a trade between holders."""
        return self.giver.person == self.profile.issuer


class Leg(Record, frozen=True):
    """An amount of an asset that is to go from one account to another."""

    asset: bytes
    source: bytes
    target: bytes
    amount: int


class MovePurpose(enum.Enum):
    """Why something moves; each purpose has its list of rules."""

    SETTLEMENT = "settlement"
    ISSUE = "issue"
    SERVICING = "servicing"
    DIRECTIVE = "directive"
    """A transfer that an authority forces."""
    SEIZURE = "seizure"
    """To an account of a court."""
    LISTING = "listing"
    """Nothing moves: an instrument comes to the hub."""
    STATUS = "status"
    """Nothing moves: a party is granted a status."""


class Allowance(Record, frozen=True):
    """A rule's answer: amounts from `at_least` to `at_most` that are multiples, and why."""

    reason: RefusalTable
    at_most: int
    facts: tuple[tuple[str, Fact], ...] = ()
    at_least: int = 1
    multiple_of: int = 1

    def allows(self, amount: int) -> bool:
        """Say whether an amount satisfies the answer."""
        return self.at_least <= amount <= self.at_most and amount % self.multiple_of == 0


PROFILES: Table[AssetProfile] = Table(0x30, "profiles", AssetProfile)
FREEZES: Table[Freeze] = Table(0x31, "freezes", Freeze)


def is_frozen(reader: Reader, subject: bytes) -> bool:
    """Say whether a party, an account or an asset is frozen."""
    return FREEZES.get(reader, subject) is not None


def close_register(draft: Writer, asset: bytes) -> None:
    """Let holders transfer an asset no more; its issuer alone may still take it back."""
    profile = PROFILES.require(draft, asset)
    PROFILES.put(draft, asset, msgspec.structs.replace(profile, locked_until=FOR_GOOD))

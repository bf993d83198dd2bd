# SPDX-License-Identifier: Apache-2.0
"""Why not, in the codes that banks understand (ISO 20022 external code set, status reasons).

The core knows its own refusals only; the outward code is chosen here. Where no code says what
happened, NARR does, with our sentence beside it: a code that is nearly right sends somebody looking
in the wrong place.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from lejar.gateways.iso20022.rule_table import Rule

NARRATIVE: Final = "NARR"
FORMAT: Final = "FF01"
DUPLICATE: Final = "AM05"

_REFUSALS_BY_REASON: Final[Mapping[str, tuple[str, ...]]] = {
    # The account is not known, or not fit for this.
    "AC01": (
        "account_unknown",
        "beneficiary_unfit",
        "account_holds_deposits",
        "deposit_not_kept",
        "facility_account_unfit",
        "keeping_unfit",
        "not_a_banks_own",
        "retail_account_unfit",
        "settlement_account_unfit",
    ),
    "AC06": ("source_frozen", "target_frozen"),
    # This may not be done, or not by this one.
    "AG01": (
        "account_is_issuance",
        "issuance_account",
        "leg_to_itself",
        "leg_repeated",
        "free_of_payment",
        "purpose_reserved",
        "purpose_bound",
        "settlement_asset_unfit",
        "bound_purpose_unfit",
        "bound_receiver_unfit",
        "bound_to_nobody",
        "form_not_for_islamic_bank",
        "form_not_offered",
        "mediator_unfit",
        "retail_off",
    ),
    "AG08": (
        "not_the_owner",
        "not_the_party",
        "not_a_party",
        "not_the_central_bank",
        "power_missing",
        "role_missing",
        "threshold_unmet",
        "authority_missing",
        "consent_missing",
        "maker_is_checker",
        "witness_missing",
        "beneficiary_must_sign",
        "intermediary_missing",
        "not_a_bank",
        "not_the_bank",
        "not_the_binder",
        "not_the_spender",
    ),
    "AG10": (
        "source_suspended",
        "signer_suspended",
        "deposit_bank_stopped",
    ),
    "AG11": ("target_suspended",),
    # The amount.
    "AM01": ("amount_zero",),
    "AM02": ("amount_too_large",),
    "AM03": (
        "not_money",
        "asset_unknown",
        "not_a_currency",
        "not_a_deposit",
    ),
    "AM04": (
        "funds_insufficient",
        "limit_reached",
        "bound_insufficient",
        "collateral_short",
    ),
    "AM05": ("command_duplicate", "reference_used"),
    "AM07": ("asset_frozen",),
    "AM14": (
        "authority_exceeded",
        "facility_limit",
    ),
    # The day and the hour.
    "CH03": ("value_date_too_far",),
    "DT01": ("value_date_past", "value_date_not_business"),
    "TM01": ("cut_off_passed", "outside_hours"),
    # A bank that is not known.
    "RC01": ("party_unknown",),
    # Who signed.
    "DS0H": ("signer_unknown", "key_unknown"),
    # What a regulator, the law or the terms of issue say.
    "RR04": (
        "market_halted",
        "target_ineligible",
        "lock_up",
        "register_closed",
        "holding_cap",
        "collector_unnamed",
        "listed",
        "not_listed",
        "country_denied",
        "country_not_allowed",
        "switched_off",
        "credential_missing",
        "investor_class_unfit",
        "knowledge_missing",
        "beneficiary_unnamed",
        "figure_unfit",
        "locked_by_rule",
        "moratorium",
        "cooling_off",
        "approval_missing",
        "ticket_unfit",
        "price_step",
        "investment_cap",
        "fund_raising",
        "velocity",
        "concentration",
        "foreign_ownership",
        "holders_too_many",
        "supply_cap",
        "ownership_cap",
    ),
    # What was sent.
    "FF01": ("envelope_unreadable", "command_unreadable", "network_wrong", "validity_too_long"),
    # Said in words, because no code of the list says it.
    "NARR": (
        "attested_already",
        "bound_unfit",
        "buy_in_early",
        "evidence_used",
        "fail_rules_unknown",
        "legs_too_many",
        "link_unknown",
        "links_too_many",
        "not_a_giver",
        "not_paused",
        "not_the_payee",
        "not_the_promise_agent",
        "not_waiting",
        "notified_already",
        "paid_leg_unfit",
        "partial_unfit",
        "paused_already",
        "penalty_not_shown",
        "penalty_unknown",
        "price_unclear",
        "promise_unfit",
        "promise_unknown",
        "set_infeasible",
        "set_repeats",
        "set_unfit",
        "set_worse",
        "settlement_paused",
        "still_waiting",
        "venue_unfit",
        "venue_unknown",
        "command_expired",
        "instruction_unknown",
        "affirmed_already",
        "cancelled_already",
        "not_failed",
        "currency_exists",
        "behind_others",
        "bound_money_ended",
        "collateral_missing",
        "collateral_not_islamic",
        "collateral_not_taken",
        "collateral_repeated",
        "collateral_unfit",
        "credit_overdue",
        "credit_unknown",
        "deposit_code_taken",
        "deposit_still_held",
        "deposit_token_exists",
        "envelope_unknown",
        "facility_not_open",
        "link_broken",
        "over_already",
        "owed_is_less",
        "sale_is_whole",
        "tier_unknown",
        "tier_unsound",
    ),
}

REFUSALS: Final = {
    refusal: reason for reason, refusals in _REFUSALS_BY_REASON.items() for refusal in refusals
}
"""The reason for each refusal that a payment can meet."""

RULES: Final[Mapping[Rule, str]] = {
    Rule.COUNT_WRONG: "AM18",
    Rule.SUM_WRONG: "AM10",
    Rule.SUM_CURRENCIES: "AM10",
    Rule.CURRENCY_UNKNOWN: "AM03",
    Rule.CURRENCY_DECIMALS: "AM12",
    Rule.AMOUNT_ZERO: "AM01",
    Rule.BIC_FORM: "RC01",
    Rule.AGENT_UNIDENTIFIED: "RC01",
    Rule.IBAN_DIGITS: "AC01",
    Rule.DATE_MISSING: "DT01",
    Rule.METHOD_UNSUPPORTED: "AG03",
    Rule.ENVELOPE_MESSAGE: "AG03",
    Rule.ENVELOPE_VERSION: "AG03",
}
"""The reason for rules of the message itself; for all others the format is wrong."""


def reason_of_refusal(code: str) -> str:
    """Choose the outward code of a refusal; for one that we have no code for, words."""
    return REFUSALS.get(code, NARRATIVE)


def reason_of_rules(rules: Iterable[Rule]) -> str:
    """Choose the outward code of what is wrong with a message, by the first thing found."""
    return next((RULES.get(rule, FORMAT) for rule in rules), FORMAT)

# SPDX-License-Identifier: Apache-2.0
# ruff: noqa: ANN401 - types made at run time have no name that a checker could know
"""Every address of this gateway in one table: the routes and the OpenAPI document both read it."""

from dataclasses import dataclass
from typing import Any, Final, Literal

from lejar.domain.policy.explain import Explanation, Question
from lejar.domain.reconciliation import BreakStage
from lejar.gateways.rest import break_views, money_views, statement_views, views
from lejar.gateways.rest import messages as m
from lejar.gateways.rest import settling_views as settling
from lejar.gateways.rest.codec import form_of
from lejar.gateways.rest.codec.scalars import id_pattern

JSON: Final = "application/json"
PROBLEM: Final = "application/problem+json"
ENVELOPE: Final = "application/vnd.lejar.envelope"
"""One envelope's canonical MessagePack bytes."""
ENVELOPES: Final = "application/vnd.lejar.envelopes"
"""A MessagePack array of envelopes, each as a byte string."""
OUTCOMES: Final = "application/vnd.lejar.outcomes"
"""A MessagePack array of `[outcome, entry number or nil, code or nil]`."""
EVENTS: Final = "text/event-stream"
TEXT: Final = "text/plain"
BYTES: Final = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class Body:
    """One media type and what it holds; no type for what is not JSON."""

    media: str
    type: Any = None


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One method of one address."""

    name: str
    method: Literal["GET", "POST"]
    path: str
    summary: str
    gives: tuple[tuple[int, Body], ...]
    takes: tuple[Body, ...] = ()
    query: tuple[str, ...] = ()
    problems: tuple[int, ...] = ()
    """HTTP statuses beyond those that any address can answer."""
    reader: Literal["anyone", "more with a pass", "pass"] = "anyone"


def _cursor(pattern: str) -> tuple[dict[str, Any], str]:
    said = "The cursor `next` of the page before; nothing for the first page."
    return {"type": "string", "pattern": pattern}, said


QUERY: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "limit": (
        {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
        "How many at most.",
    ),
    "after:number": _cursor("^(?:0|[1-9][0-9]{0,14})$"),
    "after:cursor": _cursor("^[A-Za-z0-9_-]{1,200}$"),
    "at": (
        {
            "anyOf": [
                {"type": "string", "format": "date-time"},
                {"type": "string", "format": "date"},
            ]
        },
        "Only rules in force at this moment, or when this local day begins; without it, all rules.",
    ),
    "stage": (
        {"type": "string", "enum": [str(one) for one in BreakStage]},
        "Only breaks that stand here.",
    ),
    "known": (
        {
            "anyOf": [
                {"type": "string", "format": "date-time"},
                {"type": "string", "format": "date"},
            ]
        },
        "As known at this moment, or when this local day ends; without it, as known now.",
    ),
    "subject": (
        {"type": "string", "pattern": id_pattern(("party", "asset"))},
        "Whom or what it is about.",
    ),
    "asset": (
        {"type": "string", "pattern": id_pattern(("asset",))},
        "Of which asset; it must be named.",
    ),
    "after_entry": (
        {"type": "integer", "minimum": 0, "maximum": 2**53 - 1},
        "Entries with a higher number.",
    ),
}
"""Schema and meaning of each query parameter; a name goes up to its colon."""


def _json(type_: Any) -> tuple[tuple[int, Body], ...]:
    return ((200, Body(JSON, type_)),)


def _page(view: type) -> tuple[tuple[int, Body], ...]:
    return _json(m.page_of(form_of(view).type))


_ENVELOPE: Final = (Body(JSON, m.EnvelopeMessage), Body(ENVELOPE))
_SEALED: Final = ((201, Body(JSON, m.ReceiptMessage)), (200, Body(JSON, m.ReceiptMessage)))

ENDPOINTS: Final[tuple[Endpoint, ...]] = (
    Endpoint(
        "prepare", "POST", "/v1/commands/prepare",
        "Make the bytes to sign of a readable command, and read them back.",
        _json(m.Prepared), takes=(Body(JSON, m.PrepareRequest),), problems=(400, 408, 413, 415),
    ),
    Endpoint(
        "submit", "POST", "/v1/envelopes",
        "Order one envelope; the answer comes after it is sealed. A resend gets the first answer.",
        _SEALED, takes=_ENVELOPE, problems=(400, 408, 409, 413, 415, 422, 503),
    ),
    Endpoint(
        "submit_batch", "POST", "/v1/envelopes/batch",
        "Order up to 500 envelopes; one outcome each, in their order.",
        ((200, Body(JSON, m.Outcomes)), (200, Body(OUTCOMES))),
        takes=(Body(JSON, list[m.EnvelopeMessage]), Body(ENVELOPES)),
        problems=(400, 408, 413, 415, 503),
    ),
    Endpoint(
        "dry_run", "POST", "/v1/dry-runs",
        "Say what would become of an envelope now, by the code that would run it; keeps nothing.",
        _json(m.DryRun), takes=_ENVELOPE, problems=(400, 408, 413, 415, 503),
    ),
    Endpoint(
        "explain", "POST", "/v1/explanations",
        "Say what the rules allow of a purchase now, rule by rule, and what would change it; "
        "for the buyer and supervisors.",
        _json(form_of(Explanation).type), takes=(Body(JSON, form_of(Question).type),),
        problems=(400, 404, 408, 413, 415, 503), reader="pass",
    ),
    Endpoint(
        "commands", "GET", "/v1/commands",
        "The catalogue of commands.", _json(m.CommandRows),
    ),
    Endpoint(
        "refusals", "GET", "/v1/refusals",
        "The whole table of refusals, in English and Malay.", _json(m.RefusalRows),
    ),
    Endpoint(
        "status", "GET", "/v1/status", "How the hub stands.",
        _json(m.StatusMessage), problems=(503,),
    ),
    Endpoint(
        "genesis", "GET", "/v1/genesis", "The network's beginning.", _json(m.GenesisMessage),
    ),
    Endpoint(
        "entries", "GET", "/v1/entries", "Entries in their order, outcomes for everyone.",
        _json(m.Page[m.EntryMessage]),
        query=("after:number", "limit"), problems=(400,), reader="more with a pass",
    ),
    Endpoint(
        "entry", "GET", "/v1/entries/{number}", "One entry.",
        _json(m.EntryMessage), problems=(404,), reader="more with a pass",
    ),
    Endpoint(
        "entry_evidence", "GET", "/v1/entries/{number}/evidence",
        "One self-contained file that proves an entry offline, due work too; for who took part.",
        ((200, Body(JSON)),), problems=(404,), reader="pass",
    ),
    Endpoint(
        "receipt", "GET", "/v1/receipts/{command_id}", "The first entry of a command.",
        _json(m.EntryMessage), problems=(404,), reader="more with a pass",
    ),
    Endpoint(
        "evidence", "GET", "/v1/receipts/{command_id}/evidence",
        "One self-contained file that proves a receipt offline; for who took part.",
        ((200, Body(JSON)),), problems=(404,), reader="pass",
    ),
    Endpoint(
        "parties", "GET", "/v1/parties",
        "Parties: the agencies for everyone, all for a supervisor.",
        _page(views.PartyRow),
        query=("after:cursor", "limit"), problems=(400,), reader="more with a pass",
    ),
    Endpoint(
        "party", "GET", "/v1/parties/{party}", "One party.",
        _json(form_of(views.PartyView).type), problems=(404,), reader="more with a pass",
    ),
    Endpoint(
        "account", "GET", "/v1/accounts/{account}",
        "One account with its positions; for its owner and supervisors.",
        _json(form_of(views.AccountView).type), problems=(404,), reader="pass",
    ),
    Endpoint(
        "entitlements", "GET", "/v1/accounts/{account}/entitlements",
        "An account's parts of payments; for its owner and supervisors.",
        _page(views.EntitlementView),
        query=("after:cursor", "limit"), problems=(400, 404), reader="pass",
    ),
    Endpoint(
        "movements", "GET", "/v1/accounts/{account}/movements",
        "An account's statement, the newest first; what an authority moved names its directive.",
        _page(views.MovementView),
        query=("after:cursor", "limit"), problems=(400, 404), reader="pass",
    ),
    Endpoint(
        "statements", "GET", "/v1/accounts/{account}/statements",
        "The local days on which something of an asset moved on an account, the newest first.",
        _page(statement_views.StatementDayView),
        query=("asset", "after:cursor", "limit"), problems=(400, 404), reader="pass",
    ),
    Endpoint(
        "statement", "GET", "/v1/accounts/{account}/statements/{day}",
        "One account, one asset, one local day: opening, what moved, closing; for its owner and "
        "supervisors.",
        _json(form_of(statement_views.StatementView).type),
        query=("asset", "after:cursor", "limit"), problems=(400, 404), reader="pass",
    ),
    Endpoint(
        "instruments", "GET", "/v1/instruments", "Instruments and money.",
        _page(views.InstrumentRow), query=("after:cursor", "limit"), problems=(400,),
    ),
    Endpoint(
        "instrument", "GET", "/v1/instruments/{asset}", "One instrument with its terms.",
        _json(form_of(views.InstrumentView).type), problems=(404,),
    ),
    Endpoint(
        "holders", "GET", "/v1/instruments/{asset}/holders",
        "The register of holders; for the issuer and supervisors.",
        _page(views.HolderView),
        query=("after:cursor", "limit"), problems=(400, 403, 404), reader="pass",
    ),
    Endpoint(
        "instruction", "GET", "/v1/instructions/{instruction}",
        "One instruction, open or finished, with its terms and why it waits; for its sides, those "
        "told of it, whoever runs settlement and supervisors.",
        _json(form_of(views.InstructionView).type), problems=(404,), reader="pass",
    ),
    Endpoint(
        "queue", "GET", "/v1/settlement/queue",
        "What waits to settle, in the order of the queue, with why; the reader's own, or all of it "
        "for whoever runs settlement and supervisors.",
        _page(settling.QueueRow),
        query=("after:number", "limit"), problems=(400,), reader="pass",
    ),
    Endpoint(
        "settlement_day", "GET", "/v1/settlement/day",
        "The settlement day: open or paused, when it closes, what was settled and what waits.",
        _json(form_of(settling.DayView).type),
    ),
    Endpoint(
        "settlement_limits", "GET", "/v1/settlement/limits",
        "Sender limits with what is left of them today, and what is kept for urgent payments; the "
        "reader's own, or all for whoever runs settlement and supervisors.",
        _json(form_of(settling.LimitsView).type), reader="pass",
    ),
    Endpoint(
        "penalties", "GET", "/v1/settlement/penalties",
        "What failing to settle has cost, before it is charged and after; for both sides, whoever "
        "runs settlement and supervisors.",
        _page(settling.PenaltyView), reader="pass",
    ),
    Endpoint(
        "settlement_pool", "GET", "/v1/settlement/pool",
        "What waits, as the question that `lejar liquidity solve` reads; for whoever runs "
        "settlement and supervisors.",
        ((200, Body(JSON)),), problems=(403,), reader="pass",
    ),
    Endpoint(
        "deposits", "GET", "/v1/deposits",
        "Banks' claims in a currency, with what each bank owes; always at par.",
        _page(money_views.DepositView),
    ),
    Endpoint(
        "facilities", "GET", "/v1/facilities",
        "What banks may draw by themselves against collateral, and when it is unwound.",
        _page(money_views.FacilityView),
    ),
    Endpoint(
        "collateral", "GET", "/v1/collateral",
        "Which securities a central bank takes, at which price and haircut, and until when.",
        _page(money_views.CollateralView),
    ),
    Endpoint(
        "tiers", "GET", "/v1/tiers", "The caps of retail tiers.", _page(money_views.TierView),
    ),
    Endpoint(
        "intraday", "GET", "/v1/intraday",
        "Intraday credits, the newest first, with what is owed, when it closes and whether it is "
        "covered; the reader's own or those in its currency, or all for supervisors.",
        _page(money_views.CreditView),
        query=("after:cursor", "limit"), problems=(400,), reader="pass",
    ),
    Endpoint(
        "account_limits", "GET", "/v1/limits",
        "What accounts may hold and send in a day; of the reader's accounts or in its currency, "
        "or all for supervisors.",
        _page(money_views.AccountLimitView),
        query=("after:cursor", "limit"), problems=(400,), reader="pass",
    ),
    Endpoint(
        "bound_money", "GET", "/v1/purpose-bound/{envelope}",
        "One envelope of purpose-bound money; for its payer, its holder and supervisors.",
        _json(form_of(views.BoundMoneyView).type), problems=(404,), reader="pass",
    ),
    Endpoint(
        "packs", "GET", "/v1/packs", "Every version of every jurisdiction's pack, newest first.",
        _page(views.PackRow), query=("after:cursor", "limit"), problems=(400,),
    ),
    Endpoint(
        "pack", "GET", "/v1/packs/{jurisdiction}",
        "The rules of a jurisdiction: in force at one moment, as known at another.",
        _json(form_of(views.PackView).type), query=("at", "known"), problems=(400, 404),
    ),
    Endpoint(
        "pack_version", "GET", "/v1/packs/{jurisdiction}/{version}",
        "One version of a pack, with all its rules.",
        _json(form_of(views.PackView).type), problems=(404,),
    ),
    Endpoint(
        "rule", "GET", "/v1/rules/{rule}", "One rule in every version of its pack, newest first.",
        _page(views.RuleVersion), problems=(404,),
    ),
    Endpoint(
        "cohorts", "GET", "/v1/cohorts",
        "Sandbox cohorts, newest first; who takes part, for itself and supervisors.",
        _page(views.CohortView),
        query=("after:cursor", "limit"), problems=(400,), reader="more with a pass",
    ),
    Endpoint(
        "cohort", "GET", "/v1/cohorts/{cohort}", "One cohort, with its exit report.",
        _json(form_of(views.CohortView).type), problems=(404,), reader="more with a pass",
    ),
    Endpoint(
        "lists", "GET", "/v1/lists",
        "Lists of persons, without the persons; how many, for their keepers and supervisors.",
        _page(views.ListView),
        query=("after:cursor", "limit"), problems=(400,), reader="more with a pass",
    ),
    Endpoint(
        "obligations", "GET", "/v1/obligations",
        "The reader's deadlines; all of them for a supervisor.",
        _page(views.ObligationView),
        query=("after:cursor", "limit"), problems=(400,), reader="pass",
    ),
    Endpoint(
        "obligation_counts", "GET", "/v1/obligations/counts",
        "How each rule's deadlines were kept; not for rules against money laundering.",
        _page(views.ObligationCount),
    ),
    Endpoint(
        "figures", "GET", "/v1/figures",
        "What is recorded of a party or an asset; for itself, its issuer, who vouched for it and "
        "supervisors.",
        _page(views.FigureView), query=("subject",), problems=(400,), reader="pass",
    ),
    Endpoint(
        "duties", "GET", "/v1/duties", "What each rule has brought in, by currency.",
        _page(views.DutyTotal),
    ),
    Endpoint(
        "proposals", "GET", "/v1/proposals", "Proposals that wait for consent, or waited for it.",
        _page(views.ProposalRow), query=("after:cursor", "limit"), problems=(400,),
    ),
    Endpoint(
        "proposal", "GET", "/v1/proposals/{proposal}",
        "One proposal; its command for those whose agreement it needs, and supervisors.",
        _json(form_of(views.ProposalView).type), problems=(404,), reader="more with a pass",
    ),
    Endpoint(
        "requirements", "GET", "/v1/requirements",
        "Who must agree to which command.",
        _page(views.RequirementView), query=("after:cursor", "limit"), problems=(400,),
    ),
    Endpoint(
        "directives", "GET", "/v1/directives",
        "Directives of authorities: kind, agency, basis and stage; the newest first.",
        _page(views.DirectiveRow), query=("after:cursor", "limit"), problems=(400,),
    ),
    Endpoint(
        "directive", "GET", "/v1/directives/{directive}",
        "One directive; on what it bears for its agency, those concerned and supervisors.",
        _json(form_of(views.DirectiveView).type), problems=(404,), reader="more with a pass",
    ),
    Endpoint(
        "directive_evidence", "GET", "/v1/directives/{directive}/evidence",
        "One self-contained file that proves every entry of a directive's life offline.",
        ((200, Body(JSON)),), problems=(404,), reader="pass",
    ),
    Endpoint(
        "counterparts", "GET", "/v1/reconciliation/counterparts",
        "Outside ledgers that mirror the reader's accounts or that it keeps; all for a supervisor.",
        _page(break_views.CounterpartView),
        query=("after:cursor", "limit"), problems=(400,), reader="pass",
    ),
    Endpoint(
        "outside_statements", "GET", "/v1/reconciliation/statements",
        "Statements of outside ledgers beside what the hub had; for their sides and supervisors.",
        _page(break_views.OutsideStatementView),
        query=("after:cursor", "limit"), problems=(400,), reader="pass",
    ),
    Endpoint(
        "breaks", "GET", "/v1/reconciliation/breaks",
        "What ledgers tell differently, the oldest first, at one stage or at all; for the sides, "
        "whom a break is assigned to, and supervisors.",
        _page(break_views.BreakRow),
        query=("stage", "after:cursor", "limit"), problems=(400,), reader="pass",
    ),
    Endpoint(
        "reconciliation_break", "GET", "/v1/reconciliation/breaks/{break_id}",
        "One break with its life; for its sides, whom it is assigned to, and supervisors.",
        _json(form_of(break_views.BreakView).type), problems=(404,), reader="pass",
    ),
    Endpoint(
        "checkpoint", "GET", "/v1/checkpoint",
        "The newest signed checkpoint (C2SP tlog-checkpoint).",
        ((200, Body(TEXT)),), problems=(503,),
    ),
    Endpoint(
        "tile", "GET", "/v1/tile/{tile_path}",
        "A hash tile of the entry log (C2SP tlog-tiles); the log's prefix is `/v1`.",
        ((200, Body(BYTES)),), problems=(404,),
    ),
    Endpoint(
        "events", "GET", "/v1/events",
        "Entries as they are sealed, as server-sent events; resumes from `Last-Event-ID`.",
        ((200, Body(EVENTS)),), query=("after_entry",), problems=(400, 503),
        reader="more with a pass",
    ),
    Endpoint(
        "openapi", "GET", "/v1/openapi.json", "This document.", ((200, Body(JSON)),),
    ),
    Endpoint(
        "metrics", "GET", "/metrics", "Counters for Prometheus.", ((200, Body(TEXT)),),
    ),
)  # fmt: skip

# SPDX-License-Identifier: Apache-2.0
"""The auditor's second reading of directives: what an authority orders, and how an appeal ends."""

from typing import Any, Final

from lejar.node.simulation.books import (
    AccountPage,
    Books,
    DirectivePage,
    Doing,
    HoldPage,
    Move,
    No,
)
from lejar.node.simulation.reading import Reading
from lejar.node.simulation.settling import end_unsettled

EXPIRES: Final = "oversight.directive_expires"


def freeze(books: Books, command: Any, doing: Doing) -> None:
    """An agency stops a party, an account or an asset, once more if it is stopped already."""
    agency = _ordering(books, command, doing)
    subject = command.subject
    if subject in books.parties:
        concerned: tuple[bytes, ...] = (subject,)
    elif subject in books.accounts:
        concerned = books.accounts[subject].people
    elif subject in books.assets:
        concerned = (books.assets[subject].issuer,)
    else:
        raise No("nothing of that name")
    doing.accepted()
    name = doing.once("oversight.subject_frozen")[0]
    books.frozen.setdefault(subject, {})[name] = agency
    _record(books, name, "freeze", agency, subject, concerned, command.expires_at)


def freeze_amount(books: Books, command: Any, doing: Doing) -> None:
    """An agency sets a free amount aside."""
    agency = _ordering(books, command, doing)
    if command.asset not in books.assets or command.account not in books.accounts:
        raise No("no such asset or account")
    if books.free(command.asset, command.account) < command.amount:
        raise No("funds insufficient")
    doing.accepted()
    name = doing.once("oversight.amount_frozen")[0]
    page = HoldPage(command.asset, command.account, command.amount, directive=True)
    books.place_hold(name, page)
    people = books.accounts[command.account].people
    _record(books, name, "freeze_amount", agency, command.account, people, command.expires_at)


def halt(books: Books, command: Any, doing: Doing) -> None:
    """An agency stops exchanges, as far as the scope says and no further."""
    agency = _ordering(books, command, doing)
    scope = str(command.scope)
    named = (command.asset is not None, command.asset_class is not None)
    if named != (scope == "asset", scope == "class"):
        raise No("the scope is unclear")
    if command.asset is not None and command.asset not in books.assets:
        raise No("no such asset")
    doing.accepted()
    name = doing.once("oversight.market_halted")[0]
    kind = None if command.asset_class is None else str(command.asset_class)
    books.halts[name] = (command.asset, kind)
    concerned = () if command.asset is None else (books.assets[command.asset].issuer,)
    _record(books, name, "halt", agency, scope, concerned, command.expires_at)


def thaw(books: Books, command: Any, doing: Doing) -> None:
    """An agency lifts a freeze."""
    _lift(books, command, doing, ("freeze", "freeze_amount"))


def resume(books: Books, command: Any, doing: Doing) -> None:
    """An agency lifts a halt."""
    _lift(books, command, doing, ("halt",))


def open_court_account(books: Books, command: Any, doing: Doing) -> None:
    """An agency opens an account for a court."""
    books.with_power(doing, "direct")
    if command.owner not in books.parties:
        raise No("no such party")
    doing.accepted()
    account = doing.once("accounts.account_opened")[0]
    books.accounts[account] = AccountPage(command.owner, "court", None)


def seize(books: Books, command: Any, doing: Doing) -> None:
    """To an open court's account, out of whatever is free or gives way."""
    agency = books.with_power(doing, "direct")
    move = Move(command.asset, command.account, command.court_account, command.amount)
    _may_be_taken(books, move)
    if books.accounts[move.target].purpose != "court":
        raise No("not a court's account")
    _take(books, doing, agency, move, "seize", "oversight.assets_seized")


def force_transfer(books: Books, command: Any, doing: Doing) -> None:
    """To a receiver who may own it; the giver is not asked."""
    agency = books.with_power(doing, "direct")
    move = Move(command.asset, command.source, command.target, command.amount)
    _may_be_taken(books, move)
    books.check_frozen(move.target)
    books.check_receiver(move, doing.at)
    _take(books, doing, agency, move, "forced_transfer", "oversight.transfer_forced")


def cancel_instruction(books: Books, command: Any, doing: Doing) -> None:
    """An agency ends an open instruction."""
    agency = books.with_power(doing, "direct")
    if command.instruction not in books.instructions:
        raise No("no such instruction")
    doing.accepted()
    doing.takes("settlement.instruction_cancelled", command.instruction)
    page = end_unsettled(books, command.instruction, doing)
    name = doing.once("oversight.instruction_struck")[0]
    _executed(books, name, "cancel_instruction", agency, command.instruction, page.parties)


def lodge_appeal(books: Books, command: Any, doing: Doing) -> None:
    """Once, by whom it concerns, while it binds or after it was done at once."""
    page = books.directives.get(command.directive)
    if page is None or not any(one in doing.signers for one in page.concerned):
        raise No("no such directive, or another's")
    if page.stage in ("lifted", "expired") or page.appeal != "none":
        raise No("ended, or appealed already")
    doing.accepted()
    doing.once("oversight.appeal_lodged")
    page.appeal = "lodged"


def decide_appeal(books: Books, command: Any, doing: Doing) -> None:
    """By another agency than the one that issued; what is allowed ends what binds."""
    page = books.directives.get(command.directive)
    if page is None:
        raise No("no such directive")
    if not any(
        one != page.agency and "direct" in books.powers.get(one, ()) for one in doing.signers
    ):
        raise No("nobody who may judge signed")
    if page.appeal != "lodged":
        raise No("nothing to decide")
    doing.accepted()
    page.appeal = str(command.outcome)
    if page.appeal == "upheld":
        doing.once("oversight.appeal_upheld")
        return
    lifts = page.stage == "in_force"
    if doing.once("oversight.appeal_allowed")[3] is not lifts:
        raise No("the record says otherwise about what was lifted")
    if lifts:
        _end(books, command.directive, "lifted")


def directive_expires(books: Books, name: bytes, doing: Doing) -> None:
    """A directive's end comes."""
    doing.once("oversight.directive_expired")
    _end(books, name, "expired")


DIRECTIVES: Final[dict[str, Reading]] = {
    "oversight.freeze": freeze,
    "oversight.freeze_amount": freeze_amount,
    "oversight.thaw": thaw,
    "oversight.halt": halt,
    "oversight.resume": resume,
    "oversight.open_court_account": open_court_account,
    "oversight.seize": seize,
    "oversight.forced_transfer": force_transfer,
    "oversight.cancel_instruction": cancel_instruction,
    "oversight.appeal": lodge_appeal,
    "oversight.decide_appeal": decide_appeal,
}


def _ordering(books: Books, command: Any, doing: Doing) -> bytes:
    """Give the agency that orders something which may end by itself."""
    agency = books.with_power(doing, "direct")
    if command.expires_at is not None and command.expires_at <= doing.at:
        raise No("it would have ended already")
    return agency


def _record(
    books: Books,
    name: bytes,
    kind: str,
    agency: bytes,
    bears_on: Any,
    concerned: tuple[bytes, ...],
    until: int | None,
) -> None:
    books.directives[name] = DirectivePage(kind, agency, bears_on, concerned, until)
    if until is not None:
        books.agenda[until, name] = EXPIRES


def _executed(
    books: Books, name: bytes, kind: str, agency: bytes, on: bytes, concerned: tuple[bytes, ...]
) -> None:
    _record(books, name, kind, agency, on, concerned, None)
    books.directives[name].stage = "executed"


def _lift(books: Books, command: Any, doing: Doing, kinds: tuple[str, ...]) -> None:
    books.with_power(doing, "direct")
    page = books.directives.get(command.directive)
    if page is None or page.kind not in kinds or page.stage != "in_force":
        raise No("no such directive in force")
    doing.accepted()
    doing.once("oversight.directive_lifted")
    _end(books, command.directive, "lifted")


def _end(books: Books, name: bytes, stage: str) -> None:
    page = books.directives[name]
    page.stage = stage
    if page.until is not None:
        books.agenda.pop((page.until, name), None)
    if page.kind == "freeze":
        del books.frozen[page.bears_on][name]
        if not books.frozen[page.bears_on]:
            del books.frozen[page.bears_on]
    elif page.kind == "halt":
        del books.halts[name]
    elif name in books.holds:
        books.release_hold(name)


def _may_be_taken(books: Books, move: Move) -> None:
    if move.source == move.target or move.asset not in books.assets:
        raise No("to itself, or no such asset")
    for account in (move.source, move.target):
        if account not in books.accounts or books.accounts[account].purpose == "issuance":
            raise No("no such account, or an issuance account")
    if not all(books.parties[one].is_open for one in books.accounts[move.target].people):
        raise No("the receiver is suspended")


def _take(books: Books, doing: Doing, agency: bytes, move: Move, kind: str, event: str) -> None:
    """Move it; what is missing comes from what directives froze, reserves, then trades' holds."""
    if books.balances.get((move.asset, move.source), 0) < move.amount:
        raise No("more than there is")
    doing.accepted()
    missing = move.amount - books.free(move.asset, move.source)
    giving = sorted(
        (not page.directive, not page.reserve, name)
        for name, page in books.holds.items()
        if (page.asset, page.account) == (move.asset, move.source)
    )
    for *_, name in giving:
        if missing > 0:
            missing -= books.lessen_hold(name, missing)
    books.post(doing, [move])
    name = doing.once(event)[0]
    _executed(books, name, kind, agency, move.source, books.accounts[move.source].people)

"""What arrived and could not be filed is kept with its reason, and filed once that can be done.

The carrier is answered that we have it: it tries a webhook once or twice and never again, and its
list shows a text for a while only.
"""

import hashlib
from collections.abc import Callable

import msgspec
import structlog

from backend.compliance import ledger
from backend.messaging import callback, forms, inbound
from backend.messaging.callback import StatusCallback
from backend.messaging.inbound import Inbound
from backend.messaging.keywords import keyword
from backend.phone import kind
from backend.rounds import Tally
from backend.store import arriving_media, audit, numbers, quarantine, webhooks
from backend.store.audit import Actor
from backend.store.numbers import Rented
from backend.store.quarantine import Entry
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from backend.team.faults import NotThere

REASONS = {
    "no_number": "It came to a number that no team has. Add the number to its team.",
    "schema": "The carrier wrote it in a way that this version does not understand.",
    "failed": "It could not be written down. The server’s log says why.",
    "media": "The carrier did not give out a picture or file of it.",
}
"""Why, and what to do."""
log = structlog.get_logger()


class Still(Exception):
    """What is wrong has not been mended yet. ``reason`` is one of :data:`REASONS`."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(detail or REASONS[reason])
        self.reason, self.detail = reason, detail


def keep_text(
    writer: Writer, text: Inbound, params: dict[str, str], error: Exception, road: str = "inbound"
) -> None:
    """Its transaction failed, which says nothing of the next text: keep what came, and heed it
    where it stops further texts. Raises what keeps us from either: then it must not be
    acknowledged."""
    log.error("quarantine.text_failed", sid=text.sid, exc_info=error)
    ours = numbers.by_e164(text.recipient)

    def work(tx: Transaction) -> None:
        webhook = webhooks.keep(tx, f"{road}:{text.sid}", _json(params), text.sid)
        quarantine.put(
            tx,
            ours.team if ours else None,
            key=inbound.quarantined_as(text.sid),
            kind="text",
            reason="failed",
            detail=type(error).__name__,
            mobile=inbound.mobile_of(text.sender),
            webhook=webhook,
        )

        # Together: what is known to a redelivery has been heeded.
        if ours is not None and text.may_stop:
            _stop(tx, ours, text)

    writer(work)


def keep_status(
    writer: Writer, told: StatusCallback, params: dict[str, str], error: Exception
) -> None:
    """As :func:`keep_text`, of a status."""
    log.error("quarantine.status_failed", sid=told.sid, exc_info=error)

    def work(tx: Transaction) -> None:
        webhook = webhooks.keep(tx, told.key, _json(params), told.sid)
        detail = type(error).__name__
        callback.set_aside(tx, told, webhook, "failed", detail)

    writer(work)


def keep_unread(tx: Transaction, form: dict[str, str], why: str) -> None:
    """A signed webhook of a text in which something is missing that we cannot do without; ``why``
    says what."""
    written = _json(dict(sorted(form.items())))
    sender, recipient = form.get("From", ""), form.get("To", "")
    # There is no sid to go by: the same is what is written the same.
    key = f"schema:{hashlib.sha256(written.encode()).hexdigest()}"
    webhook = webhooks.keep(tx, key, written, form.get("MessageSid", "")[:64])
    ours = numbers.by_e164(recipient)
    quarantine.put(
        tx,
        ours.team if ours else None,
        key=key,
        kind="text",
        reason="schema",
        detail=why,
        mobile=inbound.mobile_of(sender),
        webhook=webhook,
    )


def check(team: int, entry: int) -> None:
    """Raises :class:`NotThere` where the team has no such entry."""
    if quarantine.of_team(team, entry) is None:
        raise NotThere(entry)


def retry(writer: Writer, entry: int, actor: Actor | None = None) -> bool:
    """Try again to file it; True when it is filed, or is not waiting any more. However often and
    from wherever it is tried, it becomes one text. ``actor`` is who asked, for the audit log."""
    try:
        writer(lambda tx: _again(tx, entry, actor))
    except Still as error:
        still = error
    except Exception as error:
        log.exception("quarantine.failed_again", entry=entry)
        still = Still("failed", type(error).__name__)
    else:
        return True
    writer(lambda tx: _put_off(tx, entry, still))
    return False


def sweep(writer: Writer, tally: Tally) -> None:
    """Try again what is due, and forget what is too old."""
    for entry in quarantine.due():
        held = quarantine.get(entry)
        filed = retry(writer, entry)
        if held is not None and held.team is not None:
            tally.add(held.team, mended=filed)
    writer(lambda tx: quarantine.prune(tx, now() - quarantine.KEPT_MS))


def drop(tx: Transaction, actor: Actor | None, entry: int) -> None:
    """Forget it, words and all; raises :class:`NotThere`. A team's text goes at the carrier too:
    else the carrier's list would bring it back."""
    held = quarantine.get(entry)
    if held is None:
        raise NotThere(entry)
    if held.team is None:
        gone = quarantine.drop(tx, entry)
    else:
        gone = quarantine.drop_for_good(tx, held.team, entry)
    if not gone:
        raise NotThere(entry)
    _note(tx, actor, held, "quarantine.dropped")


def _stop(tx: Transaction, ours: Rented, text: Inbound) -> None:
    """Nobody is answered yet, and no other word counts: that is for when it is filed. The ledger
    then knows it for the text of this opt-out."""
    mobile, heard = inbound.mobile_of(text.sender), ledger.Heard(None, text.at)
    if keyword(text.words, kind(ours.e164), text.opt_out_type) == "stop":
        ledger.opt_out(tx, ledger.by_text(ours.team), mobile, "stop", heard=heard)
    elif text.phrase:
        ledger.suspect(tx, ours.team, mobile, text.phrase, heard=heard)


def _again(tx: Transaction, entry: int, actor: Actor | None) -> None:
    held = quarantine.get(entry)
    if held is None:
        return  # somebody else was faster
    if held.kind == "media":
        assert held.team is not None
        assert held.message is not None
        arriving_media.again(tx, held.team, held.message)
    elif held.params not in ("", "{}"):  # else it has been erased meanwhile
        form = msgspec.json.decode(held.params, type=dict[str, str])
        _FILE[held.kind](tx, held, form)
    quarantine.remove(tx, entry)
    _note(tx, actor, held, "quarantine.retried")


def _file_text(tx: Transaction, held: Entry, form: dict[str, str]) -> None:
    try:
        text = forms.read(form, held.received_at)
    except forms.Malformed as error:
        raise Still("schema", str(error)) from None
    ours = numbers.by_e164(text.recipient)
    if ours is None:
        raise Still("no_number", text.recipient)
    assert held.webhook is not None
    webhooks.mark_filed(tx, held.webhook, ours.team)
    inbound.file(tx, ours, text)


def _file_status(tx: Transaction, held: Entry, form: dict[str, str]) -> None:
    told = callback.read(form, held.message or 0)
    if not told.understood:
        raise Still("schema", callback.unread(told))
    assert held.webhook is not None
    callback.apply(tx, told, held.webhook)


_FILE: dict[str, Callable[[Transaction, Entry, dict[str, str]], None]] = {
    "text": _file_text,
    "status": _file_status,
}


def _put_off(tx: Transaction, entry: int, still: Still) -> None:
    held = quarantine.get(entry)
    if held is not None:
        quarantine.put_off(tx, held, still.reason, still.detail)


def _note(tx: Transaction, actor: Actor | None, held: Entry, action: str) -> None:
    if actor is not None and held.team is not None:
        audit.add(tx, actor, action, held.kind, after={"reason": held.reason, "at": held.at})


def _json(params: dict[str, str]) -> str:
    return msgspec.json.encode(params).decode()

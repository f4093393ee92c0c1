"""Handing a text to the carrier, at most once.

The claim is committed before the carrier is called. From then on only an answer that says for
certain that the carrier has nothing puts the text back; everything else leaves it ``unknown``.
"""

from collections.abc import Callable

import structlog

from backend import metrics, request_ids
from backend.messaging import billing, confirming, gate, refusing, scheduled, status
from backend.messaging.errors import GATE, OPTED_OUT
from backend.messaging.gate import Request, Road
from backend.ports import Carrier, CarrierText, NotTaken, Rejected, Text, Uncertain
from backend.store import decisions, media, messages, outbox
from backend.store.outbox import Waiting
from backend.store.rows import now
from backend.store.writer import Transaction, Writer
from shared.wire import Blocked

log = structlog.get_logger()
MOST_ATTEMPTS = 8
LONGEST_WAIT_MS = 10 * 60_000
STALE_MS = 30_000
"""A claim this old is not acted on: half of ``reconcile.LEASE_MS``, when it counts as dead."""

USED_UP = frozenset(("user_cap", "team_cap", "budget"))
LONGEST_DAY_MS = 25 * 3600_000
"""The one on which clocks are set back."""


class HandOver:
    """``callback_url(message)`` is the address that the carrier tells the text's statuses,
    ``media_url(media)`` the one at which it fetches a media."""

    def __init__(
        self,
        writer: Writer,
        carrier: Carrier,
        callback_url: Callable[[int], str],
        media_url: Callable[[int], str] = "/media/{}".format,
    ) -> None:
        self._writer = writer
        self._carrier = carrier
        self._callback_url = callback_url
        self._media_url = media_url

    def __call__(self, message: int) -> None:
        """Hand the text over if it is still waiting and the gate still lets it pass."""
        waiting = self._writer(lambda tx: self._claim(tx, message))
        if waiting is None:
            return
        # Whatever woke us, the text goes on under the name of what wrote it.
        request_ids.begin(waiting.request_id)
        if now() - (waiting.claimed_at or 0) > STALE_MS:
            # This process stood still since its claim, and a STOP that came meanwhile may not wait
            # for it any more. The carrier was not called: the gate is asked anew.
            metrics.hand_overs.count("stale")
            log.warning("hand_over.stale", message=message)
            self._writer(lambda tx: _give_back(tx, waiting))
            return
        text = Text(
            message=message,
            sender=waiting.sender,
            recipient=waiting.recipient,
            body=waiting.body,
            callback=self._callback_url(message),
            service=waiting.service,
            media=self._media_of(waiting),
        )
        try:
            taken = self._carrier.send(text)
        except Rejected as error:
            code = error.code
            metrics.hand_overs.count("rejected")
            log.info("hand_over.rejected", message=message, code=code)
            self._writer(lambda tx: _fail(tx, waiting, code))
        except NotTaken as error:
            code = error.code
            metrics.hand_overs.count("put_back")
            log.info("hand_over.put_back", message=message, code=code, attempt=waiting.attempts)
            self._writer(lambda tx: _put_back(tx, waiting, code))
        except Uncertain as error:
            metrics.hand_overs.count("uncertain")
            log.warning("hand_over.uncertain", message=message, cause=str(error))
            self._writer(lambda tx: set_unknown(tx, waiting.team, message), repeatable=True)
        else:
            metrics.hand_overs.count("taken")
            metrics.segments.inc(waiting.segments)
            log.info("hand_over.taken", message=message, sid=taken.sid)
            self._writer(lambda tx: record(tx, waiting.team, message, taken), repeatable=True)

    def _media_of(self, waiting: Waiting) -> tuple[str, ...]:
        found = media.of_messages(waiting.team, [waiting.message]).get(waiting.message, [])
        return tuple(self._media_url(each.id) for each in found)

    def _claim(self, tx: Transaction, message: int) -> Waiting | None:
        waiting = outbox.claim(tx, message)
        if waiting is None:
            return None
        request = Request(
            waiting.team,
            waiting.author,
            waiting.person,
            waiting.sender,
            waiting.recipient,
            waiting.body,
            media=waiting.media,
            road=_road(waiting),
        )
        blocked = gate.ask(tx, request, "hand_over", message).blocked
        if blocked is not None:
            metrics.hand_overs.count("refused")
            _refuse(tx, waiting, blocked)
            return None
        billing.handed_over(tx, waiting.team, message)
        if waiting.status == "scheduled":
            scheduled.let_go(tx, waiting)
        else:
            status.advance(tx, waiting.team, message, "sending")
        return waiting


def _road(waiting: Waiting) -> Road:
    if waiting.author is None and waiting.ref.startswith(confirming.REF):
        return "system"
    if waiting.scheduled_for is not None:
        return "scheduled"
    return "api" if decisions.composed_by(waiting.team, waiting.message) == "api" else "pane"


def record(tx: Transaction, team: int, message: int, taken: CarrierText) -> None:
    """The carrier has the text: attach its sid and status."""
    status.advance(
        tx,
        team,
        message,
        taken.status,
        sid=taken.sid,
        error_code=taken.error_code,
        segments=taken.segments,
        price=taken.price,
    )
    if taken.error_code == OPTED_OUT and not taken.inbound:
        refusing.opted_out(tx, team, messages.mobile_of(team, message), taken.at)


def set_unknown(tx: Transaction, team: int, message: int) -> None:
    """Nobody knows whether the carrier has the text, unless a callback has told meanwhile."""
    if outbox.set_uncertain(tx, team, message):
        status.advance(tx, team, message, "unknown")


def _refuse(tx: Transaction, waiting: Waiting, blocked: Blocked) -> None:
    """The gate says no now that its turn has come. Time alone mends quiet hours and, by tomorrow,
    what is used up for today: a scheduled text has nobody there to send it again."""
    until, used_up = blocked.until, blocked.reason in USED_UP and waiting.status == "scheduled"
    if until is not None and blocked.reason == "quiet_hours":
        scheduled.put_off(tx, waiting, until, "quiet_hours")
        return
    if until is not None and used_up and until - now() <= LONGEST_DAY_MS:
        scheduled.put_off(tx, waiting, until)
        return
    outbox.done(tx, waiting.team, waiting.message)
    code = OPTED_OUT if blocked.reason == "opted_out" else GATE
    status.advance(tx, waiting.team, waiting.message, "failed", error_code=code, cause=blocked.text)
    if waiting.status == "scheduled":
        scheduled.recount(tx, waiting.team, waiting.conversation)


def _fail(tx: Transaction, waiting: Waiting, code: int | None) -> None:
    """The carrier said no, or did not take it often enough."""
    outbox.done(tx, waiting.team, waiting.message)
    status.advance(tx, waiting.team, waiting.message, "failed", error_code=code)
    billing.taken_back(tx, waiting.team, waiting.message)
    if code == OPTED_OUT:
        refusing.opted_out(tx, waiting.team, waiting.recipient, now())


def _give_back(tx: Transaction, waiting: Waiting) -> None:
    """The claim was never used. Where it was found dead meanwhile, the rep has been told that
    nobody knows, and may have acted on it."""
    held = outbox.get(waiting.message)
    if held and (held.state, held.claimed_at) == ("sending", waiting.claimed_at):
        _put_back(tx, waiting, None)


def _put_back(tx: Transaction, waiting: Waiting, code: int | None) -> None:
    if waiting.attempts >= MOST_ATTEMPTS:
        _fail(tx, waiting, code)
        return
    wait = min(1000 * 2**waiting.attempts, LONGEST_WAIT_MS)
    billing.taken_back(tx, waiting.team, waiting.message)
    outbox.put_back(tx, waiting.team, waiting.message, wait)

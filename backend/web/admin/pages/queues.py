"""Health of the queues: what waits, for how long, and whether that is as it should be."""

from typing import NamedTuple

from flask import Blueprint, Response

from backend.crm_port import CRMS
from backend.store import crm_connections, queues
from backend.store.crm_connections import Connection
from backend.store.queues import Queue
from backend.store.rows import now
from backend.web.admin import guard
from backend.web.admin.pages import rounds
from backend.web.admin.rendering import page
from backend.web.admin.services import Services

MINUTE = 60_000
NONE = Queue(0, None)


class Line(NamedTuple):
    """``state``: good, slow (late: look at it) or bad; ``todo`` says what to do about it."""

    name: str
    queue: Queue
    state: str
    text: str
    todo: str = ""


def register(web: Blueprint, _services: Services) -> None:
    @web.get("/queues")
    def queues_page() -> Response:
        team = guard.who().team
        lines, work = _lines(team), rounds.lines(team)
        worst = "bad" if any(each.state == "bad" for each in lines) else "slow"
        well = all(each.state == "good" for each in lines)
        late = [each.round.title for each in work if each.late]
        return page("queues.html", lines=lines, work=work, late=late, well=well, worst=worst)


def _lines(team: int) -> list[Line]:
    outbox = queues.outbox(team)
    return [
        _timed(
            "Texts to hand over",
            _both(outbox.get("queued", NONE), outbox.get("sending", NONE)),
            *(2 * MINUTE, 15 * MINUTE),
            "They leave within a second when all is well.",
            "The carrier may be away: run `repline doctor` on the server.",
        ),
        Line(
            "Scheduled",
            outbox.get("scheduled", NONE),
            "good",
            "They wait for the time that their rep chose, or for the end of quiet hours.",
        ),
        Line(
            "Held",
            outbox.get("held", NONE),
            "good",
            "They wait for a rep: somebody answered in between.",
        ),
        _empty(
            "In doubt",
            queues.unknown(team),
            "Nobody knows whether the carrier has them. The rep sees it under the text.",
            "The page In doubt lets you say what became of them.",
        ),
        _empty(
            "Given up",
            queues.silent(team),
            "The carrier took them and never said whether they arrived.",
            "The page In doubt lists them.",
        ),
        _empty(
            "Quarantine",
            queues.quarantine(team),
            "What came to your numbers and could not be filed.",
            "The page Quarantine says why, and tries again.",
        ),
        _timed(
            "Media to fetch",
            queues.media(team),
            *(10 * MINUTE, 60 * MINUTE),
            "Pictures and files of texts that came in.",
            "The carrier does not give them out: run `repline doctor` on the server.",
        ),
        _timed(
            "Events to your hooks",
            queues.hooks(team, "waiting"),
            *(10 * MINUTE, 24 * 60 * MINUTE),
            "On their way to your programs.",
            "A program does not answer: its hook names what it said.",
        ),
        _empty(
            "Events given up",
            queues.hooks(team, "failed"),
            "A program refused them, or did not answer for too long.",
            "Mend the program, then have them told again on its hook’s page.",
        ),
        _timed(
            "To delete at the carrier",
            queues.redactions(team),
            *(60 * MINUTE, 48 * 60 * MINUTE),
            "Texts and media of erased people, which the carrier has to forget too.",
            "The carrier does not answer: run `repline doctor` on the server.",
        ),
        *(line for each in crm_connections.of_team(team) for line in _crm(each)),
    ]


def _crm(held: Connection) -> list[Line]:
    name = CRMS[held.crm]
    todo = {
        "broken": f"Connect {name} again on the page of CRMs.",
        "off": f"{name} is disconnected: connect it on the page of CRMs.",
    }.get(held.state, f"{held.cause} The page of CRMs says more.".strip())
    return [
        _timed(
            f"Activities to {name}",
            queues.crm_logs(held.team, held.crm, "waiting"),
            *(10 * MINUTE, 60 * MINUTE),
            "Texts and notes that are to be in the CRM.",
            todo,
        ),
        _empty(
            f"Activities that {name} refused",
            queues.crm_logs(held.team, held.crm, "failed"),
            "They are tried again when an admin asks for it.",
            "The CRM log says why.",
        ),
    ]


def _timed(name: str, queue: Queue, slow: int, bad: int, text: str, todo: str) -> Line:
    """A queue that is late after ``slow`` ms and in trouble after ``bad``."""
    age = now() - queue.oldest if queue.waiting and queue.oldest is not None else 0
    state = "bad" if age > bad else "slow" if age > slow else "good"
    return Line(name, queue, state, text, "" if state == "good" else todo)


def _empty(name: str, queue: Queue, text: str, todo: str) -> Line:
    """What nobody works off by itself, so that it is well only while nothing is there."""
    return Line(name, queue, *(("slow", text, todo) if queue.waiting else ("good", text)))


def _both(one: Queue, other: Queue) -> Queue:
    oldest = [each.oldest for each in (one, other) if each.oldest is not None]
    return Queue(one.waiting + other.waiting, min(oldest, default=None))

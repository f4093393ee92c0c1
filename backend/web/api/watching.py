"""Work that comes round and the quarantine, for programs."""

from typing import Annotated

from msgspec import Meta, Struct

from backend import rounds
from backend.messaging import quarantining
from backend.rounds import ROUNDS
from backend.store import findings, heartbeats, quarantine
from backend.store.heartbeats import Beat
from backend.store.rows import now
from backend.web.api.routes import BeforeQuery, Call, for_admins
from shared import wire


class Round(Struct, kw_only=True):
    """``done_at``: last done to its end; ``cause``: why it was not when it was ``tried_at``.
    ``found`` and ``mended`` are of your team, by the run that began ``found_at``."""

    name: str
    title: str
    done_at: wire.Time | None
    tried_at: wire.Time | None
    cause: str
    found_at: wire.Time | None
    found: int
    mended: int
    next_at: wire.Time


class Rounds(Struct, kw_only=True):
    rounds: list[Round]


class Run(Struct, kw_only=True, forbid_unknown_fields=True):
    round: Annotated[str, Meta(max_length=40)]


class Quarantined(Struct, kw_only=True):
    """What could not be filed. ``kind``: text, status, media; ``reason``: no_number, schema,
    failed, media; ``text`` says it in words."""

    id: wire.Id
    kind: str
    reason: str
    text: str
    detail: str
    mobile: str
    at: wire.Time
    attempts: int


class Quarantine(Struct, kw_only=True):
    quarantine: list[Quarantined]
    more: bool


class Filed(Struct, kw_only=True):
    filed: bool


@for_admins("GET", "/rounds", answers={200: Rounds})
def list_rounds(call: Call) -> Rounds:
    """Work that comes round: how it went last, and when it is next."""
    beats, found = heartbeats.all_beats(), findings.of_team(call.identity.team)
    return Rounds(
        rounds=[_round(name, beats.get(name, Beat()), found.get(name)) for name in ROUNDS]
    )


@for_admins("POST", "/rounds", body=Run, answers={202: None}, problems=(404,))
def run_round(call: Call, body: Run) -> None:
    """Have it done now; what it finds is listed in a moment."""
    actor = call.actor
    call.services.writer(lambda tx: rounds.ask(tx, actor, body.round))


@for_admins("GET", "/quarantine", query=BeforeQuery, answers={200: Quarantine})
def list_quarantine(call: Call, query: BeforeQuery) -> Quarantine:
    """What came to the team's numbers and could not be filed, the latest first."""
    rows = quarantine.page(call.identity.team, before=query.before, limit=query.limit + 1)
    return Quarantine(
        quarantine=[
            Quarantined(
                id=row.id,
                kind=row.kind,
                reason=row.reason,
                text=quarantining.REASONS[row.reason],
                detail=row.detail,
                mobile=row.mobile,
                at=row.received_at,
                attempts=row.attempts,
            )
            for row in rows[: query.limit]
        ],
        more=len(rows) > query.limit,
    )


@for_admins("POST", "/quarantine/<id:entry>/retry", answers={200: Filed}, problems=(404,))
def retry_quarantine(call: Call, entry: int) -> Filed:
    """Try again to file it. However often this is asked, it becomes one text."""
    quarantining.check(call.identity.team, entry)
    return Filed(filed=quarantining.retry(call.services.writer, entry, call.actor))


@for_admins("DELETE", "/quarantine/<id:entry>", answers={204: None}, problems=(404,))
def drop_quarantine(call: Call, entry: int) -> None:
    """Forget it, words and all."""
    quarantining.check(call.identity.team, entry)
    actor = call.actor
    call.services.writer(lambda tx: quarantining.drop(tx, actor, entry))


def _round(name: str, beat: Beat, finding: findings.Finding | None) -> Round:
    return Round(
        name=name,
        title=ROUNDS[name].title,
        done_at=beat.at or None,
        tried_at=beat.tried_at,
        cause=beat.cause,
        found_at=finding.at if finding else None,
        found=finding.found if finding else 0,
        mended=finding.mended if finding else 0,
        next_at=rounds.next_at(name, now()),
    )

"""Work that comes round: how it went when it was last done, when it is next, and doing it now."""

from typing import NamedTuple

from flask import Blueprint, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from backend import rounds
from backend.rounds import ROUNDS, Round
from backend.store import findings, heartbeats
from backend.store.findings import Finding
from backend.store.heartbeats import Beat
from backend.store.rows import now
from backend.web.admin import guard, notices
from backend.web.admin.services import Services


class Line(NamedTuple):
    """``finding`` is what it last found of the team's, of its last run where ``fresh``."""

    name: str
    round: Round
    beat: Beat
    finding: Finding | None
    fresh: bool
    late: bool
    next_at: int


def register(web: Blueprint, services: Services) -> None:
    @web.post("/queues/run")
    def queues_run() -> AnyResponse:
        round = request.form.get("round", "")
        actor = guard.actor()
        services.writer(lambda tx: rounds.ask(tx, actor, round))
        text = f"{ROUNDS[round].title}: it runs now. Look again in a moment to see what it found."
        return notices.then(url_for("admin.queues_page"), text)


def lines(team: int) -> list[Line]:
    """Every round, in the order of their table."""
    at, beats, found = now(), heartbeats.all_beats(), findings.of_team(team)
    return [_line(name, beats.get(name, Beat()), found.get(name), at) for name in ROUNDS]


def _line(name: str, beat: Beat, finding: Finding | None, at: int) -> Line:
    fresh = finding is not None and finding.at == beat.tried_at
    late = rounds.is_late(name, beat, at)
    return Line(name, ROUNDS[name], beat, finding, fresh, late, rounds.next_at(name, at))

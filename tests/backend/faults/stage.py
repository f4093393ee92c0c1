"""What the model of the promises plays on: two teams, two workers that can be stopped between a
claim and its answer, and a carrier that remembers what it took."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from greenlet import greenlet

from backend.messaging import reconcile
from backend.messaging.hand_over import HandOver
from backend.models import Team
from backend.ports import CarrierText, Text
from backend.store import conversations
from backend.store.rows import all_rows, now
from tests.backend.world import World

_numbers = count(1)
"""Over all examples, since they share a database: no sid, ref or mobile comes twice."""


def fresh() -> int:
    return next(_numbers)


class Killed(BaseException):
    """As kill -9: nothing after it runs."""


class Side(NamedTuple):
    team: int
    user: int
    number: str
    number_id: int


@dataclass
class Carrier:
    """Each call waits until the machine says what becomes of it. ``listed`` is its own list."""

    listed: list[CarrierText] = field(default_factory=list)
    taken: dict[int, CarrierText] = field(default_factory=dict)
    calls: list[int] = field(default_factory=list)

    def send(self, text: Text) -> CarrierText:
        self.calls.append(text.message)
        answer: Callable[[], CarrierText] = greenlet.getcurrent().parent.switch(text)
        return answer()

    def take(self, text: Text) -> CarrierText:
        assert text.message not in self.taken, f"the carrier has message {text.message} twice"
        made = CarrierText(
            *(f"SM{fresh()}", "sent", text.sender, text.recipient, text.body),
            at=now(),
        )
        self.listed.append(made)
        self.taken[text.message] = made
        return made

    def sent_since(self, since: int) -> list[CarrierText]:
        return [each for each in reversed(self.listed) if each.at >= since]


class Worker:
    """Hands texts over, one at a time. ``text`` is the one that it has called the carrier with."""

    def __init__(self, world: World, carrier: Carrier) -> None:
        url = "https://repline.example/twilio/messages/status?message={}".format
        self._hand_over = HandOver(world.writer, carrier, url)
        self.text: Text | None = None

    def begin(self, message: int) -> None:
        self._running = greenlet(self._hand_over)
        self._went_on(self._running.switch(message))

    def go_on(self, answer: Callable[[], Any]) -> None:
        """The carrier answers, or raises."""
        self._went_on(self._running.switch(answer))

    def kill(self) -> None:
        try:
            self._running.throw(Killed)
        except Killed:
            self.text = None

    def _went_on(self, text: Text | None) -> None:
        self.text = None if self._running.dead else text


@dataclass
class Stage:
    """``talks`` holds the conversation of each (side, mobile)."""

    world: World
    carrier: Carrier = field(default_factory=Carrier)

    def __post_init__(self) -> None:
        world = self.world
        # What an earlier example left on its way is none of this one's.
        for table in ("outbox", "heartbeat"):
            world.writer(lambda tx, table=table: tx.execute(f"DELETE FROM {table}") and None)
        reconcile.reconcile(world.writer, self.carrier)  # as a process that starts
        Team.update(user_daily_cap=10**6, team_daily_cap=10**6).execute()
        self.sides = [
            Side(world.team.id, world.ana.id, world.number.e164, world.number.id),
            Side(
                *(world.others.id, world.stranger.id),
                *(world.their_number.e164, world.their_number.id),
            ),
        ]
        self.mobiles = [f"+1404{2_000_000 + fresh()}" for _ in range(2)]
        self.talks = {(s, m): self._open(s, m) for s in self.sides for m in self.mobiles}
        self.workers = [Worker(world, self.carrier) for _ in range(2)]
        self.before = {side.user: self._position(side.user) for side in self.sides}

    def _open(self, side: Side, mobile: str) -> int:
        person = self.world.person(mobile, "Somebody", team=Team.get_by_id(side.team))
        return self.world.writer(
            lambda tx: conversations.open_for(tx, side.team, side.number_id, person.id, "opened")
        )

    def _position(self, user: int) -> int:
        rows = all_rows("SELECT seq FROM feed_cursor WHERE user_id = ?", (user,))
        return rows[0][0] if rows else 0

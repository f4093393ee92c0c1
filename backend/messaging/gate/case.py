"""A text before the gate, with what is known of it."""

from functools import cached_property
from typing import NamedTuple

from backend.messaging import segments
from backend.messaging.gate.request import Request
from backend.phone import parse
from backend.store import circumstances, settings, standing, usage
from backend.store.circumstances import Bar, Circumstances
from backend.store.rows import now
from backend.store.settings import Settings
from backend.store.standing import UserStanding
from backend.store.usage import Spent
from shared.wire import Blocked


class Somewhere(NamedTuple):
    """What tells where the person is."""

    time_zone: str
    region: str


class Case:
    """Facts are read once, and only when a check asks for them: the first no ends the reading.

    ``notes`` are for the decision: why a rule that usually refuses let the text pass, or what a
    refusal went by.
    """

    def __init__(self, request: Request) -> None:
        self.request = request
        self.notes: list[str] = []
        self.warning: Blocked | None = None
        asked_at = now()
        self.later = request.at is not None and request.at > asked_at
        """It waits for its time: what counts a day is asked again then."""
        self.at = request.at if request.at is not None and self.later else asked_at

    @cached_property
    def settings(self) -> Settings:
        return settings.of_team(self.request.team)

    @cached_property
    def user(self) -> UserStanding | None:
        """A text that no person wrote goes by the team alone."""
        if self.request.user is not None:
            return standing.of_user(self.request.team, self.request.user)
        team = self.settings
        return UserStanding(
            team.messenger_enabled,
            paused_at=team.paused_at,
            active=True,
            licensed=True,
            numbered=True,
        )

    @cached_property
    def around(self) -> Circumstances:
        request = self.request
        return circumstances.of_text(
            request.team, request.user, request.sender, request.person, request.recipient
        )

    @cached_property
    def bars(self) -> dict[str, Bar]:
        """By kind."""
        found = circumstances.bars(self.request.team, self.request.recipient)
        return {bar.kind: bar for bar in found}

    @cached_property
    def spent(self) -> Spent:
        day = usage.day_of(self.settings.time_zone, self.at)
        return usage.spent(self.request.team, self.request.user, day)

    @property
    def country(self) -> str:
        """The recipient's, of a number that has been found to take texts."""
        return parse(self.request.recipient).country

    @property
    def person(self) -> Somewhere:
        return Somewhere(self.around.time_zone or "", self.around.region or "")

    @property
    def cost(self) -> int:
        """What the text is expected to cost, in millionths of a US dollar."""
        parts = segments.measure(self.request.body).count if self.request.body else 1
        media = self.request.media
        return parts * self.settings.segment_price + media * self.settings.media_price

"""Texts in doubt, for programs and reps: which there are, and what became of them."""

from msgspec import Struct

from backend.messaging import doubt
from backend.store import doubts
from backend.web.api.routes import BeforeQuery, Call, for_admins, route
from shared import wire


class DoubtfulText(Struct, kw_only=True):
    """``looking``: the carrier's list may still tell, so nobody is asked yet. ``number`` is the one
    that the text is from."""

    id: wire.Id
    conversation: wire.Id
    author: str
    person: wire.Id
    person_name: str
    mobile: str
    number: str
    body: str
    at: wire.Time
    looking: bool


class DoubtfulTexts(Struct, kw_only=True):
    texts: list[DoubtfulText]
    more: bool


class Settled(Struct, kw_only=True, forbid_unknown_fields=True):
    """What became of a text in doubt; ``again`` sends it once more, as another text."""

    answer: wire.SettledAs


@for_admins("GET", "/doubts", query=BeforeQuery, answers={200: DoubtfulTexts})
def list_doubts(call: Call, query: BeforeQuery) -> DoubtfulTexts:
    """Texts of which nobody knows whether they were sent, the latest first."""
    rows = doubts.page(call.identity.team, before=query.before, limit=query.limit + 1)
    return DoubtfulTexts(
        texts=[
            DoubtfulText(
                id=row.message,
                conversation=row.conversation,
                author=row.author_name,
                person=row.person,
                person_name=row.name,
                mobile=row.mobile,
                number=row.number,
                body=row.body,
                at=row.at,
                looking=row.looking,
            )
            for row in rows[: query.limit]
        ],
        more=len(rows) > query.limit,
    )


@route(
    "POST",
    "/messages/<id:message>/doubt",
    body=Settled,
    answers={204: None},
    problems=(404, 409),
    scope="write",
)
def settle_doubt(call: Call, message: int, body: Settled) -> None:
    """Say what became of a text in doubt, once the carrier's list has not told."""
    user = call.identity.user
    doubt.settle(call.services.writer, call.actor, message, body.answer, user=user)

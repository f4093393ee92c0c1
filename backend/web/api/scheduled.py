"""Texts that wait for their time, for programs that do not hold a socket."""

from collections.abc import Iterator
from contextlib import contextmanager

from backend.inbox import cursors, times
from backend.media.sending import NotAttachable
from backend.messaging import outbound, scheduled
from backend.store import scheduled as rows
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, PageQuery, route
from shared import wire

ONE = "/scheduled/<id:message>"
TIMES = "/conversations/<id:conversation>/times"


@route(
    "GET",
    "/scheduled",
    query=PageQuery,
    answers={200: wire.ScheduledResults},
    scope="read",
)
def list_scheduled(call: Call, query: PageQuery) -> wire.ScheduledResults:
    """The texts that wait for their time, the next one first."""
    identity = call.identity
    before = cursors.read(query.before)
    found = rows.page(identity.team, identity.user, before=before, limit=query.limit + 1)
    held, following = cursors.cut(found, query.limit, lambda each: each.scheduled_for or 0)
    return wire.ScheduledResults(messages=held, next=following)


@route(
    "PATCH",
    ONE,
    body=wire.EditText,
    answers={200: wire.Message},
    problems=(403, 404, 409),
    scope="send",
)
def edit_scheduled(call: Call, message: int, body: wire.EditText) -> wire.Message:
    """Change a text that still waits, or its time."""
    with refusals():
        services = call.services
        change = _change(call, message)
        return scheduled.edit(services.writer, change, body.body, body.at)


@route("DELETE", ONE, answers={200: wire.Message}, problems=(403, 404, 409), scope="send")
def cancel_scheduled(call: Call, message: int) -> wire.Message:
    """Take back a text that still waits. Once canceled, asking again changes nothing."""
    with refusals():
        return scheduled.cancel(call.services.writer, _change(call, message))


@route("POST", ONE + "/keep", answers={200: wire.Message}, problems=(403, 404, 409), scope="send")
def keep_scheduled(call: Call, message: int) -> wire.Message:
    """Send a scheduled text although somebody answered meanwhile."""
    with refusals():
        services = call.services
        return scheduled.keep(services.writer, _change(call, message))


@route("GET", TIMES, answers={200: wire.TimeResults}, problems=(404,), scope="read")
def suggest_times(call: Call, conversation: int) -> wire.TimeResults:
    """Sensible times to send a text, and when the person may be texted in the next two weeks."""
    with refusals():
        found = times.suggest(call.identity.team, call.identity.user, conversation)
    return wire.TimeResults(zone=found.zone, times=found.times, windows=found.windows)


@contextmanager
def refusals() -> Iterator[None]:
    """What may be said against sending or changing a text, as problems."""
    try:
        yield
    except outbound.NotFound as error:
        text = str(error) or "There is no such conversation."
        raise Refusal(404, "not_found", text) from None
    except outbound.RefTaken:
        raise Refusal(
            409, "ref_taken", "This ref names another text: choose a new one.", field="ref"
        ) from None
    except NotAttachable as error:
        raise Refusal(400, f"media:{error.reason}", error.text, field="media") from None
    except outbound.BadTime as error:
        raise Refusal(400, "time", str(error), field="at") from None
    except scheduled.NotYours as error:
        raise Refusal(403, "not_yours", str(error)) from None
    except scheduled.TooLate as error:
        raise Refusal(409, "too_late", str(error)) from None
    except outbound.GateRefused as error:
        raise Refusal(403, f"gate:{error.blocked.reason}", error.blocked.text) from None


def _change(call: Call, message: int) -> scheduled.Change:
    return scheduled.Change(call.identity.team, call.identity.user, message, "api")

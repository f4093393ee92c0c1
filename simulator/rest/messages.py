"""Messages: create, list, fetch, redact, cancel, delete."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Blueprint, Response, request

from simulator import orders, outbound, resources
from simulator.errors import TwilioError
from simulator.records import FINAL, Message
from simulator.rest import answers, carrier, not_found, protect, refuse_or_go_on
from simulator.rest.paging import page
from simulator.state import message as find

blueprint = Blueprint("messages", __name__, url_prefix="/2010-04-01/Accounts/<account_sid>")
protect(blueprint)


@blueprint.post("/Messages.json")
def create(account_sid: str) -> Response:
    to, from_ = request.form.get("To"), request.form.get("From")
    refuse_or_go_on("create", to, from_)
    if fault := carrier().faults.spend("refuse", to=to, from_=from_):
        raise TwilioError(fault.code or 21610, to or "")
    order = orders.read(carrier(), account_sid, request.form)
    message = outbound.accept(carrier(), account_sid, order)
    answer = answers.created(resources.message(message))
    fits = {"to": message.to, "from_": message.from_}
    outbound.start(carrier(), message)
    if first := carrier().faults.spend("callback_first", **fits):
        answers.wait_for_callback(carrier(), message, first.status or "sent")
    return answers.spoil(answer, carrier(), fits)


@blueprint.get("/Messages.json")
def index(account_sid: str) -> dict[str, Any]:
    refuse_or_go_on("list")
    wanted = _filter()
    with carrier().state.look() as books:
        # Newest first; what came later wins where the second is the same.
        found = [
            m
            for m in reversed(books.messages.values())
            if m.account_sid == account_sid and wanted(m)
        ]
        found.sort(key=lambda m: m.created, reverse=True)
        return page("messages", found, lambda m: m.sid, resources.message)


@blueprint.get("/Messages/<sid>.json")
def fetch(account_sid: str, sid: str) -> dict[str, Any]:
    refuse_or_go_on("fetch")
    return resources.message(_message(account_sid, sid))


@blueprint.post("/Messages/<sid>.json")
def update(account_sid: str, sid: str) -> dict[str, Any]:
    message = _message(account_sid, sid)
    status, body = request.form.get("Status"), request.form.get("Body")
    with carrier().state.change():
        if status is not None:
            if status != "canceled" or message.status != "scheduled":
                raise TwilioError(30409)
            message.status, message.updated = "canceled", carrier().now()
        if body is not None:
            if body:
                raise TwilioError(20001, "Body can only be emptied")
            _complete(message)
            message.body, message.updated = "", carrier().now()
    if status is not None:
        carrier().callbacks.tell(message)
    return resources.message(message)


@blueprint.delete("/Messages/<sid>.json")
def delete(account_sid: str, sid: str) -> Response:
    message = _message(account_sid, sid)
    with carrier().state.change() as books:
        _complete(message)
        del books.messages[message.sid]
        for media in [m for m in books.media.values() if m.message_sid == sid]:
            del books.media[media.sid]
    return Response(status=204)


def _message(account_sid: str, sid: str) -> Message:
    with carrier().state.look() as books:
        message = find(books, account_sid, sid)
    if not message:
        raise not_found()
    return message


def _complete(message: Message) -> None:
    if message.status not in FINAL | {"sent"}:
        raise TwilioError(20009)


def _filter() -> Any:
    args = request.args
    to, from_ = args.get("To"), args.get("From")
    low = high = None
    if text := args.get("DateSent"):
        low, high = _moments(text)
    if text := args.get("DateSent>"):
        low = _moments(text)[0]
    if text := args.get("DateSent<"):
        high = _moments(text)[1]

    def wanted(message: Message) -> bool:
        # Until a text has left, it is found by when it was accepted. Dates on the wire have whole
        # seconds, so a bound holds for the whole second.
        at = (message.sent or message.created).replace(microsecond=0)
        return (
            (to is None or message.to == to)
            and (from_ is None or message.from_ == from_)
            and (low is None or at >= low)
            and (high is None or at <= high)
        )

    return wanted


def _moments(text: str) -> tuple[datetime, datetime]:
    """The first and the last second of what the text names: a day, or a second."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise TwilioError(20001, "DateSent") from None
    at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    if len(text) == len("2026-01-01"):
        return at, at + timedelta(days=1, seconds=-1)
    return at, at

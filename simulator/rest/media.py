"""Media of messages: what there is, its bytes behind a short-lived address, and deletion."""

from typing import Any

from flask import Blueprint, Response, redirect
from itsdangerous import BadData
from werkzeug.wrappers import Response as BaseResponse

from simulator import resources
from simulator.records import Media
from simulator.rest import carrier, not_found, protect
from simulator.rest.paging import page
from simulator.state import message as find

blueprint = Blueprint(
    "media", __name__, url_prefix="/2010-04-01/Accounts/<account_sid>/Messages/<message_sid>"
)
protect(blueprint)
content = Blueprint("content", __name__)

LINK_SECONDS = 4 * 3600
_SHOWN = ("image/png", "image/jpeg", "image/gif", "image/webp", "audio/", "video/")


@blueprint.get("/Media.json")
def index(account_sid: str, message_sid: str) -> dict[str, Any]:
    with carrier().state.look() as books:
        if not find(books, account_sid, message_sid):
            raise not_found()
        found = [m for m in books.media.values() if m.message_sid == message_sid]
    return page("media_list", found, lambda m: m.sid, resources.media)


@blueprint.get("/Media/<sid>.json")
def fetch(account_sid: str, message_sid: str, sid: str) -> dict[str, Any]:
    return resources.media(_media(account_sid, message_sid, sid))


@blueprint.get("/Media/<sid>")
def follow(account_sid: str, message_sid: str, sid: str) -> BaseResponse:
    media = _media(account_sid, message_sid, sid)
    fits = _fits(media)
    if carrier().faults.spend("media_missing", **fits):
        raise not_found()
    if fault := carrier().faults.spend("media_elsewhere", **fits):
        return redirect(fault.location, 302)
    return redirect(link(media.sid), 302)


@blueprint.delete("/Media/<sid>.json")
def delete(account_sid: str, message_sid: str, sid: str) -> Response:
    media = _media(account_sid, message_sid, sid)
    with carrier().state.change() as books:
        books.media.pop(media.sid, None)
        message = books.messages[media.message_sid]
        message.media_count = max(0, message.media_count - 1)
    return Response(status=204)


@content.get("/content/<token>")
def show(token: str) -> Response:
    """The bytes, for whoever has the address, while it lives."""
    try:
        sid = carrier().links.loads(token, max_age=LINK_SECONDS)
    except BadData:
        return Response("This address has expired.\n", 403, mimetype="text/plain")
    with carrier().state.look() as books:
        media = books.media.get(sid)
    if not media:
        return Response("Not here.\n", 404, mimetype="text/plain")
    response = Response(media.content, content_type=media.content_type)
    response.headers["X-Content-Type-Options"] = "nosniff"
    if not media.content_type.startswith(_SHOWN):
        # Whatever else people send is for saving, never for this origin to run.
        response.headers["Content-Disposition"] = "attachment"
    if carrier().faults.spend("media_cut", **_fits(media)):
        response.set_data(media.content[: len(media.content) // 2])
        response.headers["Content-Length"] = str(len(media.content))
    return response


def link(sid: str) -> str:
    return f"{carrier().url}/content/{carrier().links.dumps(sid)}"


def _fits(media: Media) -> dict[str, str | None]:
    with carrier().state.look() as books:
        text = books.messages.get(media.message_sid)
    return {"to": text.to, "from_": text.from_} if text else {}


def _media(account_sid: str, message_sid: str, sid: str) -> Media:
    with carrier().state.look() as books:
        media = books.media.get(sid)
    if not media or (media.account_sid, media.message_sid) != (account_sid, message_sid):
        raise not_found()
    return media

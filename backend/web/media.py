"""``/media``: the bytes of texts' media, for users who see the text and for the carrier.

Nothing here may run in a browser, whatever it is: only plain pictures say what they are, the rest
is a download without a type.
"""

from flask import Blueprint, Response, send_file

from backend.media import names
from backend.media.checks import SHOWN, UNKNOWN
from backend.media.files import Files
from backend.media.links import Links
from backend.signing_in import Sessions
from backend.store import conversations, media, messages
from backend.store.media import Held
from backend.store.writer import Writer
from backend.tokens import Identity
from backend.web import ids
from backend.web.api import access
from backend.web.api.problems import Refusal

_ID = "<id:media_id>"
_ONE = f"/media/{_ID}"
_FOR_CARRIER = f"{_ONE}/<id:expires>/<string(length=43):signature>"
_RETRY_S = 3


def blueprint(
    files: Files, links: Links, sessions: Sessions, writer: Writer, origins: frozenset[str]
) -> Blueprint:
    """Refusals are answered as those of the API are."""
    web = Blueprint("media", __name__)
    web.record(lambda state: ids.register(state.app))

    @web.get(_ONE, provide_automatic_options=False)
    def show(media_id: int) -> Response:
        identity = access.identify(sessions, writer)
        access.authorise(identity, "read", admin=False)
        held = media.get(identity.team, media_id)
        if held is None or not _sees(identity, held):
            raise _nothing()
        _ready(held)
        shown = held.media.content_type in SHOWN
        content_type = held.media.content_type if shown else UNKNOWN
        response = _file(files, held, content_type, held.media.name, attachment=not shown)
        # An id means the same bytes for ever.
        response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
        return response

    @web.get(_FOR_CARRIER, provide_automatic_options=False)
    def hand(media_id: int, expires: int, signature: str) -> Response:
        held = media.sent(media_id) if links.good(media_id, expires, signature) else None
        if held is None:
            raise _nothing()
        # Twilio names the file by it: no spaces, 20 characters at most.
        name = f"file{held.media.id % 10**9}{names.extension(held.media.content_type)}"
        response = _file(files, held, held.media.content_type, name, attachment=False)
        response.headers["Cache-Control"] = "no-store"
        return response

    @web.route(_ONE, methods=["OPTIONS"], provide_automatic_options=False)
    def preflight(media_id: int) -> Response:
        return access.preflight(origins)

    @web.after_request
    def finish(response: Response) -> Response:
        cached = response.headers.get("Cache-Control")
        access.protect(response, origins)
        headers = response.headers
        headers["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if response.status_code == 200 and cached:
            headers["Cache-Control"] = cached
        return response

    return web


def _sees(identity: Identity, held: Held) -> bool:
    if held.message is None:
        return held.user == identity.user
    message = messages.get(identity.team, held.message)
    return message is not None and bool(
        conversations.get_for(identity.team, identity.user, message.conversation)
    )


def _ready(held: Held) -> None:
    match held.media.state:
        case "pending":
            # Not 202: a program that expects bytes would take that answer for them.
            raise Refusal(
                404,
                "media_pending",
                "The carrier has not given it yet. Try again in a moment.",
                headers={"Retry-After": str(_RETRY_S)},
            )
        case "refused" | "gone":
            why = held.media.error or "It is gone."
            raise Refusal(410, f"media_{held.media.state}", why)


def _file(files: Files, held: Held, content_type: str, name: str, *, attachment: bool) -> Response:
    try:
        return send_file(
            files.path(held.team, held.sha256),
            mimetype=content_type,
            download_name=name or names.clean("", content_type),
            as_attachment=attachment,
            conditional=False,
            etag=False,
        )
    except FileNotFoundError:
        raise Refusal(410, "media_gone", "It is gone.") from None


def _nothing() -> Refusal:
    return Refusal(404, "not_found", "There is no such media, or it is not yours to see.")

"""Files for texts, uploaded before the text is sent."""

from collections.abc import Iterator
from typing import Annotated

from flask import request
from gevent import Timeout
from msgspec import Meta, Struct
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from backend.media import uploading
from backend.media.uploading import LARGEST, LIMITS, Unfit
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, route
from shared import wire

PATIENCE_S = 180
"""Five megabytes on a slow line; whoever takes longer only holds the line."""
_PIECE = 64 * 1024
_STATUS = {"too_large": 413, "media_type": 415, "media_waiting": 429}


class UploadQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """``name`` as the rep's computer has it; folders and what does not belong in it are dropped."""

    name: Annotated[str, Meta(max_length=255)] = ""


@route(
    "POST",
    "/media",
    query=UploadQuery,
    files=tuple(LIMITS),
    answers={201: wire.Media},
    problems=(408, 413, 415, 429),
    scope="send",
)
def upload_media(call: Call, query: UploadQuery) -> wire.Media:
    """Keep a file for a text that is sent within a day; its id goes into the text's media."""
    if (request.content_length or 0) > LARGEST:
        raise _refusal(uploading.too_large(LARGEST))
    # What comes without a length is cut off one byte over the limit, and that byte tells.
    request.max_content_length = LARGEST + 1
    identity = call.identity
    try:
        with Timeout(PATIENCE_S):
            return call.services.uploads.add(
                identity.team, identity.user, _pieces(), request.content_type or "", query.name
            )
    except Unfit as error:
        raise _refusal(error) from None
    except RequestEntityTooLarge:
        raise _refusal(uploading.too_large(LARGEST)) from None
    except ClientDisconnected:
        raise Refusal(400, "media_broken", "The file did not come whole. Send it again.") from None
    except Timeout:
        raise Refusal(408, "too_slow", "The file took too long to come. Try again.") from None


def _pieces() -> Iterator[bytes]:
    while piece := request.stream.read(_PIECE):
        yield piece


def _refusal(error: Unfit) -> Refusal:
    return Refusal(_STATUS.get(error.reason, 400), error.reason, error.text, field="media")

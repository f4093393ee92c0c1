"""Files for texts, uploaded before the text is sent."""

from typing import Annotated

from flask import request
from msgspec import Meta, Struct

from backend.media import uploading
from backend.media.uploading import LARGEST, LIMITS, Unfit
from backend.web.api import files
from backend.web.api.problems import Refusal
from backend.web.api.routes import Call, route
from shared import wire

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
    identity = call.identity
    declared = request.content_type or ""
    try:
        return files.receive(
            LARGEST,
            _refusal(uploading.too_large(LARGEST)),
            "media_broken",
            lambda pieces: call.services.uploads.add(
                identity.team, identity.user, pieces, declared, query.name
            ),
        )
    except Unfit as error:
        raise _refusal(error) from None


def _refusal(error: Unfit) -> Refusal:
    return Refusal(_STATUS.get(error.reason, 400), error.reason, error.text, field="media")

"""Bodies that are files: read in pieces, with a limit and in a bounded time."""

from collections.abc import Callable, Iterator
from typing import TypeVar

from flask import request
from gevent import Timeout
from werkzeug.exceptions import ClientDisconnected, RequestEntityTooLarge

from backend.web.api.problems import Refusal
from backend.web.bodies import pieces

T = TypeVar("T")
PATIENCE_S = 180
"""Five megabytes on a slow line; whoever takes longer only holds the line."""


def receive(
    largest: int, too_large: Refusal, reason: str, take: Callable[[Iterator[bytes]], T]
) -> T:
    """What ``take`` makes of the pieces of the body; ``reason`` names a body that came in part.
    :class:`Refusal` 400, 408 or, as ``too_large``, for more than ``largest`` bytes."""
    if (request.content_length or 0) > largest:
        raise too_large
    # What comes without a length is cut off one byte over the limit, and that byte tells.
    request.max_content_length = largest + 1
    try:
        with Timeout(PATIENCE_S):
            return take(pieces(request.stream))
    except RequestEntityTooLarge:
        raise too_large from None
    except ClientDisconnected:
        raise Refusal(400, reason, "The file did not come whole. Send it again.") from None
    except Timeout:
        raise Refusal(408, "too_slow", "The file took too long to come. Try again.") from None

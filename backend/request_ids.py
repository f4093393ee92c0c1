"""One name for a request and for all that follows from it: a webhook, a request or a frame, the
jobs that it wakes, the call to the carrier, and what the carrier tells of that text later.

Each entry of the log carries it, so a text can be followed by it from end to end.
"""

import os
import re

import structlog

LENGTH = 32
_OURS = re.compile(f"[0-9a-f]{{{LENGTH}}}")


def begin(given: str = "") -> str:
    """What this thread or greenlet does from now on has this name: ``given``, where it is a name of
    ours that goes on, or else a new one."""
    structlog.contextvars.clear_contextvars()
    name = given if _OURS.fullmatch(given) else os.urandom(16).hex()
    structlog.contextvars.bind_contextvars(request_id=name)
    return name


def current() -> str:
    """The name of what is being done; empty where nobody has begun."""
    name: str = structlog.contextvars.get_contextvars().get("request_id", "")
    return name

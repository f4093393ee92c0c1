"""Logging: a JSON object per line on stderr, never with what people wrote, their
numbers in full, or what lets one in."""

import json
import logging
import re
import sys
from collections.abc import MutableMapping
from contextlib import AbstractContextManager, suppress
from typing import Any, TextIO

import msgspec
import structlog
from gevent.monkey import get_original

SECRET = frozenset(
    {"access_token", "auth", "authorization", "body", "endpoint", "p256dh"}
    | {"password", "payload", "refresh_token", "text", "token"}
)
"""Keys whose values are dropped wherever they appear in an entry."""
_MOBILE = re.compile(r"(\+|%2[Bb])1?\d{4,10}(\d{4})(?!\d)")
_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def without_secrets(
    _logger: Any, _name: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Put ``[dropped]`` in the place of secrets, however deep they lie."""
    return {key: _clean(key, value) for key, value in entry.items()}


def without_mobiles(_logger: Any, _name: str, line: Any) -> str:
    """Leave the last four digits of every number, also in what libraries and tracebacks say."""
    return _MOBILE.sub(r"…\2", line)


def _json(entry: Any, default: Any) -> str:
    try:
        return msgspec.json.encode(entry, enc_hook=default).decode()
    except (UnicodeError, TypeError, ValueError):
        # Half a character of somebody's error message, a number of any size: slower, but said.
        return json.dumps(entry, default=default, skipkeys=True)


def _clean(key: Any, value: Any) -> Any:
    if isinstance(key, str) and key.lower() in SECRET:
        return "[dropped]"
    if isinstance(value, dict):
        return {inner: _clean(inner, each) for inner, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(None, each) for each in value]
    return value


class _Lines:
    """What structlog writes to, as long as anything can be written: a full disk or a reader that
    has left must not undo what a line speaks of."""

    def __init__(self, stream: TextIO, lock: AbstractContextManager[Any]) -> None:
        self._stream, self._lock = stream, lock

    def write(self, line: str) -> None:
        with self._lock, suppress(OSError, ValueError):  # which a closed one raises
            self._stream.write(f"{line}\n")
            self._stream.flush()

    debug = info = warning = error = critical = write


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send our entries and those of libraries to ``stream`` (stderr): for people when it is a
    terminal, else as JSON."""
    stream = stream or sys.stderr
    rendered: list[structlog.typing.Processor] = [
        # Plain tracebacks: richer ones would print local variables, texts among them.
        structlog.processors.format_exc_info,
        without_secrets,
        structlog.dev.ConsoleRenderer()
        if stream.isatty()
        else structlog.processors.JSONRenderer(_json),
        without_mobiles,
    ]
    # The system's own locks. A greenlet that waits for one of gevent's may wait for good where the
    # thread that writes the database holds it: https://github.com/gevent/gevent/issues/2013
    lock = get_original("_thread", "RLock")()
    logging._lock = lock  # type: ignore[attr-defined]  # gevent has replaced it as well
    handler = logging.StreamHandler(stream)
    handler.lock = lock
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder(), *_SHARED],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendered],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # They log each request with its address; ours say what matters.
    for noisy in ("urllib3", "werkzeug", "twilio.http_client", "huey"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))
    lines = _Lines(stream, lock)
    # Ours do not go round by the standard library, which takes twice as long.
    structlog.configure(
        processors=[*_SHARED, *rendered],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=lambda *_: lines,
        cache_logger_on_first_use=True,
    )

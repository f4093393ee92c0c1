"""Logging: a JSON object per line on stderr, never with what people wrote, their
numbers in full, or what lets one in."""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog

SECRET = frozenset(
    {"access_token", "auth", "authorization", "body", "endpoint", "p256dh"}
    | {"password", "payload", "refresh_token", "text", "token"}
)
"""Keys whose values are dropped wherever they appear in an entry."""
_MOBILE = re.compile(r"(\+|%2[Bb])1?\d{4,10}(\d{4})(?!\d)")
_SHARED: list[structlog.typing.Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def without_secrets(
    _logger: Any, _name: str, entry: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Put ``[dropped]`` in the place of secrets, however deep they lie."""
    return {key: _clean(key, value) for key, value in entry.items()}


class WithoutMobiles(structlog.stdlib.ProcessorFormatter):
    """Leaves the last four digits of every number, also in what libraries and tracebacks say."""

    def format(self, record: logging.LogRecord) -> str:
        return _MOBILE.sub(r"…\2", super().format(record))


def _clean(key: Any, value: Any) -> Any:
    if isinstance(key, str) and key.lower() in SECRET:
        return "[dropped]"
    if isinstance(value, dict):
        return {inner: _clean(inner, each) for inner, each in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(None, each) for each in value]
    return value


def configure(stream: TextIO | None = None, level: int = logging.INFO) -> None:
    """Send our entries and those of libraries to ``stream`` (stderr): for people when it is a
    terminal, else as JSON."""
    stream = stream or sys.stderr
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer()
        if stream.isatty()
        else structlog.processors.JSONRenderer(ensure_ascii=False)
    )
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        WithoutMobiles(
            foreign_pre_chain=_SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                # Plain tracebacks: richer ones would print local variables, texts among them.
                structlog.processors.format_exc_info,
                without_secrets,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    # They log each request with its address; ours say what matters.
    for noisy in ("urllib3", "werkzeug", "twilio.http_client", "huey"):
        logging.getLogger(noisy).setLevel(max(level, logging.WARNING))
    structlog.configure(
        processors=[*_SHARED, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )

"""REST bodies of texts that wait for their time."""

from msgspec import Struct

from shared.wire.base import Text, Time
from shared.wire.nouns import Message
from shared.wire.server import SuggestedTime


class EditText(Struct, kw_only=True, forbid_unknown_fields=True):
    """Body of ``PATCH /api/v1/scheduled/{id}``: what is left out stays as it is."""

    body: Text | None = None
    at: Time | None = None


class ScheduledResults(Struct, kw_only=True):
    messages: list[Message]
    next: str
    """The cursor of the page behind; empty on the last one."""


class TimeResults(Struct, kw_only=True):
    """Fields as those of the frame ``time.suggested``."""

    zone: str
    times: list[SuggestedTime]
    windows: list[tuple[Time, Time]]

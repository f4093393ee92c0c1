"""REST bodies of what happened to a person."""

from typing import Annotated

from msgspec import Meta, Struct

from shared.wire.base import MAX_NOTE
from shared.wire.nouns import Activity


class ActivityResults(Struct, kw_only=True):
    activities: list[Activity]
    next: str
    """The cursor of the page behind; empty on the last one."""


class NoteText(Struct, kw_only=True, forbid_unknown_fields=True):
    """Body of ``POST /api/v1/people/{id}/notes``."""

    body: Annotated[str, Meta(min_length=1, max_length=MAX_NOTE)]

"""What becomes of a text and of a note in HubSpot.

Association types: https://developers.hubspot.com/docs/api-reference/crm-associations-v4/guide
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True)
class Kind:
    """An object of HubSpot's. ``body`` names the property of its words, HTML; ``contact`` and
    ``deal`` are the types of its associations with them."""

    object: str
    body: str
    contact: int
    deal: int
    fixed: Mapping[str, str] = field(default_factory=dict)


KINDS: dict[Literal["message", "note"], Kind] = {
    "message": Kind(
        "communications",
        "hs_communication_body",
        81,
        85,
        # HubSpot asks others not to log texts as calls.
        {"hs_communication_channel_type": "SMS", "hs_communication_logged_from": "CRM"},
    ),
    "note": Kind("notes", "hs_note_body", 202, 214),
}


def external_id(kind: Kind, id: str) -> str:
    """Ids are unique for each object only; most activities are texts."""
    return id if kind is KINDS["message"] else f"{kind.object}/{id}"


def split(external_id: str) -> tuple[str, str]:
    """The object and HubSpot's own id."""
    object, _, id = external_id.rpartition("/")
    return object or KINDS["message"].object, id

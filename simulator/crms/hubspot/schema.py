"""The objects that there are, and their properties: HubSpot's own and those that an app adds."""

from dataclasses import dataclass
from typing import Any

from simulator.crms.store import Books, Fields


@dataclass(frozen=True)
class Property:
    """``type``: string, number, bool, enumeration, datetime or date. ``most``: characters."""

    name: str
    type: str = "string"
    label: str = ""
    field_type: str = "text"
    options: tuple[str, ...] = ()
    unique: bool = False
    read_only: bool = False
    most: int = 65_536
    own: bool = True
    group: str = ""


@dataclass(frozen=True)
class Kind:
    """A kind of object. ``name`` is its plural, ``shown`` what is answered unless asked otherwise,
    ``needed`` what a new one must have, ``scope`` the object whose scopes it is read and written
    with. ``created`` and ``modified`` name the properties that HubSpot writes."""

    name: str
    singular: str
    type_id: str
    scope: str
    properties: tuple[Property, ...]
    shown: tuple[str, ...] = ()
    needed: tuple[str, ...] = ()
    created: str = "hs_createdate"
    modified: str = "hs_lastmodifieddate"

    def defaults(self) -> tuple[str, ...]:
        return (self.created, self.modified, "hs_object_id", *self.shown)


def _texts(*names: str) -> tuple[Property, ...]:
    return tuple(Property(name) for name in names)


_WHEN = Property("hs_timestamp", "datetime", field_type="date")
_OWNER = Property("hubspot_owner_id", "enumeration", field_type="select")

STAGES = {
    "appointmentscheduled": "Appointment scheduled",
    "qualifiedtobuy": "Qualified to buy",
    "presentationscheduled": "Presentation scheduled",
    "decisionmakerboughtin": "Decision maker bought in",
    "contractsent": "Contract sent",
    "closedwon": "Closed won",
    "closedlost": "Closed lost",
}
"""The stages of the one pipeline of deals, ``default``."""
CLOSED = ("closedwon", "closedlost")

KINDS = (
    Kind(
        "contacts",
        "contact",
        "0-1",
        "contacts",
        (
            *_texts("firstname", "lastname", "phone", "mobilephone", "company", "jobtitle"),
            *_texts("hs_timezone", "city", "state"),
            Property("email", unique=True),
            _OWNER,
            Property("lifecyclestage", "enumeration", options=("lead", "opportunity", "customer")),
            Property("hs_email_optout", "bool", read_only=True),
            # What admins of this account added by hand.
            Property("do_not_text", "bool", field_type="booleancheckbox", own=False),
            Property("phone_extension", own=False),
            Property("hs_merged_object_ids", read_only=True),
        ),
        shown=("email", "firstname", "lastname"),
        created="createdate",
        modified="lastmodifieddate",
    ),
    Kind(
        "companies",
        "company",
        "0-2",
        "companies",
        (*_texts("name", "domain", "phone", "city", "industry", "website"), _OWNER),
        shown=("domain", "name"),
        created="createdate",
    ),
    Kind(
        "deals",
        "deal",
        "0-3",
        "deals",
        (
            *_texts("dealname"),
            Property("pipeline", "enumeration", options=("default",)),
            Property("dealstage", "enumeration", options=tuple(STAGES)),
            Property("amount", "number"),
            Property("closedate", "datetime"),
            Property("hs_is_closed", "bool", read_only=True),
            Property("hs_is_closed_won", "bool", read_only=True),
            _OWNER,
        ),
        shown=("amount", "closedate", "dealname", "dealstage", "pipeline"),
        created="createdate",
    ),
    Kind(
        "communications",
        "communication",
        "0-18",
        "contacts",
        (
            Property(
                "hs_communication_channel_type",
                "enumeration",
                options=("WHATS_APP", "LINKEDIN_MESSAGE", "SMS", "CUSTOM_CHANNEL_CONVERSATION"),
            ),
            Property("hs_communication_logged_from", "enumeration", options=("CRM",)),
            Property("hs_communication_body"),
            _WHEN,
            _OWNER,
        ),
        needed=("hs_communication_channel_type", "hs_timestamp"),
    ),
    Kind(
        "calls",
        "call",
        "0-48",
        "contacts",
        (
            *_texts("hs_call_title", "hs_call_body", "hs_call_from_number", "hs_call_to_number"),
            Property("hs_call_direction", "enumeration", options=("INBOUND", "OUTBOUND")),
            Property(
                "hs_call_status",
                "enumeration",
                options=("COMPLETED", "NO_ANSWER", "BUSY", "FAILED", "MISSED", "CANCELED"),
            ),
            Property("hs_call_duration", "number"),
            *_texts("hs_call_disposition"),
            _WHEN,
            _OWNER,
        ),
        needed=("hs_timestamp",),
    ),
    Kind(
        "notes",
        "note",
        "0-46",
        "contacts",
        (Property("hs_note_body"), _WHEN, _OWNER),
        needed=("hs_timestamp",),
    ),
    Kind(
        "tasks",
        "task",
        "0-27",
        "contacts",
        (
            *_texts("hs_task_subject", "hs_task_body"),
            Property("hs_task_status", "enumeration", options=("NOT_STARTED", "COMPLETED")),
            Property("hs_task_type", "enumeration", options=("TODO", "CALL", "EMAIL")),
            _WHEN,
            _OWNER,
        ),
        needed=("hs_timestamp",),
    ),
)
ACTIVITIES = ("communications", "calls", "notes", "tasks")
_BY_NAME = {name: kind for kind in KINDS for name in (kind.name, kind.singular, kind.type_id)}


def kind_of(name: str) -> Kind | None:
    """The kind by its plural, its singular or its type id, in any case."""
    return _BY_NAME.get(name.lower())


def properties_of(books: Books, kind: Kind) -> dict[str, Property]:
    """All properties of the kind by name, those that an app added last."""
    found = (
        *(Property(name, "datetime", read_only=True) for name in (kind.created, kind.modified)),
        Property("hs_object_id", "number", unique=True, read_only=True),
        *kind.properties,
    )
    return {p.name: p for p in found} | {
        fields["name"]: added(fields)
        for fields in books.of("properties").values()
        if fields["object"] == kind.name
    }


def added(fields: Fields) -> Property:
    """What an app added, as the books keep it: ``object`` and the request's own names."""
    return Property(
        fields["name"],
        fields["type"],
        fields["label"],
        fields["fieldType"],
        tuple(option["value"] for option in fields.get("options") or ()),
        bool(fields.get("hasUniqueValue")),
        own=False,
        group=fields["groupName"],
    )


def property_wire(property: Property) -> dict[str, Any]:
    return {
        "name": property.name,
        "label": property.label or property.name,
        "type": property.type,
        "fieldType": property.field_type,
        "description": "",
        "groupName": property.group or "information",
        "options": [
            {"label": o, "value": o, "displayOrder": i, "hidden": False}
            for i, o in enumerate(property.options)
        ],
        "hasUniqueValue": property.unique,
        "hubspotDefined": property.own,
        "archived": False,
        "modificationMetadata": {
            "archivable": not property.own,
            "readOnlyDefinition": property.own,
            "readOnlyValue": property.read_only,
        },
    }

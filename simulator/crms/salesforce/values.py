"""What fields hold: how a value is read from JSON, and what the org works out by itself."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from simulator.crms.salesforce import ids
from simulator.crms.salesforce.errors import SalesforceError
from simulator.crms.salesforce.objects import BY_PREFIX, CLOSED
from simulator.crms.salesforce.schema import TEXTS, Field, Object
from simulator.crms.store import Books, Fields

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def written(at: datetime) -> str:
    """``2026-01-31T12:00:00.000+0000``, from an aware datetime in UTC."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def found(books: Books, object: Object, id: str) -> Fields | None:
    """A record's fields, also of a deleted one."""
    return books.of(object.name).get(id) or books.deleted.get(object.name, {}).get(id)


def value(object: Object, id: str, fields: Mapping[str, Any], field: Field, gone: bool) -> Any:
    """What the record says in a field; None is null. ``gone``: it is in the bin."""
    match (object.name, field.name):
        case _, "Id":
            return id
        case _, "IsDeleted":
            return gone
        case (("Contact" | "Lead" | "User"), "Name"):
            return " ".join(filter(None, (fields.get("FirstName"), fields.get("LastName"))))
        case "Opportunity", "IsClosed":
            return fields.get("StageName") in CLOSED
        case "Opportunity", "IsWon":
            return fields.get("StageName") == "Closed Won"
        case "Task", "IsClosed":
            return fields.get("Status") == "Completed"
    return fields.get(field.name, False if field.type == "boolean" else None)


def label(object: Object, id: str, fields: Mapping[str, Any]) -> str:
    """What people call the record."""
    name = object.field("Name")
    return str(value(object, id, fields, name, False) if name else fields.get("Subject") or id)


def read(field: Field, given: Any) -> Any:
    """The value as it is kept. SalesforceError when it is not one for this field."""
    if given is None or given == "":
        return False if field.type == "boolean" else None
    if field.type == "boolean":
        return given if isinstance(given, bool) else _unreadable("boolean", given)
    if field.type in ("int", "currency"):
        if isinstance(given, bool) or not isinstance(given, int | float):
            _unreadable("double", given)
        return int(given) if field.type == "int" else given
    if not isinstance(given, str):
        _unreadable("string", given)
    if field.type in ("date", "datetime"):
        return _moment(field, given)
    if field.type == "reference":
        return _reference(field, given)
    text = given.strip() or None
    if text and field.type in TEXTS:
        _check_text(field, text)
    return text


def _moment(field: Field, given: str) -> str:
    try:
        if field.type == "date":
            return date.fromisoformat(given).isoformat()
        return written(datetime.fromisoformat(given))
    except ValueError:
        return _unreadable(field.type, given)


def _reference(field: Field, given: str) -> str:
    id = ids.long_form(given)
    named = field.label or field.name.removesuffix("Id")
    if not id:
        raise SalesforceError(
            "MALFORMED_ID", f"{named} ID: id value of incorrect type: {given}", [field.name]
        )
    object = BY_PREFIX.get(id[:3])
    if not object or object.name not in field.refers_to:
        message = f"{named} ID: id value of incorrect type: {id}"
        raise SalesforceError("FIELD_INTEGRITY_EXCEPTION", message, [field.name])
    return id


def _check_text(field: Field, text: str) -> None:
    label = field.label or field.name
    if field.type == "picklist" and field.restricted and text not in field.values:
        raise SalesforceError(
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            f"{label}: bad value for restricted picklist field: {text}",
            [field.name],
        )
    if len(text) > field.length:
        raise SalesforceError(
            "STRING_TOO_LONG",
            f"{label}: data value too large: {text[:255]} (max length={field.length})",
            [field.name],
        )
    if field.type == "email" and not _EMAIL.fullmatch(text):
        message = f"{label}: invalid email address: {text}"
        raise SalesforceError("INVALID_EMAIL_ADDRESS", message, [field.name])


def _unreadable(type: str, given: Any) -> Any:
    kind = {str: "VALUE_STRING", bool: "VALUE_TRUE", list: "START_ARRAY", dict: "START_OBJECT"}
    token = kind.get(given.__class__, "VALUE_NUMBER_INT")
    raise SalesforceError(
        "JSON_PARSER_ERROR",
        f"Cannot deserialize instance of {type} from {token} value {str(given)[:100]} or request "
        "may be missing a required field at [line:1, column:2]",
    )

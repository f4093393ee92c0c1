"""Which values a property takes. On the wire all of them are strings; empty clears a value."""

import math
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from simulator.crms import times
from simulator.crms.hubspot.errors import Problem
from simulator.crms.hubspot.schema import Property

_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,180}\.[^@\s]{1,63}")


def read(
    given: Mapping[str, Any], known: Mapping[str, Property]
) -> tuple[dict[str, str | None], list[Problem]]:
    """The values as HubSpot keeps them, and what is wrong with the others."""
    kept: dict[str, str | None] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        property = known.get(name)
        try:
            if not property:
                raise _Wrong("PROPERTY_DOESNT_EXIST", f'Property "{name}" does not exist')
            kept[name] = _kept(property, value)
        except _Wrong as wrong:
            problems.append({"name": name, "error": wrong.code, "message": str(wrong)})
    return kept, problems


class _Wrong(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def _kept(property: Property, value: Any) -> str | None:
    if property.read_only:
        raise _Wrong(
            "READ_ONLY_VALUE",
            f'"{property.name}" is a read only property; its value cannot be set.',
        )
    if value is None or value == "":
        return None
    if isinstance(value, dict | list):
        raise _Wrong("INVALID_STRING", f"{property.name} must be a string")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    if len(text) > property.most:
        raise _Wrong(
            "PROPERTY_VALUE_TOO_LONG",
            f"{property.name} was {len(text)} characters long; the most is {property.most}.",
        )
    return _OF_TYPE.get(property.type, _string)(property, text)


def _string(property: Property, text: str) -> str:
    if property.name != "email":
        return text
    if not _EMAIL.fullmatch(text):
        raise _Wrong("INVALID_EMAIL", f"Email address {text} is invalid")
    return text.lower()


def _number(property: Property, text: str) -> str:
    try:
        if math.isfinite(float(text)):
            return text
    except ValueError:
        pass
    raise _Wrong("INVALID_NUMBER", f"{text} was not a valid number.")


def _choice(property: Property, text: str) -> str:
    # Owners are options that are not listed with the property.
    if property.options and text not in property.options:
        allowed = ", ".join(property.options)
        raise _Wrong("INVALID_OPTION", f"{text} was not one of the allowed options: [{allowed}]")
    return text


def _bool(property: Property, text: str) -> str:
    if text.lower() not in {"true", "false"}:
        raise _Wrong("INVALID_OPTION", f"{text} was not one of the allowed options: [true, false]")
    return text.lower()


def _moment(property: Property, text: str) -> str:
    at = moment(text)
    if not at:
        raise _Wrong("INVALID_DATE", f"{text} was not a valid date.")
    return iso(at)


_OF_TYPE = {
    "number": _number,
    "enumeration": _choice,
    "bool": _bool,
    "datetime": _moment,
    "date": _moment,
}


def moment(text: str) -> datetime | None:
    """A time in milliseconds since 1970 or in ISO 8601, as HubSpot takes both; None for others."""
    if not re.fullmatch(r"-?[0-9]{1,14}", text):
        return times.moment(text)
    try:
        return datetime.fromtimestamp(int(text) / 1000, UTC)
    except (ValueError, OverflowError, OSError):
        return None


def iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

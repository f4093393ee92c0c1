"""Which values a column takes."""

import math
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from simulator.crms.dynamics import errors
from simulator.crms.dynamics.errors import DataverseError, bad_payload
from simulator.crms.dynamics.schema import Column, Table
from simulator.crms.times import moment

_EDM = {
    "string": "Edm.String",
    "memo": "Edm.String",
    "int": "Edm.Int32",
    "picklist": "Edm.Int32",
    "decimal": "Edm.Decimal",
    "bool": "Edm.Boolean",
    "datetime": "Edm.DateTimeOffset",
    "guid": "Edm.Guid",
}


def kept(table: Table, column: Column, value: Any) -> Any:
    """The value as it is kept; DataverseError for one that the column does not take."""
    if value is None:
        return None
    if column.type in ("string", "memo"):
        if not isinstance(value, str):
            raise _wrong_type(table, column, value)
        if len(value) > column.most:
            raise DataverseError(
                400,
                errors.TOO_LONG,
                f"A validation error occurred. The length of the '{column.name}' attribute of the "
                f"'{table.name}' entity exceeded the maximum allowed length of '{column.most}'.",
            )
        return value
    read = _READERS[column.type](value)
    if read is None:
        raise _wrong_type(table, column, value)
    if column.options and read not in column.options:
        allowed = ",".join(str(number) for number in column.options)
        raise DataverseError(
            400,
            errors.OUT_OF_RANGE,
            f"A validation error occurred. The value {read} of '{column.name}' on record of type "
            f"'{table.name}' is outside the valid range. Accepted Values: {allowed}",
        )
    return read


def _int(value: Any) -> int | None:
    # True is an int to Python, and none to Dataverse.
    good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31
    return value if good else None


def _decimal(value: Any) -> float | None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return value if good else None


def _bool(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _guid(value: Any) -> str | None:
    try:
        return str(UUID(value)) if isinstance(value, str) else None
    except ValueError:
        return None


def _moment(value: Any) -> str | None:
    at = moment(value) if isinstance(value, str) else None
    return iso(at) if at else None


_READERS = {
    "int": _int,
    "picklist": _int,
    "decimal": _decimal,
    "bool": _bool,
    "guid": _guid,
    "datetime": _moment,
}


def iso(at: datetime) -> str:
    """Times have whole seconds."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _wrong_type(table: Table, column: Column, value: Any) -> DataverseError:
    literal = str(value)[:100]
    return bad_payload(
        table.name,
        f"Microsoft.OData.ODataException: Cannot convert the literal '{literal}' to the expected "
        f"type '{_EDM[column.type]}'.",
    )

"""Rows: read from a request, made, changed and closed by Dataverse's rules. Everything inside the
books' lock."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request

from simulator.crms.crm import Crm
from simulator.crms.dynamics import errors, values
from simulator.crms.dynamics.binding import bound, party
from simulator.crms.dynamics.errors import DataverseError, bad_payload
from simulator.crms.dynamics.reference import BY_NAME
from simulator.crms.dynamics.schema import Table
from simulator.crms.store import Books, Fields

_STATE = ("statecode", "statuscode")


def guid(text: str) -> str | None:
    """An id in the one form in which rows are kept."""
    try:
        return str(UUID(text.strip("{}")))
    except ValueError:
        return None


def own_fields(object: str, id: str, at: datetime, created: bool) -> Fields:
    """What Dataverse itself writes when a row is made or changed."""
    table = BY_NAME.get(object)
    version = int(at.timestamp() * 1_000_000)
    fields: Fields = {"modifiedon": values.iso(at), "versionnumber": version}
    if not table or not created:
        return fields
    kind = {"activitytypecode": table.name} if table.parties else {}
    return {table.key: id, "createdon": values.iso(at), **kind, **fields}


def read(crm: Crm, books: Books, table: Table, given: Mapping[str, Any]) -> Fields:
    """The values of a body as they are kept; DataverseError for what cannot be."""
    if rejected := crm.faults.rejected(request.method, request.path, given):
        raise bad_payload(table.name, _no_such(table, rejected[0]))
    kept: Fields = {}
    for name, value in given.items():
        if name.endswith("@odata.bind"):
            kept |= bound(books, table, name.removesuffix("@odata.bind"), value, crm.url)
        elif "@" in name:
            continue
        elif table.parties and name == table.parties:
            if not isinstance(value, list):
                raise bad_payload(table.name, f"{name} must be a list")
            kept[name] = [party(books, table, each, crm.url) for each in value]
        elif table.lookup(name):
            told = "CRM do not support direct update of Entity Reference properties, Use "
            raise bad_payload(table.name, f"{told}Navigation properties instead.")
        elif not (column := table.column(name)):
            raise bad_payload(table.name, _no_such(table, name))
        elif not column.read_only:
            kept[name] = values.kept(table, column, value)
    return kept


def create(crm: Crm, books: Books, table: Table, id: str, kept: Fields, owner: str) -> None:
    """A new row. A state that is given is not looked at: every row begins in its first one.

    DataverseError for a status reason that is none of the first state's: what is to be complete is
    made first and closed in a second request.
    """
    fields = {name: value for name, value in kept.items() if name not in ("statecode", table.key)}
    if table.states:
        fields |= _state(table, id, {**fields, "statecode": 0})
    if table.parties:
        fields = {"directioncode": True, **fields}
    if owning := table.lookup("_ownerid_value"):
        fields = {**owning.refer("systemuser", owner), **fields}
    own = {**named(table, fields), **own_fields(table.name, id, crm.now(), True)}
    books.create(table.name, id, fields, crm.now(), **own)


def update(crm: Crm, books: Books, table: Table, id: str, kept: Fields) -> None:
    """Change a row that is there. A closed activity takes a change of its state alone."""
    row = books.of(table.name)[id]
    kept = {name: value for name, value in kept.items() if name != table.key}
    if table.parties and row.get("statecode") and set(kept) - set(_STATE):
        # The message is Dataverse's; it documents no code for it.
        raise DataverseError(400, errors.CLOSED, "Cannot update Closed or Cancelled Activity")
    if table.states and any(name in kept for name in _STATE):
        before = {"statecode": row.get("statecode", 0), "statuscode": row.get("statuscode")}
        # The reason of another state does not go with a new one.
        changed = "statecode" in kept and kept["statecode"] != before["statecode"]
        kept |= _state(table, id, {**({} if changed else before), **kept})
        if changed and table.parties and kept["statecode"]:
            kept = {"actualend": row.get("actualend") or values.iso(crm.now()), **kept}
    whole = {**row, **kept}
    own = {**named(table, whole), **own_fields(table.name, id, crm.now(), False)}
    books.update(table.name, id, kept, crm.now(), **own)


def named(table: Table, fields: Fields) -> Fields:
    """The full name, where the row has a first and a last one."""
    if not table.column("fullname") or ("lastname" not in fields and "firstname" not in fields):
        return {}
    names = (fields.get("firstname"), fields.get("lastname"))
    return {"fullname": " ".join(str(name) for name in names if name)}


def etag(row: Fields) -> str:
    return f'W/"{row["versionnumber"]}"'


def _state(table: Table, id: str, asked: Fields) -> Fields:
    """State and reason together. Without a reason it is the state's first one."""
    number = asked["statecode"]
    state = table.states.get(number)
    if not state:
        raise bad_payload(table.name, f"{number} is no state of a {table.name}")
    reason = asked.get("statuscode") or next(iter(state.statuses))
    if reason not in state.statuses:
        told = f"{reason} is not a valid status code for state code {table.name}State."
        raise DataverseError(
            400, errors.BAD_STATUS, f"{told}{state.label} on {table.name} with Id {id}."
        )
    return {"statecode": number, "statuscode": reason}


def _no_such(table: Table, name: str) -> str:
    return (
        f"Microsoft.OData.ODataException: The property '{name}' does not exist on type "
        f"'Microsoft.Dynamics.CRM.{table.name}'. Make sure to only use property names that are "
        "defined by the type."
    )

"""Creating, changing and deleting records by the API's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.crms.crm import Crm
from simulator.crms.salesforce import ids
from simulator.crms.salesforce.errors import SalesforceError, not_found
from simulator.crms.salesforce.objects import BY_PREFIX
from simulator.crms.salesforce.schema import Field, Object
from simulator.crms.salesforce.values import read
from simulator.crms.store import Books, Fields


@dataclass(frozen=True)
class Writer:
    """Writes for ``user`` (an id) into ``crm``; ``request`` is (method, path), for the faults.

    Everything raises SalesforceError and then has written nothing.
    """

    crm: Crm
    user: str
    request: tuple[str, str]

    def create(self, object: Object, given: Mapping[str, Any]) -> str:
        """-> the new id"""
        with self.crm.store.change() as books:
            fields = self._checked(books, object, given, new=True)
            id = ids.of_number(object.prefix, books.next_number())
            defaults = {
                field.name: self.user if field.default == "user" else field.default
                for field in object.fields
                if field.default is not None and fields.get(field.name) is None
            }
            self._check_whole(books, object, {**defaults, **_filled(fields)}, id)
            now = self.crm.now()
            own = self.crm.dialect.own_fields(object.name, id, now, True)
            books.create(object.name, id, fields, now, **{**own, **defaults})
            return id

    def update(self, object: Object, id: str, given: Mapping[str, Any]) -> None:
        with self.crm.store.change() as books:
            id = self.there(books, object, id)
            fields = self._checked(books, object, given, new=False)
            self._check_whole(books, object, {**books.of(object.name)[id], **fields}, id)
            now = self.crm.now()
            own = self.crm.dialect.own_fields(object.name, id, now, False)
            books.update(object.name, id, fields, now, **own)

    def delete(self, object: Object, id: str) -> None:
        with self.crm.store.change() as books:
            id = self.there(books, object, id)
            self._check_locks(id)
            books.delete(object.name, id, self.crm.now())

    def upsert(
        self, object: Object, key: Field, value: str, given: Mapping[str, Any]
    ) -> tuple[str, bool]:
        """-> the id, and whether the record is new. Several matches raise ``Several``."""
        if any(name.lower() in (key.name.lower(), "id") for name in given):
            wrong = "Id" if key.name.lower() not in map(str.lower, given) else key.name
            message = f"The {wrong} field should not be specified in the sobject data."
            raise SalesforceError("INVALID_FIELD", message)
        with self.crm.store.change() as books:
            matches = matching(books, object, key, value)
            if len(matches) > 1:
                raise Several(matches)
            if matches:
                self.update(object, matches[0], given)
                return matches[0], False
            return self.create(object, {**given, key.name: value}), True

    def there(self, books: Books, object: Object, id: str) -> str:
        """The id of a record that is there, in its long form."""
        long = ids.long_form(id)
        if not long or not long.startswith(object.prefix):
            raise not_found(f"Provided external ID field does not exist or is not accessible: {id}")
        if long in books.deleted.get(object.name, {}):
            raise SalesforceError("ENTITY_IS_DELETED", "entity is deleted", [])
        if long not in books.of(object.name):
            raise not_found()
        return long

    def _checked(self, books: Books, object: Object, given: Mapping[str, Any], new: bool) -> Fields:
        """The fields as they are kept, by their right names."""
        fields: Fields = {}
        locked_out = []
        for name, value in given.items():
            if name == "attributes":
                continue
            field = object.field(name)
            if not field:
                message = f"No such column '{name}' on sobject of type {object.name}"
                raise SalesforceError("INVALID_FIELD", message)
            if not field.writable or (field.create_only and not new):
                locked_out.append(field.name)
            fields[field.name] = value
        locked_out += self.crm.faults.rejected(*self.request, fields)
        if locked_out:
            raise SalesforceError(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                f"Unable to create/update fields: {', '.join(locked_out)}. Please check the "
                "security settings of this field and verify that it is read/write for your "
                "profile or permission set.",
                locked_out,
            )
        kept = {name: read(_field(object, name), value) for name, value in fields.items()}
        for name, value in kept.items():
            if value and _field(object, name).type == "reference":
                _check_there(books, name, value)
        return kept

    def _check_whole(self, books: Books, object: Object, record: Fields, id: str) -> None:
        """What holds for the record as it will be."""
        empty = [f.name for f in object.fields if f.required and record.get(f.name) is None]
        if empty:
            raise SalesforceError(
                "REQUIRED_FIELD_MISSING",
                f"Required fields are missing: [{', '.join(empty)}]",
                empty,
            )
        for_lead = object.name == "Task" and (record.get("WhoId") or "").startswith("00Q")
        if for_lead and record.get("WhatId"):
            message = "Related To ID: a task of a lead cannot be related to another record"
            raise SalesforceError("FIELD_INTEGRITY_EXCEPTION", message, ["WhatId"])
        for field in object.fields:
            if field.unique and record.get(field.name) is not None:
                others = [o for o in matching(books, object, field, record[field.name]) if o != id]
                if others:
                    raise SalesforceError(
                        "DUPLICATE_VALUE",
                        f"duplicate value found: {field.name} duplicates value on record with id: "
                        f"{others[0]}",
                        [],
                    )
        # A task's person and account are locked along with it.
        self._check_locks(id, *(record.get(f.name) for f in object.fields if f.refers_to))

    def _check_locks(self, *touched: str | None) -> None:
        for id in touched:
            if id and f"locked:{id}" in self.crm.switches:
                raise SalesforceError(
                    "UNABLE_TO_LOCK_ROW",
                    f"unable to obtain exclusive access to this record or 1 records: {id}",
                    [],
                )


class Several(Exception):
    """A key that several records have; ``ids`` are theirs."""

    def __init__(self, ids: list[str]) -> None:
        super().__init__(f"{len(ids)} records")
        self.ids = ids


def matching(books: Books, object: Object, key: Field, value: str) -> list[str]:
    """The ids of the records that have the key; case counts only where the field says so."""
    wanted = value if key.case_sensitive else value.lower()

    def same(kept: Any) -> bool:
        text = "" if kept is None else str(kept)
        return (text if key.case_sensitive else text.lower()) == wanted

    return [id for id, fields in books.of(object.name).items() if same(fields.get(key.name))]


def _check_there(books: Books, field: str, id: str) -> None:
    """What a reference names must be there."""
    object = BY_PREFIX[id[:3]].name
    if id in books.deleted.get(object, {}):
        raise SalesforceError("ENTITY_IS_DELETED", "entity is deleted", [], status=400)
    if id not in books.of(object):
        message = f"invalid cross reference id: {id}"
        raise SalesforceError("INVALID_CROSS_REFERENCE_KEY", message, [field])


def _field(object: Object, name: str) -> Field:
    field = object.field(name)
    assert field
    return field


def _filled(fields: Fields) -> Fields:
    return {name: value for name, value in fields.items() if value is not None}

"""A record's page: its fields and, of a person, account or deal, what was logged about it."""

import re
from typing import Any

from flask import Blueprint, Response, abort, render_template

from simulator.crms.crm import crm
from simulator.crms.pages import shown
from simulator.crms.salesforce import ids
from simulator.crms.salesforce.objects import BY_PREFIX, OBJECTS, find
from simulator.crms.salesforce.schema import Object
from simulator.crms.salesforce.values import label, value
from simulator.crms.store import Books, Fields

blueprint = Blueprint("salesforce_page", __name__, template_folder="templates")
_ABOUT = ("WhoId", "WhatId")
_UNSAID = frozenset({"Id", "IsDeleted", "SystemModstamp", "CreatedDate", "LastModifiedDate"})


@blueprint.get("/lightning/r/<object>/<id>/view")
def record(object: str, id: str) -> Response:
    kind, long = find(object, crm().switches), ids.long_form(id)
    with crm().store.look() as books:
        fields = books.of(kind.name).get(long or "") if kind else None
        if not kind or not long or fields is None:
            abort(404)
        page = render_template(
            "record.html",
            kind=kind.name,
            name=label(kind, long, fields),
            fields=_lines(books, kind, long, fields),
            logs=kind.name != "Task",
            activities=_activities(books, long),
        )
    return shown(page)


def address(id: str) -> str:
    """The path of the record's page."""
    return f"/lightning/r/{BY_PREFIX[id[:3]].name}/{id}/view"


def _lines(books: Books, kind: Object, id: str, fields: Fields) -> list[dict[str, Any]]:
    """``{name, text, to}`` for each field that says something; ``to`` is a path for a reference."""
    lines = []
    for field in kind.visible():
        said = value(kind, id, fields, field, gone=False)
        if said in (None, "") or field.name in _UNSAID:
            continue
        if field.refers_to:
            lines.append({"name": field.relationship, **_linked(books, said)})
        else:
            text = {True: "Yes", False: "No"}.get(said, said) if isinstance(said, bool) else said
            lines.append({"name": field.label or _apart(field.name), "text": text})
    return lines


def _apart(name: str) -> str:
    """``FirstName`` as people write it."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.removesuffix("__c"))


def _linked(books: Books, id: str) -> dict[str, Any]:
    kind = BY_PREFIX[id[:3]]
    fields = books.of(kind.name).get(id)
    if fields is None:
        return {"text": "(deleted)"}
    return {"text": label(kind, id, fields), "to": "" if kind.name == "User" else address(id)}


def _activities(books: Books, about: str) -> list[dict[str, Any]]:
    """The tasks about a record, the newest first."""
    tasks = [
        (id, task)
        for id, task in reversed(books.of("Task").items())
        if about in [task.get(name) for name in _ABOUT]
    ]
    tasks.sort(key=lambda pair: pair[1].get("ActivityDate") or "", reverse=True)
    return [
        {
            "subject": label(OBJECTS["Task"], id, task),
            "to": address(id),
            "day": task.get("ActivityDate"),
            "status": task.get("Status"),
            "text": task.get("Description"),
            "links": [_linked(books, task[n]) for n in _ABOUT if task.get(n) not in (None, about)],
        }
        for id, task in tasks
    ]

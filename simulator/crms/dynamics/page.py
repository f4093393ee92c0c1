"""A plain page of a record and what happened to it, where Dynamics has its own."""

from flask import Blueprint, Response, abort, request

from simulator.crms.crm import crm
from simulator.crms.dynamics.reference import BY_NAME
from simulator.crms.dynamics.rows import guid
from simulator.crms.pages import record_page
from simulator.crms.store import Books, Fields

blueprint = Blueprint("dynamics_page", __name__)


@blueprint.get("/main.aspx")
def record() -> Response:
    """``?etn=contact&id=<guid>&pagetype=entityrecord``"""
    table, id = BY_NAME.get(request.args.get("etn", "")), guid(request.args.get("id", ""))
    if not table or not id or request.args.get("pagetype") != "entityrecord":
        abort(404)
    with crm().store.look() as books:
        row = books.of(table.name).get(id)
        if not row:
            abort(404)
        happened = _happened(books, id)
        fields = {column.name: row.get(column.name) for column in table.all_columns()}
    return record_page(row.get(table.title) or f"{table.name} {id}", fields, happened)


def _happened(books: Books, id: str) -> list[dict[str, str]]:
    """The phone calls with or regarding a record: ``{what, when, text}``."""
    return [
        {
            "what": str(call.get("subject") or "Phone call"),
            "when": str(call.get("actualend") or call["createdon"]),
            "text": str(call.get("description") or ""),
        }
        for call in books.of("phonecall").values()
        if id in _about(call)
    ]


def _about(call: Fields) -> set[str]:
    parties = call.get("phonecall_activity_parties") or ()
    return {call.get("_regardingobjectid_value"), *(each["_partyid_value"] for each in parties)}

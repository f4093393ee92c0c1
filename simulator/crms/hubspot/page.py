"""A plain page of a record and what happened to it, where HubSpot has its own."""

from flask import Blueprint, Response, abort

from simulator.crms.crm import crm
from simulator.crms.hubspot import associations, records
from simulator.crms.hubspot.schema import ACTIVITIES, Kind, kind_of
from simulator.crms.pages import record_page
from simulator.crms.store import Books

blueprint = Blueprint("hubspot_page", __name__)


@blueprint.get("/contacts/<int:portal>/record/<type_id>/<id>")
def record(portal: int, type_id: str, id: str) -> Response:
    kind = kind_of(type_id)
    if portal != records.PORTAL or not kind:
        abort(404)
    with crm().store.look() as books:
        found = records.find(books, kind, id)
        if not found:
            abort(404)
        fields = dict(books.of(kind.name)[found])
        happened = _happened(books, kind, found)
    # A contact has a first and a last name, the others one of their own.
    names = [fields.get(name) for name in ("firstname", "lastname", "name", "dealname")]
    name = " ".join(str(name) for name in names if name) or f"{kind.singular} {found}"
    return record_page(name, fields, happened)


def _happened(books: Books, kind: Kind, id: str) -> list[dict[str, str]]:
    """The record's activities: ``{what, when, text}``."""
    found = []
    for name in ACTIVITIES:
        other = kind_of(name)
        assert other
        for each in associations.of(books, kind, id, other) if other is not kind else ():
            fields = books.of(name)[each]
            channel = fields.get("hs_communication_channel_type")
            found.append(
                {
                    "what": str(channel or other.singular),
                    "when": str(fields.get("hs_timestamp") or ""),
                    "text": _text(fields),
                }
            )
    return found


def _text(fields: dict[str, object]) -> str:
    texts = (v for k, v in fields.items() if k.endswith(("_title", "_subject", "_body")) and v)
    return "\n".join(str(text) for text in texts)

"""Deciding on registrations, as the people at Twilio and the carriers do."""

from typing import Any

from msgspec import Struct, structs

from simulator.control import blueprint, body
from simulator.errors import BadRequest
from simulator.rest import carrier


class Verdict(Struct, forbid_unknown_fields=True):
    sid: str
    status: str
    errors: list[str] = []


@blueprint.post("/registrations")
def decide() -> dict[str, Any]:
    """Move a registration to a status in Twilio's words, with what was wrong with it."""
    verdict = body(Verdict)
    with carrier().state.change() as books:
        found = books.registrations.get(verdict.sid)
        if found is None:
            raise BadRequest(f"sid: there is no registration {verdict.sid!r}", 404)
        found.status, found.errors = verdict.status, verdict.errors
        found.updated = carrier().now()
        return structs.asdict(found) | {"created": None, "updated": None}


@blueprint.get("/registrations")
def registrations() -> dict[str, Any]:
    """Everything that was ever sent in, by kind."""
    with carrier().state.look() as books:
        return {
            "registrations": [
                {"sid": r.sid, "kind": r.kind, "status": r.status, "of": r.of}
                for r in books.registrations.values()
            ]
        }

"""For auditors and tests: the ledger, the webhooks, faults, the clock, a clean sheet."""

from typing import Annotated, Any

import msgspec
from flask import request
from msgspec import Meta, Struct

from simulator import outbound, resources
from simulator.control import blueprint, body
from simulator.faults import Fault
from simulator.rest import carrier


@blueprint.get("/ledger")
def ledger() -> dict[str, Any]:
    """Every message ever accepted, oldest first, deleted ones included: as Twilio writes it, and
    ``accepted_at`` to the millisecond, which Twilio does not tell."""
    with carrier().state.look() as books:
        return {
            "messages": [
                {**resources.message(each), "accepted_at": round(each.created.timestamp() * 1000)}
                for each in books.ledger
            ]
        }


@blueprint.get("/deliveries")
def deliveries() -> dict[str, Any]:
    """Every attempt at a webhook, oldest first; of one message with ``sid``."""
    sid = request.args.get("sid")
    with carrier().state.look() as books:
        found = [d for d in books.deliveries if sid in (None, d.message_sid)]
        return {"deliveries": msgspec.to_builtins(found)}


@blueprint.get("/faults")
def armed() -> dict[str, Any]:
    return {"faults": msgspec.to_builtins(carrier().faults.armed())}


@blueprint.post("/faults")
def arm() -> tuple[dict[str, Any], int]:
    """Arm one fault, or a list of them, behind those that are armed."""
    asked = body(Fault | list[Fault])  # type: ignore[arg-type]
    carrier().faults.arm(asked if isinstance(asked, list) else [asked])
    return armed(), 201


@blueprint.delete("/faults")
def disarm() -> dict[str, Any]:
    carrier().faults.clear()
    return armed()


class Advance(Struct, forbid_unknown_fields=True):
    advance_seconds: Annotated[float, Meta(ge=0, le=366 * 86_400)]


@blueprint.post("/clock")
def advance() -> dict[str, Any]:
    """Move the carrier's clock forward: scheduled texts whose time has come then go out."""
    now = carrier().clock.advance(body(Advance).advance_seconds)
    outbound.release(carrier())
    return {"now": now.isoformat()}


@blueprint.post("/reset")
def reset() -> dict[str, Any]:
    """Forget texts, phones, opt-outs and faults; accounts and numbers stay."""
    carrier().reset()
    return {"reset": True}

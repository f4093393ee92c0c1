"""Receipts: whether a text is in the CRM, under which opportunity, and under whom it is filed."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.crm_logs import filing
from backend.web.api.routes import Call, route
from backend.web.api.scheduled import refusals
from shared import wire

ONE = "/messages/<id:message>"


class Opportunity(Struct, kw_only=True, forbid_unknown_fields=True):
    """One of those that the receipt offers; empty is none."""

    opportunity: Annotated[str, Meta(max_length=64)]


class FiledUnder(Struct, kw_only=True, forbid_unknown_fields=True):
    person: wire.Id


@route("POST", ONE + "/receipt/retry", answers={200: wire.Message}, problems=(404,), scope="write")
def retry_receipt(call: Call, message: int) -> wire.Message:
    """Try anew to log a text that the CRM refused."""
    with refusals():
        return filing.retry(call.services.writer, call.actor, call.identity.user, message)


@route(
    "POST",
    ONE + "/receipt/opportunity",
    body=Opportunity,
    answers={200: wire.Message},
    problems=(404, 409),
    scope="write",
)
def choose_opportunity(call: Call, message: int, body: Opportunity) -> wire.Message:
    """Say which opportunity a text belongs to, and further texts of its person."""
    with refusals():
        return filing.link(
            call.services.writer, call.actor, call.identity.user, message, body.opportunity
        )


@route(
    "POST",
    ONE + "/person",
    body=FiledUnder,
    answers={200: wire.Message},
    problems=(404, 409),
    scope="write",
)
def file_message(call: Call, message: int, body: FiledUnder) -> wire.Message:
    """File a text under another person with the same mobile, here and in the CRM."""
    with refusals():
        return filing.file_under(
            call.services.writer, call.actor, call.identity.user, message, body.person
        )

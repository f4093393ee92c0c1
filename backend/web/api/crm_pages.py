"""The table of CRM pages, for the extension."""

from typing import Annotated

from msgspec import Meta, Struct

from backend.web.api.routes import Call, route
from shared import wire


class CrmPagesQuery(Struct, kw_only=True, forbid_unknown_fields=True):
    """``known`` is the version that the caller has."""

    known: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0


@route(
    "GET",
    "/crm-pages",
    query=CrmPagesQuery,
    answers={200: wire.CrmTable, 204: None},
    scope="read",
)
def crm_pages(call: Call, query: CrmPagesQuery) -> wire.CrmTable | tuple[None, int]:
    """The table by which the extension knows CRM records; nothing if the caller's is as new."""
    table = call.services.crm_pages
    return table if table.version > query.known else (None, 204)

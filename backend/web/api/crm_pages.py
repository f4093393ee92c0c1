"""The table of CRM pages: the built-in one, or a newer one that this installation was given."""

from importlib.resources import files
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from backend.config import ConfigError
from backend.web.api.crm_pages_check import unfit
from backend.web.api.routes import Call, route
from shared import wire

BUILT_IN = files("shared").joinpath("crm_pages.json")


def load(path: str) -> wire.CrmTable:
    """The table in this file, or the built-in one for ""; :class:`ConfigError` when it is unfit."""
    file = Path(path) if path else BUILT_IN
    try:
        table = msgspec.json.decode(file.read_bytes(), type=wire.CrmTable)
    except OSError as error:
        raise ConfigError(f"CRM_PAGES_FILE cannot be read: {error}") from None
    except msgspec.MsgspecError as error:
        raise ConfigError(
            f"CRM_PAGES_FILE is no table of CRM pages: {error}; docs/crm-pages.md says how it looks"
        ) from None
    if why := unfit(table, len(msgspec.json.encode(table))):
        raise ConfigError(f"CRM_PAGES_FILE: {why}; docs/crm-pages.md says what is taken")
    return table


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

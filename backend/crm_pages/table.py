"""The table of CRM pages: the built-in one, or a newer one that this installation was given."""

from importlib.resources import files
from pathlib import Path

import msgspec

from backend.config import ConfigError
from backend.crm_pages.check import unfit
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

"""The columns that may be chosen, as the org describes its contacts."""

import re
from typing import Any

from backend.crm import web
from backend.crm.dynamics.calls import rows
from backend.crm.meaning import says_do_not_text, says_extension
from backend.crm_port import Access, FieldChoice

CATEGORY = "Text message"
"""What a phone call's category says of one that is a text, see activities."""
_PHONE = re.compile(r"phone|mobile|telephone")


def prepare(access: Access) -> list[FieldChoice]:
    described = rows(
        access,
        "EntityDefinitions(LogicalName='contact')/Attributes",
        **{"$select": "LogicalName,AttributeType,DisplayName,IsValidForUpdate"},
    )
    found = [_column(each) for each in described if each.get("IsValidForUpdate") is True]
    texts = [(name, label) for name, label, type in found if type == "String"]
    flags = [(name, label) for name, label, type in found if type == "Boolean"]
    stops = [name for name, label in flags if says_do_not_text(f"{name} {label}")]
    return [
        *(
            FieldChoice("mobile", name, label, name == "mobilephone")
            for name, label in texts
            if _PHONE.search(name)
        ),
        *(FieldChoice("extension", name, label) for name, label in texts if says_extension(name)),
        *(FieldChoice("do_not_text", name, label, name in stops[:1]) for name, label in flags),
        # A row's id is given by whoever makes it: it keeps our key in every org.
        FieldChoice("key", "activityid", "The activity's own id", True),
        FieldChoice("type", CATEGORY, CATEGORY, True),
    ]


def _column(described: dict[str, Any]) -> tuple[str, str, str]:
    """Name, label and type."""
    name, shown = web.text(described.get("LogicalName"), 100), described.get("DisplayName")
    own = shown.get("UserLocalizedLabel") if isinstance(shown, dict) else None
    label = web.text(own.get("Label"), 100) if isinstance(own, dict) else ""
    return name, label or name, web.text(described.get("AttributeType"), 40)

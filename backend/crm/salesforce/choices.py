"""The fields that may be chosen, as the org describes its Contacts and Tasks."""

import re
from typing import Any

from backend.crm import web
from backend.crm.meaning import says_do_not_text
from backend.crm.salesforce.calls import call
from backend.crm_port import Access, FieldChoice


def prepare(access: Access) -> list[FieldChoice]:
    contact, task = (_described(access, each) for each in ("Contact", "Task"))
    offered = [
        *_offered("mobile", contact, ("phone",), lambda each: each["name"] == "MobilePhone"),
        *_offered("extension", contact, ("string",), lambda each: False, re.compile("ext", re.I)),
        *_offered("do_not_text", contact, ("boolean",), _says_stop),
    ]
    keys = [each for each in task if each.get("externalId") and each.get("unique")]
    ours = [each for each in keys if "repline" in str(each["name"]).lower()]
    offered += [_choice("key", each, each in ours[:1]) for each in keys]
    for each in task:
        if each.get("name") == "Type":
            values = [v["value"] for v in each.get("picklistValues") or [] if v.get("active")]
            liked = next((v for v in values if str(v).lower() in ("sms", "text")), None)
            offered += [FieldChoice("type", str(v), str(v), v == liked) for v in values]
    return offered


def _offered(
    use: str,
    fields: list[dict[str, Any]],
    types: tuple[str, ...],
    liked: Any,
    named: re.Pattern[str] | None = None,
) -> list[FieldChoice]:
    found = [
        each
        for each in fields
        if each.get("type") in types and (not named or named.search(str(each["name"])))
    ]
    recommended = next((each for each in found if liked(each)), None)
    return [_choice(use, each, each is recommended) for each in found]


def _says_stop(field: dict[str, Any]) -> bool:
    words = f"{field.get('name')} {field.get('label')}"
    return says_do_not_text(words) and bool(field.get("updateable"))


def _choice(use: str, field: dict[str, Any], recommended: bool) -> FieldChoice:
    return FieldChoice(use, str(field["name"]), web.text(field.get("label"), 100), recommended)


def _described(access: Access, object: str) -> list[dict[str, Any]]:
    answer = call(access, f"sobjects/{object}/describe")
    fields = answer.get("fields") if isinstance(answer, dict) else None
    if not isinstance(fields, list):
        raise web.unreachable("Salesforce", "a description without fields")
    return [each for each in fields if isinstance(each, dict) and each.get("name")]

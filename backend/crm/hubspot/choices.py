"""The properties that may be chosen, and the one that keeps our key, which is made here."""

from typing import Any

import structlog

from backend.crm import web
from backend.crm.hubspot.calls import Said, call, results
from backend.crm.hubspot.kinds import KINDS, Kind
from backend.crm.meaning import says_do_not_text, says_extension
from backend.crm_port import Access, FieldChoice, SignInNeeded

KEY = "repline_key"
log = structlog.get_logger()


def prepare(access: Access) -> list[FieldChoice]:
    contact = _properties(access, "contacts")
    phones = [each for each in contact if each.field_type == "phonenumber" or "phone" in each.name]
    ticks = [
        each for each in contact if each.field_type == "booleancheckbox" and not _read_only(each)
    ]
    stops = [each for each in ticks if says_do_not_text(f"{each.name} {each.label}")]
    offered = [
        *(_choice("mobile", each, each.name == "mobilephone") for each in phones),
        *(_choice("extension", each) for each in contact if says_extension(each.name)),
        *(_choice("do_not_text", each, each in stops[:1]) for each in ticks),
    ]
    kept = [_keeps_key(access, kind) for kind in KINDS.values()]
    if all(kept):
        offered.append(FieldChoice("key", KEY, "Repline key", True))
    return offered


def _keeps_key(access: Access, kind: Kind) -> bool:
    """Have the unique property; False where the org does not let us."""
    there = {each.name: each for each in _properties(access, kind.object)}
    if KEY in there:
        return bool(there[KEY].has_unique_value)
    sent = {
        "name": KEY,
        "label": "Repline key",
        "description": "Keeps Repline from logging the same activity twice.",
        "groupName": there[kind.body].group_name if kind.body in there else kind.object,
        "type": "string",
        "fieldType": "text",
        "hasUniqueValue": True,
        "formField": False,
    }
    try:
        call(access, "properties.core_api.create", kind.object, sent)
    except (Said, SignInNeeded) as error:
        # Of a sign-in that may not change properties, or an account with ten unique ones already.
        # What is logged is looked for among the person's own then, see activities.
        log.warning("crm.no_key", crm="hubspot", org=access.org, cause=str(error))
        return False
    return True


def _properties(access: Access, object: str) -> list[Any]:
    return results(call(access, "properties.core_api.get_all", object), "name")


def _read_only(property: Any) -> bool:
    return bool(property.modification_metadata and property.modification_metadata.read_only_value)


def _choice(use: str, property: Any, recommended: bool = False) -> FieldChoice:
    return FieldChoice(use, property.name, web.text(property.label, 100), recommended)

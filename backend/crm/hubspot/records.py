"""People as HubSpot's contacts have them. HubSpot's leads are not people but their deals to be:
a page of one has no person here."""

from collections.abc import Iterable, Sequence
from typing import Any

from backend import zones
from backend.crm import web
from backend.crm.hubspot import calls
from backend.crm.hubspot.calls import Said, call, following, results
from backend.crm.hubspot.sign_in import API, SIGN_IN
from backend.crm_port import (
    Access,
    CrmUser,
    Fields,
    Opportunity,
    PersonType,
    Record,
)

CONTACT, COMPANY = "0-1", "0-2"
"""HubSpot's numbers of objects, in addresses of its pages."""
_ASKED = (
    *("firstname", "lastname", "jobtitle", "email", "phone", "company", "hubspot_owner_id"),
    *("hs_timezone", "state", "associatedcompanyid"),
)
MOST_DEALS = 50
MOST_PAGES = 200
OWNERS_AT_ONCE = 100


def read(access: Access, fields: Fields, type: PersonType, id: str) -> Record | None:
    own = [each for each in (fields.mobile, fields.extension, fields.do_not_text) if each]
    found = _contact(access, id, [*_ASKED, *own]) if type == "contact" else None
    if found is None:
        return None
    held = found.properties
    name = " ".join(filter(None, (held.get("firstname"), held.get("lastname"))))
    account, account_id = _company(access, found)
    return Record(
        type="contact",
        id=found.id,
        name=web.text(name, 200),
        mobile=web.text(held.get(fields.mobile), 64),
        extension=web.text(held.get(fields.extension), 20),
        numbers=(("Phone", web.text(held["phone"], 64)),) if held.get("phone") else (),
        title=web.text(held.get("jobtitle"), 200),
        email=web.text(held.get("email"), 254),
        account=account or web.text(held.get("company"), 200),
        account_url=page(access, COMPANY, account_id) if account_id else "",
        owner_email=_owner(access, held.get("hubspot_owner_id")),
        time_zone=_zone(web.text(held.get("hs_timezone"), 64)),
        region=web.text(held.get("state"), 40),
        url=page(access, CONTACT, found.id),
        do_not_text=_ticked(held, fields.do_not_text),
        opportunities=_deals(access, found.id),
    )


def users(access: Access) -> Iterable[CrmUser]:
    after = None
    for _ in range(MOST_PAGES):
        asked = {"limit": OWNERS_AT_ONCE, **({"after": after} if after else {})}
        answer = call(access, "owners.owners_api.get_page", **asked)
        for each in results(answer):
            name = " ".join(filter(None, (each.first_name, each.last_name)))
            yield CrmUser(each.id, web.text(each.email, 254), web.text(name, 200))
        after = following(answer)
        if not after:
            return


def set_do_not_text(access: Access, fields: Fields, type: PersonType, id: str, on: bool) -> None:
    if type != "contact":
        return
    sent = {"properties": {fields.do_not_text: str(on).lower()}}
    try:
        call(access, "objects.basic_api.update", "contacts", id, sent)
    except Said as said:
        if said.status != 404:  # of a contact that is gone there is nothing to tick
            raise


def do_not_text(
    access: Access, fields: Fields, refs: Sequence[tuple[PersonType, str]]
) -> dict[tuple[PersonType, str], bool]:
    asked = [id for type, id in refs if type == "contact"]
    found: dict[tuple[PersonType, str], bool] = {}
    for each in batch(access, "contacts", asked, [fields.do_not_text, "hs_merged_object_ids"]):
        flag = _ticked(each.properties, fields.do_not_text)
        # Whoever was asked for by the id that they had before a merge is told under that one.
        merged = str(each.properties.get("hs_merged_object_ids") or "").split(";")
        for id in {each.id, *merged}.intersection(asked):
            if flag is not None:
                found[("contact", id)] = flag
    return found


def canonical(access: Access, object: str, id: str) -> str:
    """The id that a record has now; empty for one that is not there."""
    try:
        found = calls.record(access, "objects.basic_api.get_by_id", object, id)
    except Said as said:
        if said.status in (400, 404):  # 400: no id of HubSpot's
            return ""
        raise
    return found.id


def batch(access: Access, object: str, ids: Sequence[str], properties: list[str]) -> list[Any]:
    """Those of the records that are there, 100 in a call."""
    found: list[Any] = []
    for start in range(0, len(ids), 100):
        sent = {
            "inputs": [{"id": id} for id in ids[start : start + 100]],
            "properties": properties,
            "propertiesWithHistory": [],
        }
        found += calls.records(access, "objects.batch_api.read", object, sent)
    return found


def page(access: Access, object: str, id: str) -> str:
    """The address of a record's page."""
    base = SIGN_IN if access.base_url == API else access.base_url
    return f"{base}/contacts/{access.org}/record/{object}/{id}"


def _contact(access: Access, id: str, names: list[str]) -> Any:
    try:
        return calls.record(
            access,
            "objects.basic_api.get_by_id",
            "contacts",
            id,
            properties=names,
            associations=["companies"],
        )
    except Said as said:
        if said.status == 404:
            return None
        raise


def _company(access: Access, contact: Any) -> tuple[str, str]:
    """The name and id of the primary company, else of the first."""
    linked = (contact.associations or {}).get("companies")
    ids = [each.id for each in results(linked)] if linked else []
    id = contact.properties.get("associatedcompanyid") or next(iter(ids), "")
    if not id:
        return "", ""
    found = batch(access, "companies", [id], ["name"])
    return (web.text(found[0].properties.get("name"), 200), found[0].id) if found else ("", "")


def _owner(access: Access, id: str | None) -> str:
    if not id:
        return ""
    try:
        asked = int(id[:20])
        found = call(access, "owners.owners_api.get_by_id", asked)
    except (Said, ValueError):  # somebody who has left
        return ""
    return web.text(found.email, 254)


def _deals(access: Access, contact: str) -> tuple[Opportunity, ...]:
    """The open ones. HubSpot has no primary contact of a deal; an admin may have made a label for
    it, such as "Primary contact"."""
    answer = call(
        access, "associations.v4.basic_api.get_page", "contacts", contact, "deals", limit=500
    )
    labels = {
        each.to_object_id: [str(type.label or "") for type in each.association_types or []]
        for each in results(answer, "to_object_id")
    }
    ids = [*labels][:100]
    return tuple(
        Opportunity(
            each.id,
            web.text(each.properties.get("dealname"), 120),
            any("primary" in label.lower() for label in labels.get(each.id, [])),
        )
        for each in batch(access, "deals", ids, ["dealname", "hs_is_closed"])
        if each.properties.get("hs_is_closed") != "true"
    )[:MOST_DEALS]


def _ticked(held: dict[str, Any], name: str) -> bool | None:
    """A checkbox that nobody has touched has no value; one that is not there is not told of."""
    return held[name] == "true" if name and name in held else None


def _zone(written: str) -> str:
    """HubSpot writes ``america_slash_new_york``."""
    wanted = written.replace("_slash_", "/").replace("_hyphen_", "-").lower()
    return next((each for each in zones.names() if each.lower() == wanted), "")

"""People as Salesforce's records have them: Contacts and Leads."""

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from backend.crm import web
from backend.crm.salesforce.calls import VERSION, Said, call, id_of, query, quoted, records
from backend.crm_port import (
    Access,
    CrmUser,
    Fields,
    Opportunity,
    PersonType,
    Record,
)

OBJECTS: dict[PersonType, str] = {"contact": "Contact", "lead": "Lead"}
_COMMON = ("Id", "Name", "Title", "Email", "Phone", "Owner.Email")
_OWN: dict[PersonType, tuple[str, ...]] = {
    "contact": ("Account.Name", "AccountId", "HomePhone", "OtherPhone", "MailingState"),
    "lead": ("Company", "State"),
}
_PHONES = {"Phone": "Phone", "HomePhone": "Home", "OtherPhone": "Other"}
_LACKS = re.compile(r"No such column '([\w.]+)'|relationship '(\w+)'")
MOST_LACKING = 12


def read(access: Access, fields: Fields, type: PersonType, id: str) -> Record | None:
    names = [*_COMMON, *_OWN[type]]
    names += [each for each in (fields.mobile, fields.extension, fields.do_not_text) if each]
    for _ in range(MOST_LACKING):
        asked = {"person": _person(type, id, names)}
        if type == "contact":
            asked["roles"] = _roles(id)
        answers = _composite(access, asked)
        lacking = _lacking(answers["person"])
        # An org may lack a field, or keep it from whoever signed in: the others are read.
        if not lacking or lacking not in names:
            break
        names.remove(lacking)
    found = records(_body(answers["person"]))
    if not found:
        return None
    roles = answers.get("roles")
    opportunities = _opportunities(roles["body"]) if roles and _well(roles) else ()
    return _record(access, fields, type, found[0], opportunities)


def users(access: Access) -> Iterable[CrmUser]:
    for each in query(access, "SELECT Id, Email, Name FROM User WHERE IsActive = true"):
        email, name = web.text(each.get("Email"), 254), web.text(each.get("Name"), 200)
        yield CrmUser(id_of(each), email, name)


def set_do_not_text(access: Access, fields: Fields, type: PersonType, id: str, on: bool) -> None:
    try:
        call(access, f"sobjects/{OBJECTS[type]}/{id}", "PATCH", json={fields.do_not_text: on})
    except Said as said:
        if said.status != 404:  # of a record that is gone there is nothing to tick
            raise


def do_not_text(
    access: Access, fields: Fields, refs: Sequence[tuple[PersonType, str]]
) -> dict[tuple[PersonType, str], bool]:
    found: dict[tuple[PersonType, str], bool] = {}
    for type, object in OBJECTS.items():
        ids = [id for each, id in refs if each == type]
        if not ids:
            continue
        among = ", ".join(map(quoted, ids))
        soql = f"SELECT Id, {fields.do_not_text} FROM {object} WHERE Id IN ({among})"
        try:
            for each in query(access, soql):
                found[(type, id_of(each))] = each.get(fields.do_not_text) is True
        except Said as said:
            # The object does not have the field, or whoever signed in does not see the object.
            if said.code != "INVALID_TYPE" and _lacks(said) != fields.do_not_text:
                raise
    return found


def _person(type: PersonType, id: str, names: Sequence[str]) -> str:
    wanted = ", ".join(dict.fromkeys(names))
    return f"SELECT {wanted} FROM {OBJECTS[type]} WHERE Id = {quoted(id)}"


def _roles(contact: str) -> str:
    return (
        "SELECT OpportunityId, Opportunity.Name, IsPrimary FROM OpportunityContactRole"
        f" WHERE ContactId = {quoted(contact)} AND Opportunity.IsClosed = false"
    )


def _composite(access: Access, asked: dict[str, str]) -> dict[str, dict[str, Any]]:
    """Several queries as one call of the org's daily budget."""
    path = f"/services/data/v{VERSION}/query"
    sent = {
        "compositeRequest": [
            {
                "method": "GET",
                "url": f"{path}?{urlencode({'q': soql})}",
                "referenceId": name,
            }
            for name, soql in asked.items()
        ]
    }
    answer = call(access, "composite", "POST", json=sent)
    given = answer.get("compositeResponse") if isinstance(answer, dict) else None
    if not isinstance(given, list):
        raise web.unreachable("Salesforce", "an answer without its parts")
    found = {str(each.get("referenceId")): each for each in given if isinstance(each, dict)}
    if not asked.keys() <= found.keys():
        raise web.unreachable("Salesforce", "an answer without its parts")
    return found


def _well(answer: dict[str, Any]) -> bool:
    return answer.get("httpStatusCode") == 200


def _body(answer: dict[str, Any]) -> Any:
    if _well(answer):
        return answer.get("body")
    body = answer.get("body")
    errors: list[dict[str, Any]] = [each for each in body or [] if isinstance(each, dict)]
    raise Said(int(answer.get("httpStatusCode") or 500), errors or [{}])


def _lacking(answer: dict[str, Any]) -> str:
    """The column that the org says it does not have."""
    try:
        _body(answer)
    except Said as said:
        return _lacks(said)
    return ""


def _lacks(said: Said) -> str:
    found = _LACKS.search(said.message)
    return next(filter(None, found.groups()), "") if found else ""


def _opportunities(body: Any) -> tuple[Opportunity, ...]:
    found: dict[str, Opportunity] = {}
    for each in records(body)[:50]:
        id, of = each.get("OpportunityId"), each.get("Opportunity")
        if isinstance(id, str) and isinstance(of, dict):
            held = found.get(id)
            primary = each.get("IsPrimary") is True or bool(held and held.primary)
            found[id] = Opportunity(id, web.text(of.get("Name"), 120), primary)
    return tuple(found.values())


def _record(
    access: Access,
    fields: Fields,
    type: PersonType,
    found: dict[str, Any],
    opportunities: tuple[Opportunity, ...],
) -> Record:
    account, owner = found.get("Account"), found.get("Owner")
    id, account_id = id_of(found), found.get("AccountId")
    view = f"{access.base_url}/lightning/r"
    flag = found.get(fields.do_not_text) if fields.do_not_text else None
    numbers = tuple(
        (label, web.text(found.get(name), 64)) for name, label in _PHONES.items() if found.get(name)
    )
    return Record(
        type=type,
        id=id,
        name=web.text(found.get("Name"), 200),
        mobile=web.text(found.get(fields.mobile), 64) if fields.mobile else "",
        extension=web.text(found.get(fields.extension), 20) if fields.extension else "",
        numbers=numbers,
        title=web.text(found.get("Title"), 200),
        email=web.text(found.get("Email"), 254),
        account=web.text(
            found.get("Company") or (account.get("Name") if isinstance(account, dict) else ""), 200
        ),
        account_url=f"{view}/Account/{account_id}/view" if isinstance(account_id, str) else "",
        owner_email=web.text(owner.get("Email") if isinstance(owner, dict) else "", 254),
        region=web.text(found.get("MailingState") or found.get("State"), 40),
        url=f"{view}/{OBJECTS[type]}/{id}/view",
        do_not_text=flag if isinstance(flag, bool) else None,
        opportunities=opportunities,
    )

"""People as Dynamics 365 has them: contacts and leads."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from backend.crm import web
from backend.crm.dynamics.calls import LABEL, Said, call, rows
from backend.crm_port import (
    Access,
    CrmUser,
    Fields,
    Opportunity,
    PersonType,
    Record,
    SignInNeeded,
)

SETS: dict[PersonType, str] = {"contact": "contacts", "lead": "leads"}
_COMMON = (
    *("fullname", "jobtitle", "emailaddress1", "telephone1", "telephone2"),
    *("address1_stateorprovince", "_masterid_value"),
)
_OWN: dict[PersonType, tuple[str, ...]] = {"contact": (), "lead": ("companyname",)}
_OWNER = "owninguser($select=internalemailaddress)"
_ACCOUNT = "parentcustomerid_account($select=name)"
_PHONES = {"telephone1": "Phone", "telephone2": "Other"}
_LACKS = re.compile(r"Could not find a property named '(\w+)'")
MOST_LACKING, MOST_MERGES, MOST_OPPORTUNITIES = 12, 5, 50


def read(access: Access, fields: Fields, type: PersonType, id: str) -> Record | None:
    found = _row(access, fields, type, id)
    if found is None:
        return None
    return _record(access, fields, type, found)


def users(access: Access) -> Iterable[CrmUser]:
    asked = {"$select": "fullname,internalemailaddress", "$filter": "isdisabled eq false"}
    for each in rows(access, "systemusers", **asked):
        yield CrmUser(
            _id(each, "systemuserid"),
            web.text(each.get("internalemailaddress"), 254),
            web.text(each.get("fullname"), 200),
        )


def set_do_not_text(access: Access, fields: Fields, type: PersonType, id: str, on: bool) -> None:
    try:
        call(
            access,
            f"{SETS[type]}({id})",
            "PATCH",
            # Without it a row that is gone would be made anew.
            {"If-Match": "*"},
            json={fields.do_not_text: on},
        )
    except Said as said:
        if said.status != 404:  # of a row that is gone there is nothing to tick
            raise


def do_not_text(
    access: Access, fields: Fields, refs: Sequence[tuple[PersonType, str]]
) -> dict[tuple[PersonType, str], bool]:
    found: dict[tuple[PersonType, str], bool] = {}
    for type, set in SETS.items():
        ids = [id for each, id in refs if each == type]
        if not ids:
            continue
        among = ",".join(_quoted(id) for id in ids)
        key = f"{type}id"
        asked = {
            "$select": fields.do_not_text,
            "$filter": f"Microsoft.Dynamics.CRM.In(PropertyName='{key}',PropertyValues=[{among}])",
        }
        try:
            for each in rows(access, set, **asked):
                found[(type, _id(each, key))] = each.get(fields.do_not_text) is True
        except Said as said:
            # The table does not have the column, or the org does not have the table.
            if said.status != 404 and _lacks(said) != fields.do_not_text:
                raise
    return found


def page(access: Access, table: str, id: str) -> str:
    """The address of a row's page."""
    return f"{access.base_url}/main.aspx?etn={table}&id={id}&pagetype=entityrecord"


def _row(access: Access, fields: Fields, type: PersonType, id: str) -> dict[str, Any] | None:
    """The row, or the one that it was merged into."""
    names = [*_COMMON, *_OWN[type]]
    names += [each for each in (fields.mobile, fields.extension, fields.do_not_text) if each]
    expand = ",".join([_OWNER, *([_ACCOUNT] if type == "contact" else [])])
    merges = 0
    for _ in range(MOST_LACKING + MOST_MERGES):
        asked = {"$select": ",".join(dict.fromkeys(names)), "$expand": expand}
        try:
            found = call(access, f"{SETS[type]}({id})", params=asked)
        except Said as said:
            if said.status == 404:
                return None
            # An org may lack a column: the others are read.
            if _lacks(said) not in names:
                raise
            names.remove(_lacks(said))
            continue
        _id(found, f"{type}id")
        master = found.get("_masterid_value")
        if not isinstance(master, str) or merges == MOST_MERGES:
            return found
        id, merges = master.lower(), merges + 1
    raise web.unreachable(LABEL, "an answer without most columns")


def _lacks(said: Said) -> str:
    """The column that the org says it does not have."""
    found = _LACKS.search(said.message)
    return found[1] if found else ""


def _record(access: Access, fields: Fields, type: PersonType, found: dict[str, Any]) -> Record:
    id, owner = _id(found, f"{type}id"), found.get("owninguser")
    company = found.get("parentcustomerid_account")
    account = company.get("name") if isinstance(company, dict) else found.get("companyname")
    account_id = company.get("accountid") if isinstance(company, dict) else None
    flag = found.get(fields.do_not_text) if fields.do_not_text else None
    return Record(
        type=type,
        id=id,
        name=web.text(found.get("fullname"), 200),
        mobile=web.text(found.get(fields.mobile), 64),
        extension=web.text(found.get(fields.extension), 20),
        numbers=tuple(
            (label, web.text(found.get(name), 64))
            for name, label in _PHONES.items()
            if found.get(name)
        ),
        title=web.text(found.get("jobtitle"), 200),
        email=web.text(found.get("emailaddress1"), 254),
        account=web.text(account, 200),
        account_url=page(access, "account", account_id) if isinstance(account_id, str) else "",
        owner_email=web.text(
            owner.get("internalemailaddress") if isinstance(owner, dict) else "", 254
        ),
        region=web.text(found.get("address1_stateorprovince"), 40),
        url=page(access, type, id),
        do_not_text=flag if isinstance(flag, bool) else None,
        opportunities=_opportunities(access, id) if type == "contact" else (),
    )


def _opportunities(access: Access, contact: str) -> tuple[Opportunity, ...]:
    """The open ones. Whose contact the person is, theirs is the primary role; of the others they
    are the customer alone."""
    asked = {
        "$select": "name,_parentcontactid_value",
        "$filter": f"statecode eq 0 and (_parentcontactid_value eq {contact}"
        f" or _customerid_value eq {contact})",
        "$top": str(MOST_OPPORTUNITIES),
    }
    try:
        found = [*rows(access, "opportunities", **asked)]
    except (Said, SignInNeeded):  # an org without sales, or a role that may not see them
        return ()
    return tuple(
        Opportunity(
            _id(each, "opportunityid"),
            web.text(each.get("name"), 120),
            web.text(each.get("_parentcontactid_value"), 36).lower() == contact,
        )
        for each in found
    )


def _id(row: dict[str, Any], key: str) -> str:
    id = row.get(key)
    if not isinstance(id, str) or not id:
        raise web.unreachable(LABEL, "a row without its id")
    return id.lower()


def _quoted(value: str) -> str:
    escaped = value.replace("'", "''")
    return f"'{escaped}'"

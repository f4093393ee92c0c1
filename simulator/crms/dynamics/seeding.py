"""The demo CRM's people as rows. Record ``n`` of a kind always has the same id."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from simulator.crms.crm import Crm, People
from simulator.crms.dynamics.reference import BY_NAME
from simulator.crms.dynamics.values import iso
from simulator.crms.staff import STAFF
from simulator.crms.store import Fields

_SPACE = UUID("d3b07384-d9a0-4c9b-8f5e-2f1f4a6b7c8d")
_TABLES = {
    "accounts": "account",
    "contacts": "contact",
    "leads": "lead",
    "opportunities": "opportunity",
}


def id_of(table: str, number: int) -> str:
    """The id that record ``number`` of the demo CRM has in a table; of a ``systemuser`` the number
    is that in ``STAFF``, counted from 1."""
    return str(uuid5(_SPACE, f"{table}:{number}"))


def seed(crm: Crm, people: People) -> None:
    for number, member in enumerate(STAFF, 1):
        fields = {
            "firstname": member.first,
            "lastname": member.last,
            "fullname": member.name,
            "internalemailaddress": member.email,
            "domainname": member.email,
            "azureactivedirectoryobjectid": id_of("entra", number),
            "isdisabled": False,
        }
        crm.put("systemuser", id_of("systemuser", number), fields)
    for kind, table in _TABLES.items():
        for record in people.get(kind, ()):
            fields = {**_FIELDS[table](crm, record), **_owned(table, record.get("owner"))}
            crm.put(table, id_of(table, record["id"]), fields)
            _history(crm, table, record)


def _owned(table: str, owner: str | None) -> Fields:
    """The user of that name; the admin where there is none."""
    names = [member.name for member in STAFF]
    number = names.index(owner) + 1 if owner in names else 1
    return _refer(table, "ownerid", "systemuser", number)


def _refer(table: str, way: str, target: str, number: int | None) -> Fields:
    found = BY_NAME[table].way(way)
    assert found
    return dict(found[0].refer(target, id_of(target, number) if number else None))


def _history(crm: Crm, table: str, record: dict[str, Any]) -> None:
    """The calls that were made before, as completed ones."""
    calls = [done for done in record.get("activities", ()) if done["kind"] == "Call"]
    for number, done in enumerate(calls):
        at = iso(crm.now() - timedelta(days=done["days_ago"]))
        fields = {
            "subject": done["subject"],
            "directioncode": True,
            "statecode": 1,
            "statuscode": 2,
            "actualend": at,
            **_owned("phonecall", done["by"]),
            **_refer("phonecall", f"regardingobjectid_{table}", table, record["id"]),
        }
        crm.put("phonecall", id_of(f"{table}-{record['id']}-call", number), fields)


def _person(crm: Crm, record: dict[str, Any]) -> Fields:
    first, _, last = record["name"].partition(" ")
    numbers = {phone["label"]: phone["number"] for phone in record["phones"]}
    return {
        "firstname": first,
        "lastname": last,
        "fullname": record["name"],
        "jobtitle": record["title"],
        "emailaddress1": record["email"],
        "mobilephone": numbers.get("Mobile"),
        "telephone1": next((n for label, n in numbers.items() if label != "Mobile"), None),
        "donotphone": False,
        "new_donottext": False,
        **_OPEN,
    }


def _contact(crm: Crm, record: dict[str, Any]) -> Fields:
    company = _refer("contact", "parentcustomerid_account", "account", record.get("account"))
    return {**_person(crm, record), **company}


def _lead(crm: Crm, record: dict[str, Any]) -> Fields:
    return {**_person(crm, record), "companyname": record["company"], "subject": record["source"]}


def _account(crm: Crm, record: dict[str, Any]) -> Fields:
    city, _, state = record["city"].partition(", ")
    return {
        "name": record["name"],
        "telephone1": next((phone["number"] for phone in record["phones"]), None),
        "websiteurl": record["website"],
        "address1_city": city,
        "address1_stateorprovince": state,
        **_OPEN,
    }


def _opportunity(crm: Crm, record: dict[str, Any]) -> Fields:
    return {
        "name": record["name"],
        "estimatedvalue": record["amount_usd"],
        "estimatedclosedate": iso(crm.now() + timedelta(days=record["closes_in_days"])),
        **_refer("opportunity", "parentcontactid", "contact", record.get("contact")),
        **_refer("opportunity", "parentaccountid", "account", record.get("account")),
        **_refer("opportunity", "customerid_account", "account", record.get("account")),
        **_OPEN,
    }


_OPEN = {"statecode": 0, "statuscode": 1}
_FIELDS = {"contact": _contact, "lead": _lead, "account": _account, "opportunity": _opportunity}

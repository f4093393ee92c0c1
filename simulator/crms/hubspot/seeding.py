"""The demo CRM's people as HubSpot keeps them. Leads are contacts at an early stage."""

from datetime import timedelta
from typing import Any

from simulator.crms.crm import Crm, People
from simulator.crms.hubspot.associations import default_type, link, types
from simulator.crms.hubspot.schema import kind_of
from simulator.crms.hubspot.values import iso
from simulator.crms.staff import STAFF

_BASE = {
    "contacts": ("contacts", 1_000_000),
    "leads": ("contacts", 2_000_000),
    "accounts": ("companies", 3_000_000),
    "opportunities": ("deals", 4_000_000),
    "tasks": ("tasks", 5_000_000),
}
_STAGES = {"Negotiation": "contractsent", "Proposal": "presentationscheduled"}


def id_of(kind: str, number: int) -> str:
    """The id that record ``number`` of the demo CRM has here, always the same."""
    return str(_BASE[kind][1] + number)


def owner_id(number: int) -> str:
    """The id of the owner whose number in ``STAFF`` this is, counted from 1."""
    return str(100 + number)


def seed(crm: Crm, people: People) -> None:
    owners = {member.name: owner_id(number) for number, member in enumerate(STAFF, 1)}
    for number, member in enumerate(STAFF, 1):
        names = {"firstName": member.first, "lastName": member.last}
        fields = {"email": member.email, **names, "userId": 7000 + number}
        crm.put("owners", owner_id(number), fields)
    for kind, found in people.items():
        for record in found:
            owner = owners.get(record["owner"])
            _put(crm, kind, record["id"], _FIELDS[kind](crm, record) | {"hubspot_owner_id": owner})
    for kind, found in people.items():
        for record in found:
            _associate(crm, kind, record)
    _history(crm, people, owners)


def _put(crm: Crm, kind: str, number: int, fields: dict[str, Any]) -> None:
    object = _BASE[kind][0]
    known = kind_of(object)
    assert known
    # Long ago, so that searching finds it at once.
    long_ago = {known.created: iso(crm.now() - timedelta(days=90))}
    crm.put(object, id_of(kind, number), fields)
    with crm.store.change() as books:
        books.of(object)[id_of(kind, number)] |= long_ago


def _associate(crm: Crm, kind: str, record: dict[str, Any]) -> None:
    from_ = kind_of(_BASE[kind][0])
    for other, name in (("accounts", "account"), ("contacts", "contact")):
        to = kind_of(_BASE[other][0])
        if record.get(name) is None or from_ is None or to is None:
            continue
        with crm.store.change() as books:
            ids = id_of(kind, record["id"]), id_of(other, record[name])
            # The one contact of a deal of the demo's is its primary one.
            primary = (kind, other) == ("opportunities", "contacts")
            numbers = types(from_, to) if primary else [default_type(from_, to)]
            link(crm, books, from_, ids[0], to, ids[1], numbers, "person")


def _history(crm: Crm, people: People, owners: dict[str, str]) -> None:
    """What was done with each person before: calls as calls, the rest as notes."""
    number = 6_000_000
    for kind in ("contacts", "leads"):
        for person in people.get(kind, ()):
            for done in person["activities"]:
                number += 1
                name = "calls" if done["kind"] == "Call" else "notes"
                title = "hs_call_title" if name == "calls" else "hs_note_body"
                from_, to = kind_of(name), kind_of("contacts")
                assert from_
                assert to
                fields = {
                    title: done["subject"],
                    "hs_timestamp": iso(crm.now() - timedelta(days=done["days_ago"])),
                    "hubspot_owner_id": owners.get(done["by"]),
                }
                crm.put(name, str(number), fields)
                ids = str(number), id_of(kind, person["id"])
                with crm.store.change() as books:
                    link(crm, books, from_, ids[0], to, ids[1], [default_type(from_, to)], "person")


def _person(crm: Crm, record: dict[str, Any]) -> dict[str, Any]:
    first, _, last = record["name"].partition(" ")
    numbers = {phone["label"]: phone["number"] for phone in record["phones"]}
    return {
        "firstname": first,
        "lastname": last,
        "jobtitle": record["title"],
        "email": record["email"],
        "mobilephone": numbers.get("Mobile"),
        "phone": next((n for label, n in numbers.items() if label != "Mobile"), None),
        "company": record.get("company"),
        "hs_timezone": record["time_zone"],
        "lifecyclestage": "lead" if "company" in record else "opportunity",
    }


def _company(crm: Crm, record: dict[str, Any]) -> dict[str, Any]:
    return {
        "name": record["name"],
        "domain": record["website"],
        "city": record["city"],
        "industry": record["industry"],
        "phone": next((phone["number"] for phone in record["phones"]), None),
    }


def _deal(crm: Crm, record: dict[str, Any]) -> dict[str, Any]:
    return {
        "dealname": record["name"],
        "pipeline": "default",
        "dealstage": _STAGES.get(record["stage"], "qualifiedtobuy"),
        "amount": str(record["amount_usd"]),
        "closedate": iso(crm.now() + timedelta(days=record["closes_in_days"])),
    }


def _task(crm: Crm, record: dict[str, Any]) -> dict[str, Any]:
    return {
        "hs_task_subject": record["name"],
        "hs_task_status": "NOT_STARTED" if record["status"] == "Open" else "COMPLETED",
        "hs_task_type": "TODO",
        "hs_timestamp": iso(crm.now() + timedelta(days=record["due_in_days"])),
    }


_FIELDS = {
    "contacts": _person,
    "leads": _person,
    "accounts": _company,
    "opportunities": _deal,
    "tasks": _task,
}

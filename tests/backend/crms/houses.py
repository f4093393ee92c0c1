"""What the tests do at each CRM as its own people do, in the words that all of them share."""

import html
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import demo.crm
from backend.crm.dynamics import Dynamics
from backend.crm.hubspot import HubSpot
from backend.crm.salesforce import Salesforce
from backend.crm_port import Crm, CrmApp
from simulator.crms.crm import Dialect
from simulator.crms.dynamics import dialect as dynamics
from simulator.crms.dynamics import seeding as rows
from simulator.crms.hubspot import associations
from simulator.crms.hubspot import dialect as hubspot
from simulator.crms.hubspot.schema import kind_of
from simulator.crms.hubspot.seeding import id_of
from simulator.crms.salesforce import dialect as salesforce
from simulator.crms.salesforce.seed import seeded
from simulator.crms.serving import StandIn

PEOPLE = json.loads((Path(demo.crm.__file__).parent / "people.json").read_text("utf-8"))
MAYA, JONAS = 101, 102
"""Contacts of the demo CRM. Maya is the primary contact of one open opportunity."""


@dataclass(frozen=True)
class Seen:
    """An activity as the CRM has it."""

    id: str
    who: str
    what: str
    body: str
    subject: str
    owner: str


class House(Protocol):
    """``ref(n)`` is the crm_ref of the demo CRM's contact ``n``. ``revokes``: whether a program can
    give its sign-in back."""

    name: str
    revokes: bool
    edge: Callable[[CrmApp], Crm]
    dialect: Callable[[], Dialect]

    def ref(self, contact: int) -> str: ...
    def seen(self, at: StandIn) -> list[Seen]: ...
    def edit(self, at: StandIn, contact: int, **fields: Any) -> None: ...
    def flag(self, at: StandIn, contact: int) -> bool: ...
    def opportunity(self, at: StandIn, contact: int, name: str, *, primary: bool) -> str: ...
    def delete(self, at: StandIn, contact: int) -> None: ...


_SALESFORCE = {
    "mobile": "MobilePhone",
    "phone": "Phone",
    "do_not_text": "HasOptedOutOfSms__c",
    "name": "LastName",
}


class SalesforceHouse:
    name = "salesforce"
    revokes = True
    edge = Salesforce
    dialect = salesforce.Salesforce

    def ref(self, contact: int) -> str:
        return f"salesforce:contact:{seeded('Contact', contact)}"

    def seen(self, at: StandIn) -> list[Seen]:
        with at.store.look() as books:
            made = [each.id for each in books.writes if each.did == "created" and each.by == "api"]
            tasks = books.of("Task")
            return [
                Seen(
                    id=id,
                    who=task.get("WhoId", ""),
                    what=task.get("WhatId") or "",
                    body=task.get("Description", ""),
                    subject=task.get("Subject", ""),
                    owner=task.get("OwnerId", ""),
                )
                for id in dict.fromkeys(made)
                if (task := tasks.get(id))
            ]

    def edit(self, at: StandIn, contact: int, **fields: Any) -> None:
        given = {_SALESFORCE[name]: value for name, value in fields.items()}
        at.crm.put("Contact", seeded("Contact", contact), given)

    def flag(self, at: StandIn, contact: int) -> bool:
        with at.store.look() as books:
            return bool(books.of("Contact")[seeded("Contact", contact)]["HasOptedOutOfSms__c"])

    def opportunity(self, at: StandIn, contact: int, name: str, *, primary: bool) -> str:
        with at.store.look() as books:
            number = 500 + len(books.of("Opportunity"))
        made = {"Name": name, "StageName": "Prospecting", "CloseDate": "2027-01-31"}
        id = at.crm.put("Opportunity", seeded("Opportunity", number), made | {"IsClosed": False})
        role = {"OpportunityId": id, "ContactId": seeded("Contact", contact), "IsPrimary": primary}
        at.crm.put("OpportunityContactRole", seeded("OpportunityContactRole", number), role)
        return id

    def delete(self, at: StandIn, contact: int) -> None:
        at.crm.remove("Contact", seeded("Contact", contact))


_HUBSPOT = {"mobile": "mobilephone", "phone": "phone", "name": "lastname"}


class HubSpotHouse:
    name = "hubspot"
    revokes = True
    edge = HubSpot
    dialect = hubspot.HubSpot

    def ref(self, contact: int) -> str:
        return f"hubspot:contact:{id_of('contacts', contact)}"

    def seen(self, at: StandIn) -> list[Seen]:
        with at.store.look() as books:
            made = [each for each in books.writes if each.did == "created" and each.by == "api"]
            found = {(each.object, each.id): books.of(each.object).get(each.id) for each in made}
            return [
                self._seen(books, object, id, fields)
                for (object, id), fields in found.items()
                if object in ("communications", "notes") and fields
            ]

    def _seen(self, books: Any, object: str, id: str, fields: dict[str, Any]) -> Seen:
        kind = kind_of(object)
        ends = {
            to: ",".join(associations.of(books, kind, id, kind_of(to)))
            for to in ("contacts", "deals")
        }
        body = "hs_note_body" if object == "notes" else "hs_communication_body"
        # As its page shows it: HTML, whose first line says what a text is.
        shown = html.unescape(fields.get(body, "").replace("<br>", "\n"))
        subject, _, words = shown.partition("\n") if object != "notes" else ("Note", "", shown)
        owner = fields.get("hubspot_owner_id", "")
        return Seen(id, ends["contacts"], ends["deals"], words, subject, owner)

    def edit(self, at: StandIn, contact: int, **fields: Any) -> None:
        given = {
            _HUBSPOT.get(name, name): str(value).lower() if isinstance(value, bool) else value
            for name, value in fields.items()
        }
        at.crm.put("contacts", id_of("contacts", contact), given)

    def flag(self, at: StandIn, contact: int) -> bool:
        with at.store.look() as books:
            return books.of("contacts")[id_of("contacts", contact)].get("do_not_text") == "true"

    def opportunity(self, at: StandIn, contact: int, name: str, *, primary: bool) -> str:
        deal, person = kind_of("deals"), kind_of("contacts")
        with at.store.change() as books:
            id = str(4_500_000 + len(books.of("deals")))
        at.crm.put("deals", id, {"dealname": name, "dealstage": "qualifiedtobuy"})
        types = associations.types(deal, person)
        numbers = [n for n, label in types.items() if bool(label) == primary or not label]
        with at.store.change() as books:
            ids = (id, person, id_of("contacts", contact))
            associations.link(at.crm, books, deal, *ids, numbers, "person")
        return id

    def delete(self, at: StandIn, contact: int) -> None:
        at.crm.remove("contacts", id_of("contacts", contact))


_DYNAMICS = {
    "mobile": "mobilephone",
    "phone": "telephone1",
    "do_not_text": "new_donottext",
    "name": "fullname",
}


class DynamicsHouse:
    name = "dynamics"
    revokes = False
    edge = Dynamics
    dialect = dynamics.Dynamics

    def ref(self, contact: int) -> str:
        return f"dynamics:contact:{rows.id_of('contact', contact)}"

    def seen(self, at: StandIn) -> list[Seen]:
        with at.store.look() as books:
            made = [each for each in books.writes if each.did == "created" and each.by == "api"]
            found = {(each.object, each.id): books.of(each.object).get(each.id) for each in made}
            return [
                self._call(id, row) if object == "phonecall" else self._note(id, row)
                for (object, id), row in found.items()
                if object in ("phonecall", "annotation") and row
            ]

    def _call(self, id: str, row: dict[str, Any]) -> Seen:
        regarding, table = row["_regardingobjectid_value"], row["_regardingobjectid_value@table"]
        parties = row["phonecall_activity_parties"]
        who = [e["_partyid_value"] for e in parties if e["_partyid_value@table"] != "systemuser"]
        assert row["statecode"] == 1, "an activity that is logged is completed"
        return Seen(
            id=id,
            who=",".join(who),
            what=regarding if table == "opportunity" else "",
            body=row["description"],
            subject=row["subject"],
            owner=row["_ownerid_value"],
        )

    def _note(self, id: str, row: dict[str, Any]) -> Seen:
        owner = row["_ownerid_value"]
        return Seen(id, row["_objectid_value"], "", row["notetext"], row["subject"], owner)

    def edit(self, at: StandIn, contact: int, **fields: Any) -> None:
        given = {_DYNAMICS[name]: value for name, value in fields.items()}
        at.crm.put("contact", rows.id_of("contact", contact), given)

    def flag(self, at: StandIn, contact: int) -> bool:
        with at.store.look() as books:
            return books.of("contact")[rows.id_of("contact", contact)]["new_donottext"]

    def opportunity(self, at: StandIn, contact: int, name: str, *, primary: bool) -> str:
        with at.store.look() as books:
            id = rows.id_of("opportunity", 500 + len(books.of("opportunity")))
        person = rows.id_of("contact", contact)
        way = "_parentcontactid_value" if primary else "_customerid_value"
        made = {"name": name, "statecode": 0, "statuscode": 1}
        at.crm.put("opportunity", id, {**made, way: person, f"{way}@table": "contact"})
        return id

    def delete(self, at: StandIn, contact: int) -> None:
        at.crm.remove("contact", rows.id_of("contact", contact))


HOUSES: dict[str, House] = {
    each.name: each for each in (SalesforceHouse(), HubSpotHouse(), DynamicsHouse())
}

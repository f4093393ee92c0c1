"""What the tests do at each CRM as its own people do, in the words that all of them share."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import demo.crm
from backend.crm.salesforce import Salesforce
from backend.crm_port import Crm, CrmApp
from simulator.crms.crm import Dialect
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
    """``ref(n)`` is the crm_ref of the demo CRM's contact ``n``."""

    name: str
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


HOUSES: dict[str, House] = {each.name: each for each in (SalesforceHouse(),)}

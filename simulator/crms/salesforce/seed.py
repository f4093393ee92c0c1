"""The people of the demo CRM as an org's records.

Record ``n`` of a kind always has the same id: ``seeded("Contact", 12)``.
"""

from datetime import timedelta
from typing import Any

from simulator.crms.crm import Crm, People
from simulator.crms.salesforce import ids
from simulator.crms.salesforce.objects import OBJECTS
from simulator.crms.staff import STAFF

_PHONES = {"Mobile": "MobilePhone", "Home": "HomePhone", "Other": "OtherPhone"}
"""Any other label is the record's Phone."""
_STAGES = {"Proposal": "Proposal/Price Quote", "Negotiation": "Negotiation/Review"}
_LEADS = {"New": "Open - Not Contacted", "Working": "Working - Contacted"}
_SUBTYPES = {"Call": "Call", "Email": "Email"}
Record = dict[str, Any]


def seeded(object: str, number: int) -> str:
    """The 18-character id of the demo CRM's record ``number``."""
    return ids.of_number(OBJECTS[object].prefix, number, "REP")


def staff(crm: Crm) -> None:
    for number, member in enumerate(STAFF, 1):
        crm.put(
            "User",
            seeded("User", number),
            {
                "Username": member.email,
                "Email": member.email,
                "FirstName": member.first,
                "LastName": member.last,
                "IsActive": True,
                "TimeZoneSidKey": "America/New_York",
            },
        )


def people(crm: Crm, given: People) -> None:
    """Each opportunity's contact has the primary role in it."""
    for account in given.get("accounts", ()):
        crm.put("Account", seeded("Account", account["id"]), _account(account))
    for contact in given.get("contacts", ()):
        fields = _person(contact) | {"AccountId": _id("Account", contact.get("account"))}
        crm.put("Contact", seeded("Contact", contact["id"]), fields)
    for lead in given.get("leads", ()):
        fields = _person(lead) | {
            "Company": lead["company"],
            "Status": _LEADS.get(lead.get("status", ""), "Open - Not Contacted"),
            "LeadSource": lead.get("source"),
        }
        crm.put("Lead", seeded("Lead", lead["id"]), fields)
    for opportunity in given.get("opportunities", ()):
        _opportunity(crm, opportunity)
    for task in given.get("tasks", ()):
        _task(crm, task)
    _history(crm, given)


def _account(account: Record) -> Record:
    city, _, state = account.get("city", "").partition(", ")
    return {
        "Name": account["name"],
        "Industry": account.get("industry"),
        "BillingCity": city,
        "BillingState": state,
        "Website": account.get("website"),
        "OwnerId": _owner(account),
        **_phones(account),
    }


def _person(person: Record) -> Record:
    first, _, last = person["name"].rpartition(" ")
    return {
        "FirstName": first or None,
        "LastName": last,
        "Title": person.get("title"),
        "Email": person.get("email"),
        "OwnerId": _owner(person),
        "DoNotCall": False,
        "HasOptedOutOfEmail": False,
        "HasOptedOutOfSms__c": False,
        **_phones(person),
    }


def _phones(record: Record) -> Record:
    return {_PHONES.get(p["label"], "Phone"): p["number"] for p in record.get("phones", ())}


def _opportunity(crm: Crm, opportunity: Record) -> None:
    id = seeded("Opportunity", opportunity["id"])
    closes = crm.now().date() + timedelta(days=opportunity.get("closes_in_days", 30))
    fields = {
        "Name": opportunity["name"],
        "AccountId": _id("Account", opportunity.get("account")),
        "StageName": _STAGES.get(opportunity["stage"], opportunity["stage"]),
        "CloseDate": closes.isoformat(),
        "Amount": opportunity.get("amount_usd"),
        "OwnerId": _owner(opportunity),
    }
    crm.put("Opportunity", id, fields)
    role = {
        "OpportunityId": id,
        "ContactId": _id("Contact", opportunity.get("contact")),
        "Role": "Decision Maker",
        "IsPrimary": True,
    }
    crm.put("OpportunityContactRole", seeded("OpportunityContactRole", opportunity["id"]), role)


def _task(crm: Crm, task: Record) -> None:
    due = crm.now().date() + timedelta(days=task.get("due_in_days", 0))
    fields = {
        "Subject": task["name"],
        "Status": "Not Started",
        "Priority": "Normal",
        "TaskSubtype": "Task",
        "ActivityDate": due.isoformat(),
        "WhoId": _id("Contact", task.get("contact")),
        "WhatId": _id("Account", task.get("account")),
        "OwnerId": _owner(task),
    }
    crm.put("Task", seeded("Task", task["id"]), fields)


def _history(crm: Crm, given: People) -> None:
    """What was done with each person before, as completed tasks."""
    whose = [("Contact", each) for each in given.get("contacts", ())]
    whose += [("Lead", each) for each in given.get("leads", ())]
    number = 10_000
    for object, person in whose:
        for done in person.get("activities", ()):
            number += 1
            day = crm.now().date() - timedelta(days=done.get("days_ago", 0))
            fields = {
                "Subject": done["subject"],
                "Status": "Completed",
                "Priority": "Normal",
                "TaskSubtype": _SUBTYPES.get(done["kind"], "Task"),
                "ActivityDate": day.isoformat(),
                "WhoId": _id(object, person["id"]),
                "OwnerId": _owner({"owner": done.get("by")}),
            }
            crm.put("Task", seeded("Task", number), fields)


def _id(object: str, number: int | None) -> str | None:
    return seeded(object, number) if number else None


def _owner(record: Record) -> str:
    """The user of that name; the admin's where there is none."""
    names = [member.name for member in STAFF]
    name = record.get("owner")
    return seeded("User", names.index(name) + 1 if name in names else 1)

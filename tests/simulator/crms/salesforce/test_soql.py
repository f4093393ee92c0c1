"""SOQL: what a query finds, and that one that is not understood is refused, never passed over."""

import pytest
from simple_salesforce import format_soql

from simulator.crms.salesforce.seed import seeded
from tests.simulator.crms.salesforce.elsewhere import DEAL, EVE, KEISHA, KEY, MAYA, NORTHWIND


@pytest.fixture
def names(sf):
    """The names of what a query finds, in its order."""
    return lambda soql: [record["Name"] for record in sf.query(soql)["records"]]


@pytest.fixture
def contacts(names):
    """The names of the contacts that meet a condition."""
    return lambda where: names(f"SELECT Name FROM Contact WHERE {where} ORDER BY Name")


def test_the_open_opportunities_of_a_contact_are_found_by_the_roles(names, sf):
    sf.Opportunity.create({"Name": "Lost", "StageName": "Closed Lost", "CloseDate": "2026-01-01"})
    soql = (
        "SELECT Id, Name FROM Opportunity WHERE IsClosed = false AND Id IN "
        f"(SELECT OpportunityId FROM OpportunityContactRole WHERE ContactId = '{MAYA[:15]}')"
    )
    assert names(soql) == ["Northwind, 40 seats"]
    assert names(soql.replace("false", "true")) == []


def test_relationships_are_followed(sf):
    (maya,) = sf.query(
        f"SELECT Account.Name, Owner.Email, Account.Owner.Name FROM Contact WHERE Id = '{MAYA}'"
    )["records"]
    assert maya["Account"]["Name"] == "Northwind Logistics"
    assert maya["Account"]["attributes"]["type"] == "Account"
    assert maya["Account"]["Owner"]["Name"] == "Ana Ruiz"
    assert maya["Owner"]["Email"] == "ana@brightpath.example"


def test_a_relationship_to_nothing_is_null(sf):
    made = sf.Contact.create({"LastName": "Ng"})["id"]
    (ng,) = sf.query(f"SELECT Account.Name FROM Contact WHERE Id = '{made}'")["records"]
    assert ng["Account"] is None


def test_a_task_tells_which_sort_of_person_it_is_about(sf):
    sf.Task.create({"Subject": "One", "WhoId": MAYA, "WhatId": DEAL})
    sf.Task.create({"Subject": "Two", "WhoId": KEISHA})
    found = sf.query(
        "SELECT Who.Type, Who.Name, What.Name FROM Task WHERE Subject IN ('One', 'Two') "
        "ORDER BY Subject"
    )["records"]
    assert [(task["Who"]["Type"], task["Who"]["Name"]) for task in found] == [
        ("Contact", "Maya Okonkwo"),
        ("Lead", "Keisha Tran"),
    ]
    assert [task["What"] and task["What"]["Name"] for task in found] == [
        "Northwind, 40 seats",
        None,
    ]


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ("FirstName = 'maya'", ["Maya Okonkwo"]),
        ("Email LIKE 'MAYA@%'", ["Maya Okonkwo"]),
        ("FirstName LIKE 'E_e'", ["Eve Sandoval"]),
        ("FirstName LIKE 'E\\_e'", []),
        ("LastName = 'O\\'Brien'", ["Siobhán O'Brien"]),
        ("(FirstName = 'Eve' OR FirstName = 'Luis') AND LastName = 'Sandoval'", 2),
        ("NOT FirstName != 'Eve'", ["Eve Sandoval"]),
        ("FirstName IN ('Eve', 'Maya')", ["Eve Sandoval", "Maya Okonkwo"]),
        ("LastName NOT IN ('Sandoval') AND Account.Name LIKE 'Casa%'", []),
        ("Account.Owner.Name = 'Ana Ruiz' AND FirstName = 'Maya'", ["Maya Okonkwo"]),
        ("MobilePhone = null AND FirstName = 'Tom'", ["Tom Whitaker"]),
        ("MobilePhone <> null AND FirstName = 'Tom'", []),
        ("DoNotCall = false AND FirstName = 'Maya'", ["Maya Okonkwo"]),
        ("HasOptedOutOfSms__c = TRUE", []),
        ("CreatedDate > 2020-01-01T00:00:00Z AND FirstName = 'Maya'", ["Maya Okonkwo"]),
        ("CreatedDate < 2020-01-01T00:00:00+01:00", []),
        ("LastModifiedDate = TODAY AND FirstName = 'Maya'", ["Maya Okonkwo"]),
        ("LastModifiedDate < LAST_N_DAYS:30", []),
    ],
)
def test_conditions(contacts, where, found):
    assert contacts(where) == found or len(contacts(where)) == found


def test_dates_and_numbers_are_compared_as_such(names, sf):
    for day, amount in (("2026-01-09", 9), ("2026-01-10", 10), ("2026-01-11", 100)):
        sf.Opportunity.create(
            {"Name": day, "StageName": "Prospecting", "CloseDate": day, "Amount": amount}
        )
    start = "SELECT Name FROM Opportunity WHERE"
    assert names(f"{start} CloseDate < 2026-01-10") == ["2026-01-09"]
    assert names(f"{start} CloseDate <= 2026-01-10 AND Amount >= 10") == ["2026-01-10"]
    assert names(f"{start} Amount > 9.5 AND Amount < 1000 ORDER BY Amount DESC") == [
        "2026-01-11",
        "2026-01-10",
    ]


def test_names_may_be_in_any_case_and_come_back_as_the_org_has_them(sf):
    (found,) = sf.query(f"select ID, mobilephone from CONTACT where id = '{EVE}'")["records"]
    assert found["MobilePhone"] == "(512) 555-0118"


def test_order_limit_and_offset(names):
    start = "SELECT Name FROM Account ORDER BY BillingState DESC NULLS LAST, Name"
    everything = names(start)
    assert len(everything) == 8
    assert names(f"{start} LIMIT 2 OFFSET 1") == everything[1:3]
    assert names("SELECT Name FROM Account ORDER BY Name DESC") == sorted(everything, reverse=True)


def test_nulls_come_first_unless_they_are_asked_to_come_last(names):
    first = names("SELECT Name FROM Contact ORDER BY MobilePhone, Name")
    last = names("SELECT Name FROM Contact ORDER BY MobilePhone DESC NULLS LAST, Name")
    assert first[:2] == last[-2:] == ["Ruth Delgado", "Tom Whitaker"]


def test_what_is_in_the_bin_is_found_when_it_is_asked_for(sf):
    made = sf.Task.create({"Subject": "Gone"})["id"]
    sf.Task.delete(made)
    soql = "SELECT Id, IsDeleted FROM Task WHERE Subject = 'Gone'"
    assert sf.query(soql)["totalSize"] == 0
    (found,) = sf.query(soql, include_deleted=True)["records"]
    assert (found["Id"], found["IsDeleted"]) == (made, True)


def test_quoting_as_the_library_does_it_finds_what_was_meant(sf):
    hostile = "x' OR Name != '\\ \" %_\n"
    made = sf.Task.create({"Subject": hostile.strip()})["id"]
    found = sf.query(format_soql("SELECT Id FROM Task WHERE Subject = {}", hostile.strip()))
    assert [record["Id"] for record in found["records"]] == [made]


def test_a_long_answer_comes_a_page_at_a_time_as_it_was_when_it_was_asked_for(org, sf):
    for number in range(450):
        org.crm.put("Task", f"t{number}", {"Subject": f"{number:03}", KEY: f"SM{number}"})
    soql = f"SELECT Subject FROM Task WHERE {KEY} LIKE 'SM%' ORDER BY Subject"
    first = sf.query(soql, headers={"Sforce-Query-Options": "batchSize=200"})
    assert (first["totalSize"], first["done"], len(first["records"])) == (450, False, 200)
    org.crm.remove("Task", "t300")
    second = sf.query_more(first["nextRecordsUrl"], True)
    third = sf.query_more(second["nextRecordsUrl"], True)
    assert third["done"] is True
    assert "nextRecordsUrl" not in third
    subjects = [r["Subject"] for page in (first, second, third) for r in page["records"]]
    assert subjects == [f"{number:03}" for number in range(450)]
    assert sf.query_all(soql)["totalSize"] == 449


def test_a_cursor_that_is_not_there_is_refused(sf, refused):
    for locator in ("01gnothing", "01g000000000000AAA-2000"):
        url = f"/services/data/v59.0/query/{locator}"
        assert refused(sf.query_more, url, True)["errorCode"] == "INVALID_QUERY_LOCATOR"


@pytest.mark.parametrize(
    ("soql", "code"),
    [
        ("SELECT Shoe FROM Contact", "INVALID_FIELD"),
        ("SELECT Id FROM Contact WHERE Shoe = 'x'", "INVALID_FIELD"),
        ("SELECT Id FROM Contact ORDER BY Shoe", "INVALID_FIELD"),
        ("SELECT Shoe.Name FROM Contact", "INVALID_FIELD"),
        ("SELECT Who.MobilePhone FROM Task", "INVALID_FIELD"),
        ("SELECT Id FROM Task WHERE Description = 'x'", "INVALID_FIELD"),
        ("SELECT Id FROM Contact WHERE DoNotCall = 'true'", "INVALID_FIELD"),
        ("SELECT Id FROM Contact WHERE LastName = 7", "INVALID_FIELD"),
        ("SELECT Id FROM Contact WHERE CreatedDate = '2026-01-01'", "INVALID_FIELD"),
        ("SELECT Id FROM Shoe", "INVALID_TYPE"),
        ("SELECT Id FROM Contact WHERE Id = 'x'", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Contact WHERE AccountId LIKE '001%'", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Contact WHERE DoNotCall > false", "INVALID_QUERY_FILTER_OPERATOR"),
        ("SELECT Id FROM Contact WHERE LastName < null", "INVALID_QUERY_FILTER_OPERATOR"),
        ("", "MALFORMED_QUERY"),
        ("SELECT FROM Contact", "MALFORMED_QUERY"),
        ("SELECT Id FORM Contact", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE LastName = 'x", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE LastName = 'a\\q'", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE LastName == 'x'", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE Id IN ()", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact LIMIT many", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact; DROP", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE CreatedDate > 2026-13-01T00:00:00Z", "MALFORMED_QUERY"),
        (
            "SELECT Id FROM Contact WHERE DoNotCall = true AND DoNotCall = true OR Title = 'x'",
            "MALFORMED_QUERY",
        ),
        ("SELECT Id FROM Contact WHERE Id IN (SELECT Name FROM Account)", "MALFORMED_QUERY"),
        ("SELECT Id FROM Contact WHERE " + "(" * 500 + "Id = null", "MALFORMED_QUERY"),
    ],
)
def test_a_query_that_is_not_understood_is_refused(sf, refused, soql, code):
    said = refused(sf.query, soql)
    assert (said["status"], said["errorCode"]) == (400, code)


def test_an_unknown_column_is_pointed_at(sf, refused):
    message = refused(sf.query, "SELECT Id, Shoe FROM Contact")["message"]
    assert "ERROR at Row:1:Column:12" in message
    assert "No such column 'Shoe' on entity 'Contact'" in message


def test_a_field_that_is_hidden_from_the_user_is_unknown(sf, refused, switch):
    switch("hidden:Contact.MobilePhone")
    assert refused(sf.query, "SELECT MobilePhone FROM Contact")["errorCode"] == "INVALID_FIELD"
    assert "MobilePhone" not in sf.Contact.get(MAYA)


def test_an_account_is_found_with_its_contacts_through_a_list_of_ids(names):
    ids = f"'{NORTHWIND[:15]}', '{seeded('Account', 104)}'"
    found = names(f"SELECT Name FROM Contact WHERE AccountId IN ({ids})")
    assert {"Maya Okonkwo", "Eve Sandoval", "Luis Sandoval"} <= set(found)

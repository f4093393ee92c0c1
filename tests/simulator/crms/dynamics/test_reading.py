"""Reading rows: columns, filters, order, pages and what is behind lookups."""

import pytest

from simulator.crms.dynamics.seeding import id_of
from tests.simulator.crms.dynamics.conftest import ANA, DEAL, EVE, LEAD, MAYA

ACCOUNT = id_of("account", 101)


@pytest.fixture
def find(ask):
    """The ids that a filter finds: ``find("contacts", filter, key)``."""

    def find(set, filter, key="contactid"):
        answer = ask("GET", set, params={"$filter": filter, "$select": key})
        assert answer.ok, answer.text
        return [row[key] for row in answer.json()["value"]]

    return find


def test_a_contact_is_read_with_what_was_asked_for(ask):
    answer = ask(
        "GET",
        f"contacts({MAYA.upper()})",
        params={
            "$select": "fullname,mobilephone,new_donottext,_parentcustomerid_value",
            "$expand": "parentcustomerid_account($select=name),owninguser($select=fullname)",
        },
    )
    row = answer.json()
    assert answer.headers["ETag"] == row.pop("@odata.etag")
    assert row.pop("@odata.context").endswith("$metadata#contacts/$entity")
    account, owner = row.pop("parentcustomerid_account"), row.pop("owninguser")
    assert row == {
        "contactid": MAYA,
        "fullname": "Maya Okonkwo",
        "mobilephone": "(404) 555-0187",
        "new_donottext": False,
        "_parentcustomerid_value": ACCOUNT,
    }
    assert (account["accountid"], owner["fullname"]) == (ACCOUNT, "Ana Ruiz")


@pytest.mark.parametrize(
    "filter",
    [
        "emailaddress1 eq 'MAYA@northwind.example'",
        f"contactid eq {MAYA}",
        "contains(fullname,'okonkwo') and startswith(firstname,'ma')",
        "endswith(mobilephone,'0187')",
        "not (firstname ne 'Maya')",
        "Microsoft.Dynamics.CRM.In(PropertyName='firstname',PropertyValues=['Maya','Nobody'])",
        "(firstname eq 'Nobody' or lastname eq 'Okonkwo') and statecode eq 0",
        "mobilephone ne null and firstname eq 'Maya' and donotphone eq false",
        "parentcustomerid_account/name eq 'Northwind Logistics' and firstname eq 'Maya'",
        f"_parentcustomerid_value eq {ACCOUNT} and firstname eq 'Maya'",
    ],
)
def test_each_way_to_find_one_person(find, filter):
    assert find("contacts", filter) == [MAYA]


def test_a_quote_in_a_name_is_written_twice(ask, find):
    ask("PATCH", f"contacts({EVE})", json={"lastname": "O'Neil"})
    assert find("contacts", "lastname eq 'O''Neil'") == [EVE]


def test_numbers_and_times_are_compared(find):
    assert find("opportunities", "estimatedvalue lt 7680.5", "opportunityid") == [DEAL]
    assert find("contacts", "createdon lt 2001-01-01T00:00:00Z") == []
    assert find("contacts", "createdon gt 2001-01-01T00:00:00Z and firstname eq 'Maya'") == [MAYA]


def test_the_open_opportunities_of_a_contact_are_found(find, stand_in):
    asked = f"_parentcontactid_value eq {EVE} and statecode eq 0"
    assert find("opportunities", asked, "opportunityid") == [DEAL]
    stand_in.crm.put("opportunity", DEAL, {"statecode": 2, "statuscode": 4})
    assert find("opportunities", asked, "opportunityid") == []


def test_users_are_found_by_their_address(find):
    asked = "internalemailaddress eq 'ana@brightpath.example' and isdisabled eq false"
    assert find("systemusers", asked, "systemuserid") == [ANA]


def test_leads_have_their_company_in_themselves(ask):
    lead = ask("GET", f"leads({LEAD})", params={"$select": "companyname,fullname"}).json()
    assert (lead["fullname"], lead["companyname"]) == ("Owen Pritchard", "Lakeshore Couriers")


def test_order_pages_and_count(ask):
    params = {"$orderby": "lastname desc,firstname", "$select": "lastname", "$count": "true"}
    headers = {"Prefer": "odata.maxpagesize=10"}
    first = ask("GET", "contacts", params=params, headers=headers).json()
    path = first["@odata.nextLink"].partition("/api/data/v9.2/")[2]
    rest = ask("GET", path, headers=headers).json()
    names = [row["lastname"].casefold() for row in (*first["value"], *rest["value"])]
    assert first["@odata.count"] == len(names) == 15
    assert names == sorted(names, reverse=True)
    assert "@odata.nextLink" not in rest
    assert len(ask("GET", "contacts", params={"$top": "3"}).json()["value"]) == 3


def test_annotations_say_what_numbers_and_ids_mean(ask, call):
    ask("POST", "phonecalls", json=call())
    answer = ask(
        "GET",
        "phonecalls",
        params={
            "$filter": "createdon gt 2001-01-01 and phonenumber ne null",
            "$expand": "phonecall_activity_parties",
        },
        headers={"Prefer": 'odata.include-annotations="*"'},
    )
    (row,) = answer.json()["value"]
    formatted = "@OData.Community.Display.V1.FormattedValue"
    assert row[f"statecode{formatted}"] == "Open"
    assert row[f"_regardingobjectid_value{formatted}"] == "Maya Okonkwo"
    assert row["_regardingobjectid_value@Microsoft.Dynamics.CRM.lookuplogicalname"] == "contact"
    sender, recipient = row["phonecall_activity_parties"]
    assert (sender["_partyid_value"], sender["participationtypemask"]) == (ANA, 1)
    assert recipient[f"_partyid_value{formatted}"] == "Maya Okonkwo"


def test_what_has_not_changed_is_not_sent_again(ask):
    etag = ask("GET", f"contacts({MAYA})").headers["ETag"]
    headers = {"If-None-Match": etag}
    assert ask("GET", f"contacts({MAYA})", headers=headers).status_code == 304
    ask("PATCH", f"contacts({MAYA})", json={"jobtitle": "COO"})
    assert ask("GET", f"contacts({MAYA})", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("path", "params", "status", "code"),
    [
        ("submarines", {}, 404, "0x8006088a"),
        (f"contacts({ANA})", {}, 404, "0x80040217"),
        ("contacts(101)", {}, 400, "0x80060888"),
        ("contacts", {"$select": "shoesize"}, 400, "0x80060888"),
        ("contacts", {"$expand": "shoe($select=size)"}, 400, "0x80060888"),
        ("contacts", {"$orderby": "shoesize"}, 400, "0x80060888"),
        ("contacts", {"$orderby": "fullname sideways"}, 400, "0x80060888"),
        ("contacts", {"$top": "some"}, 400, "0x80060888"),
        ("contacts", {"$search": "maya"}, 400, "0x80060888"),
        ("contacts", {"$filter": "shoesize eq 44"}, 400, "0x80060888"),
        ("contacts", {"$filter": "fullname is 'Maya'"}, 400, "0x80060888"),
        ("contacts", {"$filter": "fullname eq 'Maya"}, 400, "0x80060888"),
        ("contacts", {"$filter": "fullname eq 'Maya' and"}, 400, "0x80060888"),
        ("contacts", {"$filter": "fullname eq 'Maya')"}, 400, "0x80060888"),
        ("contacts", {"$filter": "not " * 50 + "donotphone eq true"}, 400, "0x80060888"),
        ("contacts", {"$filter": "%"}, 400, "0x80060888"),
    ],
)
def test_what_there_is_not_is_refused(ask, path, params, status, code):
    answer = ask("GET", path, params=params)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)

"""Writing rows: creating, upserting, closing, and each refusal."""

from uuid import uuid4

import pytest

from tests.simulator.crms.dynamics.conftest import ANA, DEAL, EVE, LEAD, MAYA

NEW = "7e57ab1e-0000-5000-8000-000000000001"
CLOSE = {"statecode": 1, "statuscode": 2}


@pytest.fixture
def calls(stand_in):
    """The phone calls that were written through the API, by id."""

    def calls():
        kept = stand_in.store.books.of("phonecall")
        return {w.id: kept.get(w.id) for w in stand_in.store.books.writes if w.by == "api"}

    return calls


@pytest.fixture
def refused(ask):
    """The status and the code with which a request is refused."""

    def refused(*request, **options):
        answer = ask(*request, **options)
        error = answer.json()["error"]
        return answer.status_code, error["code"], error["message"]

    return refused


def test_a_new_row_says_where_it_is(ask, call, calls, stand_in):
    answer = ask("POST", "phonecalls", json=call())
    assert (answer.status_code, answer.content) == (204, b"")
    (id,) = calls()
    assert answer.headers["OData-EntityId"] == f"{stand_in.url}/api/data/v9.2/phonecalls({id})"
    row = calls()[id]
    assert (row["_regardingobjectid_value"], row["_ownerid_value"]) == (MAYA, ANA)
    assert [each["_partyid_value"] for each in row["phonecall_activity_parties"]] == [ANA, MAYA]


def test_a_new_row_is_answered_with_where_that_is_preferred(ask, call):
    headers = {"Prefer": "return=representation"}
    answer = ask("POST", "phonecalls", json=call(), headers=headers)
    assert answer.status_code == 201
    assert answer.headers["Preference-Applied"] == "return=representation"
    assert answer.json()["statecode"] == 0
    assert answer.json()["activitytypecode"] == "phonecall"


def test_an_upsert_makes_once_and_then_changes(ask, call, calls):
    prefer = {"Prefer": "return=representation"}
    assert ask("PATCH", f"phonecalls({NEW})", json=call(), headers=prefer).status_code == 201
    again = ask("PATCH", f"phonecalls({NEW})", json=call(description="Hi!"), headers=prefer)
    assert again.status_code == 200
    assert list(calls()) == [NEW]
    assert calls()[NEW]["description"] == "Hi!"


def test_an_upsert_may_only_make_or_only_change(ask, call, calls, refused):
    path = f"phonecalls({NEW})"
    missing = refused("PATCH", path, json=call(), headers={"If-Match": "*"})
    assert missing[:2] == (404, "0x80040217")
    assert calls() == {}
    only_new = {"If-None-Match": "*"}
    assert ask("PATCH", path, json=call(), headers=only_new).status_code == 204
    twice = refused("PATCH", path, json=call(subject="Other"), headers=only_new)
    assert twice == (412, "0x80040237", "A record with matching key values already exists.")
    assert calls()[NEW]["subject"] == "Text to Maya Okonkwo"
    assert ask("PATCH", path, json={"subject": "x"}, headers={"If-Match": "*"}).status_code == 204


def test_a_change_of_an_older_version_is_refused(ask, refused):
    etag = ask("GET", f"contacts({MAYA})").headers["ETag"]
    headers = {"If-Match": etag}
    assert ask("PATCH", f"contacts({MAYA})", json={"jobtitle": "COO"}, headers=headers).ok
    stale = refused("PATCH", f"contacts({MAYA})", json={"jobtitle": "CEO"}, headers=headers)
    assert stale[:2] == (412, "0x80060882")


def test_the_id_of_a_row_that_is_there_cannot_be_created_again(ask, call, refused):
    assert ask("POST", "phonecalls", json=call(activityid=NEW)).ok
    assert refused("POST", "phonecalls", json=call(activityid=NEW))[:2] == (412, "0x80040237")


@pytest.mark.parametrize("suffix", ["", "_phonecall"])
def test_a_call_may_regard_an_opportunity(ask, call, calls, suffix):
    given = call(**{f"regardingobjectid_opportunity{suffix}@odata.bind": f"opportunities({DEAL})"})
    del given["regardingobjectid_contact@odata.bind"]
    ask("PATCH", f"phonecalls({NEW})", json=given)
    assert calls()[NEW]["_regardingobjectid_value"] == DEAL


def test_a_lead_is_a_party_too(ask, call, calls):
    party = {"partyid_lead@odata.bind": f"/leads({LEAD})", "participationtypemask": 1}
    ask("PATCH", f"phonecalls({NEW})", json=call(phonecall_activity_parties=[party]))
    assert calls()[NEW]["phonecall_activity_parties"][0]["_partyid_value"] == LEAD


def test_a_new_call_is_open_whatever_it_says_and_is_closed_by_a_second_request(
    ask, call, calls, refused
):
    path = f"phonecalls({NEW})"
    status, code, message = refused("PATCH", path, json=call(**CLOSE))
    assert (status, code) == (400, "0x80048408")
    assert message.startswith("2 is not a valid status code for state code phonecallState.Open")
    assert ask("PATCH", path, json=call(statecode=1)).ok
    assert calls()[NEW]["statecode"] == 0
    assert ask("PATCH", path, json=CLOSE).ok
    row = calls()[NEW]
    assert (row["statecode"], row["statuscode"], row["actualend"]) == (1, 2, row["modifiedon"])


def test_a_closed_call_is_read_only_until_it_is_opened_again(ask, call, calls, refused):
    path = f"phonecalls({NEW})"
    ask("PATCH", path, json=call())
    ask("PATCH", path, json={"statecode": 1, "statuscode": 4})
    closed = refused("PATCH", path, json=call(description="Changed"))
    assert closed == (400, "0x8004022e", "Cannot update Closed or Cancelled Activity")
    assert ask("PATCH", path, json=CLOSE).ok
    assert ask("PATCH", path, json={"statecode": 0, "statuscode": 1}).ok
    assert ask("PATCH", path, json={"description": "Changed"}).ok
    assert calls()[NEW]["description"] == "Changed"


def test_a_state_without_its_reason_gets_the_usual_one_and_a_wrong_pair_is_refused(
    ask, call, calls, refused
):
    path = f"phonecalls({NEW})"
    ask("PATCH", path, json=call())
    assert refused("PATCH", path, json={"statuscode": 2})[1] == "0x80048408"
    assert refused("PATCH", path, json={"statecode": 2, "statuscode": 2})[1] == "0x80048408"
    assert refused("PATCH", path, json={"statecode": None})[1] == "0x80048d19"
    assert ask("PATCH", path, json={"statecode": 1}).ok
    assert calls()[NEW]["statuscode"] == 2


@pytest.mark.parametrize(
    ("wrong", "status", "code"),
    [
        ({"subject": "x" * 201}, 400, "0x80044331"),
        ({"description": "x" * 2001}, 400, "0x80044331"),
        ({"phonenumber": "1" * 201}, 400, "0x80044331"),
        ({"repline_key": "SM1"}, 400, "0x80048d19"),
        ({"subject": 7}, 400, "0x80048d19"),
        ({"directioncode": "yes"}, 400, "0x80048d19"),
        ({"actualdurationminutes": -1}, 400, "0x80048d19"),
        ({"actualend": "soon"}, 400, "0x80048d19"),
        ({"statuscode": 9}, 400, "0x8004431a"),
        ({"_regardingobjectid_value": MAYA}, 400, "0x80048d19"),
        ({"RegardingObjectId_contact@odata.bind": f"/contacts({MAYA})"}, 400, "0x80048d19"),
        ({"regardingobjectid_contact@odata.bind": f"/leads({LEAD})"}, 400, "0x80048d19"),
        ({"regardingobjectid_contact@odata.bind": MAYA}, 400, "0x80048d19"),
        ({"regardingobjectid_contact@odata.bind": f"/contacts({ANA})"}, 404, "0x80040217"),
        ({"phonecall_activity_parties": [{"participationtypemask": 9}]}, 400, "0x80048d19"),
        ({"phonecall_activity_parties": [{"participationtypemask": 1}]}, 400, "0x80048d19"),
        ({"phonecall_activity_parties": ["Maya"]}, 400, "0x80048d19"),
        ({"phonecall_activity_parties": MAYA}, 400, "0x80048d19"),
    ],
)
def test_what_a_call_cannot_have_is_refused_and_nothing_is_made(
    refused, call, calls, wrong, status, code
):
    assert refused("POST", "phonecalls", json=call(**wrong))[:2] == (status, code)
    assert calls() == {}


def test_a_text_of_the_longest_length_is_taken(ask, call):
    assert ask("POST", "phonecalls", json=call(description="x" * 2000, subject="x" * 200)).ok


def test_the_full_name_follows_the_names_and_cannot_be_written(ask):
    ask("PATCH", f"contacts({EVE})", json={"lastname": "Reyes", "fullname": "Somebody Else"})
    row = ask("GET", f"contacts({EVE})", params={"$select": "fullname"}).json()
    assert row["fullname"] == "Eve Reyes"


def test_a_reference_is_taken_away_with_null(ask):
    ask("PATCH", f"contacts({EVE})", json={"parentcustomerid_account@odata.bind": None})
    row = ask("GET", f"contacts({EVE})", params={"$select": "_parentcustomerid_value"}).json()
    assert row["_parentcustomerid_value"] is None


def test_a_deleted_row_is_gone(ask, call, refused):
    ask("PATCH", f"phonecalls({NEW})", json=call())
    assert ask("DELETE", f"phonecalls({NEW})").status_code == 204
    assert refused("DELETE", f"phonecalls({NEW})")[:2] == (404, "0x80040217")
    assert refused("GET", f"phonecalls({uuid4()})")[:2] == (404, "0x80040217")


@pytest.mark.parametrize("body", ["", "null", "[]", '{"subject":', "[" * 5000, "\xff"])
def test_a_body_that_is_no_row_is_refused(refused, body):
    told = refused("POST", "phonecalls", data=body.encode("latin-1"))
    assert told[:2] == (400, "0x80048d19")

"""The stand-in as a process of its own, its file, and who is in it at first."""

import json
import subprocess
import sys

import pytest
import requests

from simulator.crms.crm import open_crm
from simulator.crms.salesforce.dialect import Salesforce
from simulator.crms.salesforce.seed import seeded
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings
from tests.simulator.crms.salesforce.elsewhere import DEAL, KEY, MAYA, PEOPLE, connect

COMMAND = [sys.executable, "-m", "simulator.crms", "salesforce"]


def test_it_says_where_it_is_once_it_listens_and_ends_when_asked(tmp_path):
    people = tmp_path / "people.json"
    people.write_text(json.dumps(PEOPLE))
    process = subprocess.Popen(
        [*COMMAND, "--people", str(people)], stdout=subprocess.PIPE, text=True
    )
    try:
        url = json.loads(process.stdout.readline())["url"]
        records = requests.get(f"{url}/simulator/records/Contact", timeout=5).json()["records"]
        assert records[MAYA]["LastName"] == "Okonkwo"
    finally:
        process.terminate()
        assert process.wait(10) == 0
        process.stdout.close()


def test_it_does_not_start_with_what_cannot_work(tmp_path):
    wrong = tmp_path / "people.json"
    wrong.write_text("{")
    ended = subprocess.run(
        [*COMMAND, "--people", str(wrong)], capture_output=True, text=True, timeout=20
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: ")
    assert "Traceback" not in ended.stderr


def test_a_file_brings_back_records_and_sign_ins(tmp_path):
    settings = Settings(state_file=tmp_path / "org.json")
    with StandIn(open_crm(Salesforce(), settings, PEOPLE)) as first:
        token = first.access_token()
        connect(first, token).Task.upsert(f"{KEY}/a", {"Subject": "Hi", "WhoId": MAYA})
    with StandIn(open_crm(Salesforce(), settings, PEOPLE)) as second:
        sf = connect(second, token)
        assert sf.Task.get_by_custom_id(KEY, "a")["WhoId"] == MAYA
        assert sf.Task.upsert(f"{KEY}/b", {"Subject": "Hi"}) == 201
        assert sf.query("SELECT Id FROM Contact")["totalSize"] == len(PEOPLE["contacts"])


def test_a_file_that_is_something_else_is_not_overwritten(tmp_path):
    path = tmp_path / "letters.json"
    path.write_text('{"records": "none"}')
    with pytest.raises(ValueError, match="not a simulator's state"):
        open_crm(Salesforce(), Settings(state_file=path))
    assert path.read_text() == '{"records": "none"}'


def test_the_people_of_the_demo_are_there_with_their_deals(sf):
    found = sf.query(
        "SELECT ContactId, OpportunityId, IsPrimary FROM OpportunityContactRole ORDER BY ContactId"
    )["records"]
    assert (found[0]["ContactId"], found[0]["OpportunityId"]) == (MAYA, DEAL)
    assert all(role["IsPrimary"] for role in found)
    assert sf.query("SELECT Id FROM Lead")["totalSize"] == len(PEOPLE["leads"])
    assert sf.query("SELECT Id FROM Opportunity WHERE IsClosed = false")["totalSize"] == 2
    emails = [u["Email"] for u in sf.query("SELECT Email FROM User")["records"]]
    assert {"ana@brightpath.example", "ben@brightpath.example"} <= set(emails)


def test_a_record_of_the_demo_always_has_the_same_id():
    assert seeded("Contact", 12) == "003REP00000000CYBQ"


def test_an_org_without_people_has_its_users():
    with StandIn(open_crm(Salesforce())) as org:
        sf = connect(org)
        assert sf.query("SELECT Id FROM User")["totalSize"] == 4
        assert sf.query("SELECT Id FROM Contact")["totalSize"] == 0

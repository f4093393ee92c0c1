"""HubSpot and Dynamics 365 as processes of their own, and their files."""

import json
import subprocess
import sys

import pytest
import requests

from demo.crm.records import load
from simulator.crms.crm import open_crm
from simulator.crms.dynamics import seeding as dynamics
from simulator.crms.hubspot import seeding as hubspot
from simulator.crms.known import CRMS
from simulator.crms.serving import StandIn
from simulator.crms.settings import Settings

PEOPLE = {
    "dynamics": ("contact", dynamics.id_of("contact", 101), "mobilephone"),
    "hubspot": ("contacts", hubspot.id_of("contacts", 101), "mobilephone"),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_it_says_where_it_is_once_it_listens_and_ends_when_asked(name, tmp_path):
    people = tmp_path / "people.json"
    people.write_text(json.dumps(load()))
    options = ["--people", str(people), "--search-lag", "0", "--burst", "50"]
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator.crms", name, *options], stdout=subprocess.PIPE, text=True
    )
    try:
        url = json.loads(process.stdout.readline())["url"]
        object, id, field = PEOPLE[name]
        records = requests.get(f"{url}/simulator/records/{object}", timeout=5).json()["records"]
        assert records[id][field] == "(404) 555-0187"
    finally:
        process.terminate()
        assert process.wait(10) == 0
        process.stdout.close()


@pytest.mark.parametrize("name", PEOPLE)
def test_a_file_brings_back_records_and_sign_ins(name, tmp_path):
    object, id, field = PEOPLE[name]
    settings = Settings(state_file=tmp_path / "crm.json")
    with StandIn(open_crm(CRMS[name](), settings, load())) as first:
        token = first.access_token()
        url = f"{first.url}/simulator/records/{object}/{id}"
        assert requests.patch(url, json={field: "+14045550199"}, timeout=5).ok
    with StandIn(open_crm(CRMS[name](), settings, load())) as second:
        assert second.store.books.of(object)[id][field] == "+14045550199"
        assert second.crm.who(token)


@pytest.mark.parametrize("name", PEOPLE)
def test_what_a_person_of_the_crm_changes_is_theirs_in_the_ledger(name):
    object, id, field = PEOPLE[name]
    with StandIn(open_crm(CRMS[name](), people=load())) as stand_in:
        url = f"{stand_in.url}/simulator/records/{object}/{id}"
        assert requests.patch(url, json={field: None}, timeout=5).ok
        assert requests.delete(url, timeout=5).ok
        writes = requests.get(f"{stand_in.url}/simulator/writes", timeout=5).json()["writes"]
        assert [(w["did"], w["id"], w["by"]) for w in writes[-2:]] == [
            ("updated", id, "person"),
            ("deleted", id, "person"),
        ]
        assert requests.post(f"{stand_in.url}/simulator/reset", timeout=5).ok
        assert stand_in.store.books.of(object)[id][field] == "(404) 555-0187"

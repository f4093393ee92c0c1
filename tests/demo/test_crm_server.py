"""What the CRM's server answers, and refuses."""

import json
import subprocess
import sys

import phonenumbers
import pytest
import requests
from flask.testing import FlaskClient

from demo.crm.app import create_app
from demo.crm.records import KINDS, load


@pytest.fixture
def client() -> FlaskClient:
    return create_app().test_client()


@pytest.mark.parametrize("kind", KINDS)
def test_every_list_and_every_record_has_its_address(client: FlaskClient, kind: str) -> None:
    paths = [f"/{kind}", *(f"/{kind}/{record['id']}" for record in load()[kind])]
    for path in paths:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert '<meta name="application-name" content="Acme CRM">' in answer.text


@pytest.mark.parametrize(
    "path", ["/contacts/999", "/contacts/maya", "/contacts/101/edit", "/people", "/api/nothing"]
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_no_script_runs_but_the_crms_own_and_no_page_is_framed(client: FlaskClient) -> None:
    for path in ("/", "/contacts/999", "/static/main.js", "/api/people.json"):
        policy = client.get(path).headers["Content-Security-Policy"].split("; ")
        assert {"default-src 'none'", "script-src 'self'", "frame-src 'none'"} <= set(policy)
        assert "unsafe" not in " ".join(policy)


def test_an_edit_is_seen_by_the_next_reader_and_by_no_other_crm(client: FlaskClient) -> None:
    numbers = ["(404) 555-0188", "(404) 555-0100"]
    answer = client.patch("/api/contacts/101", json={"title": "COO", "phones": numbers})
    assert answer.status_code == 200
    maya = client.get("/api/people.json").json["contacts"][0]
    assert maya["title"] == "COO"
    assert [phone["number"] for phone in maya["phones"]] == numbers
    assert [phone["label"] for phone in maya["phones"]] == ["Mobile", "Office"]
    other = create_app().test_client().get("/api/people.json").json["contacts"][0]
    assert other == load()["contacts"][0]


@pytest.mark.parametrize(
    "changes",
    [
        {"id": 1},
        {"owner": "Mallory"},
        {"title": None},
        {"title": "x" * 201},
        {"title": "COO", "phones": ["(404) 555-0188"]},
        {"title": "COO", "phones": "(404) 555-0188"},
        {"title": "COO", "phones": [1, 2]},
        ["title"],
    ],
)
def test_an_edit_that_is_refused_changes_nothing(client: FlaskClient, changes: object) -> None:
    answer = client.patch("/api/contacts/101", json=changes)
    assert answer.status_code == 422
    assert answer.json["error"]
    assert client.get("/api/people.json").json == load()


def test_a_form_on_another_site_cannot_edit(client: FlaskClient) -> None:
    body = json.dumps({"title": "COO"})
    answer = client.patch("/api/contacts/101", data=body, content_type="text/plain")
    assert answer.status_code == 415
    assert client.get("/api/people.json").json == load()


def test_every_number_but_the_british_is_one_that_nobody_has() -> None:
    records = load()
    for record in (r for kind in KINDS for r in records[kind]):
        for phone in record.get("phones", []):
            number = phonenumbers.parse(phone["number"].removesuffix(" (home)"), "US")
            if number.country_code == 1:
                assert 100 <= number.national_number % 10_000_000 - 5_550_000 <= 199, phone
            else:
                assert phone["number"].startswith(("+44 7700 900", "+44 20 7946 0")), phone


def test_records_refer_to_records_that_exist() -> None:
    records = load()
    ids = {kind: [record["id"] for record in records[kind]] for kind in KINDS}
    for found in ids.values():
        assert len(found) == len(set(found))
    deals = (*records["opportunities"], *records["tasks"])
    for record in (*records["contacts"], *deals):
        assert record["account"] in ids["accounts"]
    for record in deals:
        assert record["contact"] in ids["contacts"]


def test_the_command_says_where_it_listens() -> None:
    command = [sys.executable, "-m", "demo.crm", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout
            url = json.loads(process.stdout.readline())["url"]
            assert url.startswith("http://127.0.0.1:")
            assert requests.get(f"{url}/contacts/101", timeout=5).status_code == 200
        finally:
            process.terminate()

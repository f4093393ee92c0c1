"""The description and the API are one thing."""

import re

import jsonschema
import msgspec
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator import validate as validate_document

from backend.inbox import listing
from backend.web.api import ROUTES
from backend.web.openapi import blueprint, document
from shared import wire
from tests.backend.api.conftest import PASSWORD

URL = "https://repline.example.com"


def test_the_description_is_valid_openapi():
    validate_document(document(URL), cls=OpenAPIV31SpecValidator)


def test_every_route_is_described_and_nothing_else(api_):
    served = {
        (re.sub(r"<[^>]*?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in api_.app.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and "preflight" not in rule.endpoint
        for method in rule.methods - {"HEAD"}
    }
    described = {(path, method) for path, item in document(URL)["paths"].items() for method in item}
    assert served == described
    assert len(served) == len(ROUTES)


def test_every_operation_has_a_name_and_a_sentence():
    operations = [each for item in document(URL)["paths"].values() for each in item.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    assert all(each["summary"].endswith(".") for each in operations)


def test_it_is_served(api_):
    api_.app.register_blueprint(blueprint(URL))
    answer = api_.client.get("/openapi.json")
    assert answer.json == document(URL)


@pytest.fixture
def calls(api_):
    """One answer of each kind: (path in the description, method, answer)."""
    world = api_.world
    page = wire.PersonOnPage(mobile="404-555-0187", name="Pat")
    talk = listing.open_person(world.writer, world.team.id, world.ana.id, page).conversation.id
    tokens = api_.sign_in().json
    token, one = tokens["access_token"], f"/conversations/{talk}/messages"
    text = {"ref": "text-of-the-test", "body": "Hello"}
    who = {"email": "ana@brightpath.example", "password": PASSWORD}
    asked = [
        ("POST", "/session", who, ""),
        ("POST", "/session", {**who, "password": "wrong"}, ""),
        ("POST", "/session", {}, ""),
        ("POST", "/session/refresh", {"refresh_token": tokens["refresh_token"]}, ""),
        ("POST", "/session/refresh", {"refresh_token": "x" * 30}, ""),
        ("GET", "/me", None, token),
        ("GET", "/me", None, ""),
        ("GET", "/conversations", None, token),
        ("POST", one, text, token),
        ("POST", one, text, token),
        ("POST", one, {**text, "body": "Other"}, token),
        ("GET", one, None, token),
        ("GET", "/conversations/999/messages", None, token),
        ("DELETE", "/push", None, token),
        ("DELETE", "/session", None, token),
    ]
    return [
        (re.sub(r"/\d+/", "/{conversation}/", path), method, api_.call(method, path, body, token))
        for method, path, body, token in asked
    ]


def test_every_answer_is_as_described(calls):
    described = document(URL)
    for path, method, answer in calls:
        operation = described["paths"]["/api/v1" + path][method.lower()]
        declared = operation["responses"][str(answer.status_code)]
        if "content" not in declared:
            assert answer.data == b""
            continue
        schema = {
            **declared["content"][answer.mimetype]["schema"],
            "components": described["components"],
        }
        jsonschema.validate(msgspec.json.decode(answer.data), schema)

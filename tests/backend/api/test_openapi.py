"""The description and the API are one thing."""

import re

import jsonschema
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator
from openapi_spec_validator import validate as validate_document

from backend.web.api import ROUTES
from backend.web.openapi import blueprint, document
from tests.backend.api import described

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


def test_an_answer_that_is_not_as_described_fails_whichever_test_got_it(api_):
    """What every test of the API relies on."""
    urls, token = api_.app.url_map.bind(""), api_.token()
    answer = api_.call("GET", "/me", token=token)
    described.check(urls, "GET", answer)
    answer.data = answer.data.replace(b'"name"', b'"title"')
    with pytest.raises(jsonschema.ValidationError):
        described.check(urls, "GET", answer)
    answer.status_code = 409
    with pytest.raises(AssertionError, match="does not say that it answers 409"):
        described.check(urls, "GET", answer)

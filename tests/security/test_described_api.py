"""Whatever fits the API's own description, and much that does not, is answered as it describes.

A team of its own is asked, so that nothing of what is deleted or switched off is another test's.
"""

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode, openapi
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from backend.web.openapi import document
from demo.seed import PASSWORD
from tests.running.rep import bearer, sign_in

EXAMPLES = 4
EMAIL = "fuzz@fuzzed.example"
CHECKS = [
    *(not_a_server_error, status_code_conformance),
    *(content_type_conformance, response_schema_conformance),
]
OPERATIONS = {
    found.ok().definition.raw["operationId"]: found.ok()
    for found in openapi.from_dict(document("http://127.0.0.1")).get_all_operations()
}
BOUNDED = settings(
    max_examples=EXAMPLES,
    phases=[Phase.generate],
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def caller(stack, url):
    """The headers of an admin, signed in anew after their session was ended."""
    stack.command("team", "add", "Fuzzed")
    command = ("user", "add", EMAIL, "--name", "Fuzz", "--role", "admin", "--team", "2")
    stack.command(*command, "--password-stdin", typed=PASSWORD)
    held = {}

    def headers():
        if (
            not held
            or requests.get(f"{url}/api/v1/me", headers=held, timeout=10).status_code != 200
        ):
            held.update(bearer(sign_in(url, EMAIL)["access_token"]))
        return held

    me = requests.get(f"{url}/api/v1/me", headers=headers(), timeout=10).json()["user"]["id"]
    return headers, me


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("name", OPERATIONS)
def test_the_answers_are_as_described_and_never_an_error_of_ours(url, caller, name, mode):
    headers, me = caller
    asked = headers()

    @BOUNDED
    @given(case=OPERATIONS[name].as_strategy(generation_mode=mode))
    def attack(case):
        if case.path_parameters and case.path_parameters.get("user") == me:
            return  # Who would ask further?
        answer = case.call(base_url=url, headers=asked, timeout=10)
        if answer.status_code == 414:
            return  # The server's own, before the API: a request line has its bounds.
        case.validate_response(answer, checks=CHECKS)

    attack()

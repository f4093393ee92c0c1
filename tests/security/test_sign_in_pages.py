"""The admin pages' sign-in tells nobody which half was wrong, in words, status, headers or work.

The API's: tests/backend/api/test_signing_in.py, which also measures the work.
"""

import re

import pytest
import time_machine

from backend.store import users

EMAILS = {
    "wrong password": "admin@brightpath.example",
    "nobody": "nobody@brightpath.example",
    "disabled": "ben@brightpath.example",
    "a rep": "ana@brightpath.example",
}


@pytest.fixture
def said(pages):
    """What a stranger is told who tries this e-mail, without the e-mail and without names that
    every request has of its own."""
    world = pages.world
    world.writer(lambda tx: users.disable(tx, world.team.id, world.ben.id))

    def said(email, password="a wrong password"):
        answer = pages.browser().sign_in(email, password)
        headers = {name: value for name, value in answer.headers if name != "X-Request-Id"}
        page = answer.text.replace(email, "…")
        return answer.status_code, page, {**headers, "Content-Length": ""}

    return said


def test_whoever_it_is_the_same_is_said(said):
    told = {who: said(email) for who, email in EMAILS.items()}
    assert told["wrong password"][0] == 401
    for who, answer in told.items():
        assert answer == told["wrong password"], who


def test_whoever_tries_too_often_is_slowed_down_alike(said):
    told = {}
    with time_machine.travel(1_800_000_000, tick=False):
        for who, email in EMAILS.items():
            for _ in range(5):
                said(email)
            told[who] = said(email)
            # The right password waits as well: being told apart would help.
            assert said(email, "correct horse battery staple") == told[who]
    assert told["nobody"][0] == 429
    assert re.search(r"in \d+ s", told["nobody"][1])
    for who, answer in told.items():
        assert answer == told["nobody"], who

"""A person's activities over REST."""

import pytest

from backend.inbox import listing
from backend.models import Activity
from shared import wire


@pytest.fixture
def maya(api_) -> int:
    page = wire.PersonOnPage(mobile="404-555-0187", name="Maya", crm_ref="demo:1")
    world = api_.world
    opened = listing.open_person(world.writer, world.team.id, world.ana.id, page)
    return opened.conversation.person.id


def add(api_, person, body="Call her", email="ana@brightpath.example"):
    token = api_.token(email)
    return api_.call("POST", f"/people/{person}/notes", {"body": body}, token=token)


def listed(api_, person, query="", email="ana@brightpath.example"):
    return api_.call("GET", f"/people/{person}/activities{query}", token=api_.token(email))


def test_a_note_is_added_and_listed_with_its_author(api_, maya):
    made = add(api_, maya)
    assert (made.status_code, made.json["who"]) == (201, "Ana Ruiz")
    found = listed(api_, maya).json
    assert found == {"activities": [made.json], "next": ""}


@pytest.mark.parametrize("email", ["ben@brightpath.example", "eve@rivals.example"])
def test_who_has_no_conversation_with_the_person_is_told_that_there_is_none(api_, maya, email):
    assert listed(api_, maya, email=email).status_code == 404
    assert add(api_, maya, email=email).status_code == 404
    assert Activity.select().count() == 0


@pytest.mark.parametrize("body", ["", "  \n", "x" * 4001])
def test_a_note_that_is_none_names_its_field(api_, maya, body):
    answer = add(api_, maya, body)
    assert (answer.status_code, answer.json["field"]) == (400, "body")


def test_a_cursor_that_is_not_ours_names_its_field(api_, maya):
    answer = listed(api_, maya, "?before=yesterday")
    assert (answer.status_code, answer.json["field"]) == (400, "before")

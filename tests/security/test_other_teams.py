"""Every frame and every route for reps, asked with ids of another team: as if nothing was there.

Routes for admins: tests/backend/api/test_admin_routes.py; pages: admin/test_every_address.py.
"""

import re
from collections import defaultdict

import msgspec
import pytest

from backend.models import Message, Outbox
from backend.store.rows import now
from shared import wire
from tests.security.belongings import HOUR
from tests.security.conftest import REP_ROUTES
from tests.security.frames import ask, golden, socket_of

NOBODYS = defaultdict(lambda: 2**52)
"""Ids that nothing ever had: what is another team's is answered as these are."""
ID = msgspec.inspect.type_info(wire.Id)
# What a caller would send, so that a body that is not as declared hides no answer.
BODIES = {
    "send_text": {"ref": "ref-stolen-01", "body": "Stolen"},
    "edit_scheduled": {"body": "Stolen"},
    "choose_opportunity": {"opportunity": ""},
    "add_note": {"body": "Stolen"},
    "answer_suspicion": {"opted_out": True},
    "settle_doubt": {"answer": "again"},
}
OF_OUTBOUND = {"settle_doubt"}
"""Which text of a team is asked about matters there."""
LISTED = {"list_consent_events": "?mobile=4045550187", "list_people": "?account=Doe%20Foods"}
QUERIES = {"end_opt_out": "?reason=because"}


def id_fields(kind) -> set[str]:
    """The fields of a struct that are ids, or lists of them."""
    found = set()
    for field in msgspec.inspect.type_info(kind).fields:
        parts = getattr(field.type, "types", (field.type,))
        parts += tuple(each.item_type for each in parts if hasattr(each, "item_type"))
        if ID in parts:
            found.add(field.name)
    return found


FRAMES = {kind: fields for kind in wire.CLIENT_FRAMES if (fields := id_fields(kind))}
ROUTES = [
    route
    for route in REP_ROUTES
    if "<" in route.path or (route.body is not None and id_fields(route.body))
]


def of(kind, ids) -> dict:
    """The golden frame, but with these ids in every place for one."""
    frame = golden(kind)
    for name in FRAMES[kind]:
        known = ids[name]
        frame[name] = [known] if isinstance(frame.get(name), list) else known
    if kind in (wire.MessageFile, wire.ReceiptLink, wire.ReceiptRetry):
        frame["message"] = ids["upto"]
    if kind is wire.ReceiptLink:
        frame["opportunity"] = ""
    if kind is wire.MessageSettle:
        frame["answer"] = "sent"
    if kind in (wire.MessageSend, wire.MessageEdit):
        frame["at"] = now() + HOUR  # the golden one's has been
    return frame


def send(api_, route, ids, token):
    of_any_text = "/messages/<id:message>" in route.path and route.name not in OF_OUTBOUND
    held = {**ids, "message": ids["upto"]} if of_any_text else ids
    path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(held[found[1]]), route.path)
    body = BODIES.get(route.name)
    if route.body and id_fields(route.body):
        body = {**(body or {}), **{name: held[name] for name in id_fields(route.body)}}
    if body and "media" in body:
        body["media"] = [held["media"]]
    if body and route.name == "answer_suspicion":
        del body["message"]
    return api_.call(route.method, path + QUERIES.get(route.name, ""), body, token)


@pytest.mark.parametrize("kind", FRAMES, ids=lambda kind: kind.__name__)
def test_a_frame_with_another_teams_ids_is_told_that_there_is_nothing(api_, ours, stranger, kind):
    before = ours.state()
    answer = ask(api_.world, socket_of(stranger), of(kind, ours.ids))
    assert answer["type"] == "frame.refused"
    assert answer == ask(api_.world, socket_of(stranger), of(kind, NOBODYS))
    assert ours.state() == before


@pytest.mark.parametrize("name", ["number", "media"])
def test_a_frame_with_one_id_of_another_team_among_ones_own_is_refused(api_, ours, stranger, name):
    """A stolen number to text from, a stolen picture to send: all else is hers."""
    person = {"mobile": "(212) 555-0187", "name": "Hers"}
    opening = {"type": "conversation.open", "v": 1, "request": "req-hers-01", "person": person}
    socket = socket_of(stranger)
    hers = ask(api_.world, socket, opening)["conversation"]["id"]
    sending = {"type": "message.send", "v": 1, "ref": "ref-hers-01", "body": "Hi"}
    stealing = {
        "number": {**opening, "number": ours.ids["number"]},
        "media": {**sending, "conversation": hers, "media": [ours.ids["media"]]},
    }
    before = ours.state()
    answer = ask(api_.world, socket, stealing[name])
    assert answer["type"] == "frame.refused"
    never = {**stealing[name], name: [2**52] if name == "media" else 2**52}
    assert answer == ask(api_.world, socket, never)
    assert ours.state() == before


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_a_route_with_another_teams_ids_answers_404_and_changes_nothing(
    api_, ours, stranger, route
):
    token, before = api_.token(stranger.email), ours.state()
    answer = send(api_, route, ours.ids, token)
    assert answer.status_code == 404, answer.json
    assert "Pat Doe" not in answer.text
    assert ours.state() == before


@pytest.mark.parametrize(
    "route",
    [each for each in REP_ROUTES if each.method == "GET" and "<" not in each.path],
    ids=lambda route: route.name,
)
def test_what_is_listed_is_ones_own_teams_alone(api_, ours, stranger, route):
    path = route.path + LISTED.get(route.name, "")
    answer = api_.call("GET", path, token=api_.token(stranger.email))
    assert answer.status_code == 200, answer.json
    for secret in ("Pat Doe", "do not text me", "+14045550187", "+14045550188"):
        assert secret not in answer.text


# Or the tests above would prove nothing.


@pytest.mark.parametrize("kind", FRAMES, ids=lambda kind: kind.__name__)
def test_its_own_rep_is_answered_or_told_what_the_gate_says(api_, ours, kind):
    if kind is wire.MessageSettle:  # else there is nothing to say of it
        Message.update(status="unknown").where(Message.id == ours.ids["message"]).execute()
        Outbox.delete().execute()
    answer = ask(api_.world, socket_of(api_.world.ana), of(kind, ours.ids))
    assert answer != ask(api_.world, socket_of(api_.world.ana), of(kind, NOBODYS))
    assert answer.get("reason") in (None, "gate"), answer


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.name)
def test_its_own_admin_finds_it(api_, ours, route):
    answer = send(api_, route, ours.ids, api_.token("ana@brightpath.example"))
    assert answer.status_code != 404, answer.json

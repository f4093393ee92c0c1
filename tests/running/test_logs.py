"""What a running backend writes to its log: a text can be followed by one name from end to end,
and nothing in it says what people wrote, whom in full, or lets one in."""

import json
from urllib.parse import quote

import pytest
import requests

from demo.logged import CONTACT
from demo.seed import ADMIN, ANA, ANA_NUMBER, PASSWORD
from demo.stack import Stack
from simulator.crms.salesforce.seed import seeded
from tests.backend.push.conftest import Browser, service
from tests.running.rep import Phones, Rep, fresh_mobile, fresh_ref, sign_in
from tests.waiting import until

__all__ = ["service"]
MARKER = "Zinnober-7391"
EVE = "+15125550118"


# Elsewhere what is told of one text is in the logs of several processes.
ONE_PROCESS = pytest.mark.only_on("sqlite")


def entries(stack: Stack) -> list[dict]:
    return [json.loads(line) for line in stack.backend.stderr().splitlines()]


def about(stack: Stack, message: int) -> list[tuple[str, str]]:
    """(event, request_id) of each entry that tells of the text, in order."""
    told = [each for each in entries(stack) if each.get("message") == message]
    return [(each["event"], each["request_id"]) for each in told]


@ONE_PROCESS
def test_one_name_follows_a_text_from_the_frame_to_the_carriers_last_word(stack, rep):
    message = rep.text(rep.open(fresh_mobile()), "Hello")
    rep.status(message, "delivered")
    assert until(
        lambda: [event for event, _ in about(stack, message)].count("webhook.status") >= 2,
        60,
    )
    told = about(stack, message)
    assert [event for event, _ in told[:2]] == ["text.accepted", "hand_over.taken"]
    assert len({name for _, name in told}) == 1, told


@ONE_PROCESS
def test_it_follows_a_text_of_a_program_too_and_the_program_knows_it(stack, url, rep, token):
    conversation = rep.open(fresh_mobile())
    answer = requests.post(
        f"{url}/api/v1/conversations/{conversation}/messages",
        json={"ref": fresh_ref(), "body": "Hello"},
        headers={"Authorization": f"Bearer {token}"},
        timeout=40,
    )
    message = answer.json()["id"]
    rep.status(message, "delivered")
    assert until(lambda: "webhook.status" in dict(about(stack, message)), 60)
    assert {name for _, name in about(stack, message)} == {answer.headers["X-Request-Id"]}


@ONE_PROCESS
def test_it_outlives_the_backend(stack, rep, phones):
    """A text whose turn comes after a restart is handed over under the name of its frame."""
    mobile = fresh_mobile()
    phones.fault("http_429", mobile)
    message = rep.text(rep.open(mobile), "Later")
    assert until(lambda: "hand_over.put_back" in dict(about(stack, message)), 60)
    (name,) = {name for _, name in about(stack, message)}
    stack.backend.kill()
    stack.backend.start()
    assert until(lambda: "hand_over.taken" in dict(about(stack, message)), 60)
    assert {name for _, name in about(stack, message)} == {name}


@pytest.fixture
def house(service, databases, tmp_path):
    """With a connected CRM; hooks and browsers are told at ``service``."""
    url = databases.blank(tmp_path)
    with Stack(push_url=service.url, database_url=url, crm="salesforce") as running:
        yield running
    databases.drop(url)


def test_no_road_leaves_words_mobiles_or_tokens_in_the_log(house, service):
    url, phones, mobile = house.backend.url, Phones(house), fresh_mobile()
    browser = Browser()
    signed_in = sign_in(url, ANA)
    keys = {"Authorization": f"Bearer {signed_in['access_token']}"}
    admin = {"Authorization": f"Bearer {sign_in(url, ADMIN)['access_token']}"}

    def call(method: str, path: str, who: dict = keys, **more) -> requests.Response:
        return requests.request(method, url + path, headers=who, timeout=10, **more)

    subscription = {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
    assert call("PUT", "/api/v1/push", json=subscription).ok
    hook = {"url": f"{service.url}/hook", "events": ["message.received", "message.sent"]}
    made = call("POST", "/api/v1/hooks", admin, json=hook)
    assert made.ok, made.text
    service.status = 500  # what fails is what is talked about
    connected = house.connected.url
    for path in ("/composite", "/sobjects", "/query"):
        fault = {"kind": "error", "path": path, "times": 2}
        assert requests.post(f"{connected}/simulator/faults", json=fault, timeout=40).ok
    for to in (mobile, EVE):
        for kind in ("http_429", "http_5xx_after_accept"):
            phones.fault(kind, to)
    with Rep(url, signed_in["access_token"]) as rep:
        for to in (mobile, EVE):
            person = {"mobile": to, "name": f"{MARKER} Prospect"}
            if to == EVE:
                record = seeded("Contact", CONTACT)
                person["crm_ref"] = f"salesforce:contact:{record}"
            opened = rep.ask("conversation.open", "conversation.opened", person=person)
            conversation = opened["conversation"]["id"]
            rep.status(rep.text(conversation, f"{MARKER} out"), "delivered")
            phones.text(to, ANA_NUMBER, f"{MARKER} in")
            phones.text(to, ANA_NUMBER, f"Please stop texting me, {MARKER}")
        # Malformed, unknown and refused ones.
        rep.socket.send(f'{{"type":"message.send","v":1,"body":"{MARKER}"')
        rep.send("message.send", ref="x", conversation=conversation, body=MARKER * 900)
        rep.send("note.add", request=fresh_ref(), conversation=10**9, body=MARKER)
        rep.wait("frame.refused")
    path = f"/api/v1/conversations/{conversation}/messages"
    call("POST", path, json={"ref": fresh_ref(), "body": MARKER})
    call("POST", path, json={"ref": 7, "body": MARKER})
    call("GET", f"/api/v1/conversations?search={quote(mobile)}")
    call("GET", f"/api/v1/opt-outs/{quote(mobile)}", admin)
    wrong = {"email": ANA, "password": f"{MARKER}-password"}
    requests.post(f"{url}/api/v1/session", json=wrong, timeout=40)
    forged = {"From": mobile, "To": ANA_NUMBER, "Body": MARKER, "MessageSid": "SM1"}
    requests.post(f"{url}/twilio/messages?text={MARKER}", data=forged, timeout=40)
    requests.get(f"{url}/ws?token={signed_in['access_token']}", timeout=40)
    assert until(lambda: any(path == "/hook" for path, *_ in service.got), 60)
    assert until(lambda: "push.failed" in {each["event"] for each in entries(house)}, 60)
    assert until(lambda: any(each["event"].startswith("crm.") for each in entries(house)), 60)
    log = house.backend.stderr()
    said = {each["event"] for each in entries(house)}
    assert {"text.accepted", "hand_over.put_back", "hand_over.uncertain", "webhook.text"} <= said
    assert "webhook.refused" in said
    assert MARKER not in log
    for number in (mobile, EVE, ANA_NUMBER):
        assert number[-10:] not in log
    secrets = [signed_in["access_token"], signed_in["refresh_token"], PASSWORD]
    secrets += [browser.auth, browser.p256dh, browser.endpoint.rpartition("/")[2]]
    secrets += [made.json()["secret"], house.environment["SECRET_KEY"]]
    secrets += [house.environment["TWILIO_AUTH_TOKEN"], "repline-secret"]
    for secret in secrets:
        assert secret not in log

"""A team's programs are told of message events over real HTTP."""

import json
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
import requests
import time_machine

from backend import public_web
from backend.hooks import managing
from backend.hooks.delivering import WAITS_S, Delivering, signature
from backend.messaging import inbound, status
from backend.store import hooks
from backend.store.audit import Actor
from backend.store.rows import all_rows, now, one_row
from backend.team.faults import Invalid, Refused
from tests.backend.world import ANA_NUMBER, SECRET

MAYA = "+14045550187"
SECRETS = managing.Secrets(SECRET)


@dataclass
class Program:
    """The team's own: notes what it is told, answers with ``status``."""

    url: str
    status: int = 200
    told: list[tuple[dict[str, str], bytes]] = field(default_factory=list)


@pytest.fixture
def program():
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            running.told.append((dict(self.headers), body))
            self.send_response(running.status)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running = Program(f"http://127.0.0.1:{server.server_port}/hook")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield running
    server.shutdown()
    server.server_close()


@pytest.fixture
def admin(world):
    return Actor(world.team.id, world.admin.id, world.admin.email)


@pytest.fixture
def deliver(world):
    return Delivering(world.writer, SECRETS, requests.Session)


@pytest.fixture
def hook(world, admin, program):
    made = world.writer(
        lambda tx: managing.make(tx, admin, program.url, list(managing.EVENTS), local=True)
    )
    return hooks.get(world.team.id, made)


@pytest.fixture
def arrive(world):
    def one(sid="SM1", body="Hi Ana"):
        text = inbound.Inbound(sid=sid, sender=MAYA, recipient=ANA_NUMBER, body=body, at=now())
        return world.writer(lambda tx: inbound.receive(tx, text, {}))

    return one


def deliveries(world) -> list[int]:
    return [wake.arguments[0] for wake in world.woken("deliver")]


def test_an_inbound_text_is_told_with_who_wrote_it(world, hook, arrive, deliver, program):
    message = arrive()
    (delivery,) = deliveries(world)
    deliver(delivery)
    ((headers, body),) = program.told
    told = json.loads(body)
    assert headers["Repline-Event"] == told["event"] == "message.received"
    assert (told["message"]["id"], told["message"]["body"]) == (message, "Hi Ana")
    assert told["person"]["mobile"] == MAYA
    assert told["number"]["e164"] == ANA_NUMBER


def test_the_signature_is_that_of_the_secret_that_the_admin_was_shown(
    world, hook, arrive, deliver, program
):
    arrive()
    deliver(deliveries(world)[0])
    headers, body = program.told[0]
    at = int(headers["Repline-Signature"].split(",")[0].removeprefix("t="))
    assert headers["Repline-Signature"] == signature(SECRETS(hook.salt), at, body)
    assert headers["Repline-Signature"] != signature(SECRETS("other"), at, body)


def test_the_database_does_not_hold_the_secret(hook):
    assert SECRETS(hook.salt).removeprefix("whsec_") not in str(all_rows("SELECT * FROM hook"))


def test_each_step_of_a_text_is_told_once(world, hook, arrive):
    message = arrive()
    world.writer(
        lambda tx: tx.execute(
            "UPDATE message SET direction = 'outbound', status = 'queued' WHERE id = ?", (message,)
        )
    )
    for new in ("sending", "sent", "sent", "delivered", "sent"):
        world.writer(lambda tx, new=new: status.advance(tx, world.team.id, message, new))
    told = [event for (event,) in all_rows("SELECT event FROM hook_delivery ORDER BY id")]
    assert told == ["message.received", "message.sent", "message.delivered"]


def test_a_delivered_event_is_not_told_again(world, hook, arrive, deliver, program):
    arrive()
    (delivery,) = deliveries(world)
    deliver(delivery)
    deliver(delivery)
    assert len(program.told) == 1


def test_what_is_refused_is_tried_again_later_and_given_up_in_the_end(
    world, hook, arrive, deliver, program
):
    program.status = 503
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        arrive()
        (delivery,) = set(deliveries(world))
        for wait in WAITS_S:
            deliver(delivery)
            deliver(delivery)  # not due: nobody is called
            clock.shift(wait)
        deliver(delivery)
        clock.shift(max(WAITS_S))
        deliver(delivery)
    assert len(program.told) == len(WAITS_S) + 1
    (last,) = hooks.latest(world.team.id, hook.id)
    assert (last.state, last.answer) == ("failed", "HTTP 503")


def test_what_has_failed_can_be_tried_again(world, admin, hook, arrive, deliver, program):
    program.status = 410
    arrive()
    deliver(deliveries(world)[0])
    program.status = 204
    assert world.writer(lambda tx: managing.retry(tx, admin, hook)) == 1
    assert world.writer(lambda tx: managing.retry(tx, admin, hook)) == 0
    assert one_row("SELECT actor, after FROM audit WHERE action = 'hook.retried'") == (
        "admin@brightpath.example",
        '{"events":1}',
    )
    deliver(deliveries(world)[-1])
    assert hooks.latest(world.team.id, hook.id)[0].state == "delivered"


def test_a_hook_that_is_off_is_told_nothing(world, admin, hook, arrive, program):
    world.writer(lambda tx: managing.switch(tx, admin, hook, False))
    arrive()
    assert deliveries(world) == []


def test_other_teams_hear_nothing(world, program, arrive):
    stranger = Actor(world.others.id, world.stranger.id, world.stranger.email)
    world.writer(
        lambda tx: managing.make(tx, stranger, program.url, ["message.received"], local=True)
    )
    arrive()
    assert deliveries(world) == []


def test_a_program_in_our_own_network_is_never_called(world, hook, arrive, program):
    """Addresses are checked when they are connected to: a name may point anywhere by then."""
    world.writer(
        lambda tx: tx.execute(
            "UPDATE hook SET url = ?",
            (program.url.replace("http://127.0.0.1", "https://localhost"),),
        )
    )
    arrive()
    Delivering(world.writer, SECRETS, public_web.session)(deliveries(world)[0])
    assert program.told == []
    assert one_row("SELECT state, attempts FROM hook_delivery") == ("waiting", 1)


@pytest.mark.parametrize(
    ("url", "events", "field"),
    [
        ("http://example.com/hook", ["message.sent"], "url"),
        ("ftp://example.com", ["message.sent"], "url"),
        ("https://", ["message.sent"], "url"),
        ("https://user:secret@example.com", ["message.sent"], "url"),
        ("https://example.com:99999/", ["message.sent"], "url"),
        ("https://example.com/hook", ["message.read"], "events"),
        ("https://example.com/hook", [], "events"),
    ],
)
def test_what_cannot_be_a_hook_is_refused_by_field(world, admin, url, events, field):
    with pytest.raises(Invalid) as refused:
        world.writer(lambda tx: managing.make(tx, admin, url, events, local=False))
    assert set(refused.value.errors) == {field}


def test_all_that_is_wrong_with_a_hook_is_said_at_once(world, admin):
    with pytest.raises(Invalid) as refused:
        world.writer(lambda tx: managing.make(tx, admin, "nowhere", ["all"], local=False))
    assert set(refused.value.errors) == {"url", "events"}


def test_a_team_has_so_many_hooks_and_no_more(world, admin):
    for n in range(managing.MOST):
        url = f"https://a.example/{n}"
        world.writer(
            lambda tx, url=url: managing.make(tx, admin, url, ["message.sent"], local=False)
        )
    with pytest.raises(Refused, match="remove one first"):
        world.writer(lambda tx: managing.make(tx, admin, url, ["message.sent"], local=False))


@pytest.mark.parametrize(
    "url",
    [
        *("https://169.254.169.254/", "https://10.0.0.1/", "https://[::1]/", "https://localhost/"),
        *("https://2130706433/", "https://0x7f.1/", "https://127.1/", "https://[::ffff:10.0.0.1]/"),
        *("https://a.example/\r\nx", "https://a.exa\nmple/", "https://a.example/a b"),
        *("https://a.example:٤٤٣/", "https://1٢7.0.0.1/", "https://é.example/"),
    ],
)
def test_an_address_that_is_never_called_is_refused_at_once(world, admin, url):
    with pytest.raises(Invalid) as caught:
        world.writer(lambda tx: managing.make(tx, admin, url, ["message.received"], local=False))
    assert set(caught.value.errors) == {"url"}


@pytest.mark.parametrize(
    "url",
    ["https://a.example/hook?x=%20", "https://93.184.216.34:8443/", "https://xn--9ca.example"],
)
def test_public_addresses_are_taken(world, admin, url):
    made = world.writer(lambda tx: managing.make(tx, admin, url, ["message.received"], local=False))
    assert hooks.get(world.team.id, made).enabled is True
    assert [each.enabled for each in hooks.of_team(world.team.id)] == [True]

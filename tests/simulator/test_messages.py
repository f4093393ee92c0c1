"""Messages and media that are there: listing, redacting, canceling, deleting."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import requests
import time_machine
from flask import Flask, Response
from twilio.base.exceptions import TwilioRestException
from werkzeug.serving import make_server

from tests.simulator.elsewhere import MAYA, OTHER, OURS, SERVICE

PNG = b"\x89PNG\r\n\x1a\n and so on"
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def send(twilio):
    def send(body="Hi", to=MAYA, from_=OURS, **more):
        return twilio.messages.create(to=to, from_=from_, body=body, **more)

    return send


@pytest.fixture
def pictures():
    """The address of a folder of pictures, one of them too large."""
    app = Flask(__name__)
    app.add_url_rule("/p.png", "p", lambda: Response(PNG, content_type="image/png"))
    big = b"x" * (500 * 1024 + 1)
    app.add_url_rule("/big.pdf", "b", lambda: Response(big, content_type="application/pdf"))
    server = make_server("127.0.0.1", 0, app, threaded=True)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_the_list_is_newest_first_and_read_in_pages(twilio, send):
    sids = [send(f"{n}").sid for n in range(7)]
    assert [m.sid for m in twilio.messages.list(page_size=3)] == sids[::-1]
    page = twilio.messages.page(page_size=3)
    assert (len(list(page)), page.previous_page_url) == (3, None)
    assert len(list(page.next_page().next_page())) == 1
    assert page.next_page().next_page().next_page() is None


def test_what_arrives_while_pages_are_read_is_not_read_twice(twilio, send):
    sids = [send(f"{n}").sid for n in range(4)]
    page = twilio.messages.page(page_size=2)
    send("meanwhile")
    assert [m.sid for m in page] == [sids[3], sids[2]]
    assert [m.sid for m in page.next_page()] == [sids[1], sids[0]]


def test_the_list_is_narrowed_down_by_both_numbers(twilio, send):
    send()
    wanted = send(from_=OTHER)
    send(to="+14045550111", from_=OTHER)
    found = twilio.messages.list(to=MAYA, from_=OTHER)
    assert [m.sid for m in found] == [wanted.sid]


def test_the_list_is_narrowed_down_by_date_to_the_second(twilio, text):
    sids = []
    for days in (0, 1, 2):
        with time_machine.travel(NOON + timedelta(days=days)):
            sids.append(text(MAYA, f"{days}")["sid"])

    def found(**dates):
        return [m.sid for m in twilio.messages.list(**dates)][::-1]

    assert found(date_sent_after=NOON + timedelta(days=1)) == sids[1:]
    assert found(date_sent_after=NOON + timedelta(days=1, seconds=1)) == sids[2:]
    assert found(date_sent_before=NOON) == sids[:1]
    assert found(date_sent="2026-03-03") == sids[1:2]
    assert found(date_sent_after="2026-03-03", date_sent_before="2026-03-03") == sids[1:2]


def test_a_text_that_has_not_left_yet_is_found_by_when_it_was_accepted(twilio, simulator):
    simulator.fault("drop_after_accept")
    since = datetime.now(UTC) - timedelta(seconds=1)
    with pytest.raises(requests.RequestException):
        twilio.messages.create(to=MAYA, from_=OURS, body="lost answer")
    assert [m.body for m in twilio.messages.list(date_sent_after=since)] == ["lost answer"]


@pytest.mark.parametrize(
    "query", ["PageSize=0", "PageSize=x", "Page=-1", "DateSent=yesterday", "PageSize=١"]
)
def test_a_list_that_makes_no_sense_is_refused(simulator, twilio, query):
    url = f"{simulator.url}/2010-04-01/Accounts/{twilio.account_sid}/Messages.json?{query}"
    answer = requests.get(url, auth=(twilio.username, twilio.password), timeout=5)
    assert (answer.status_code, answer.json()["code"]) == (400, 20001)


def test_redacting_empties_the_body_but_not_the_phone(twilio, simulator, send, inbox):
    made = send("A secret")
    assert simulator.settle()
    assert made.update(body="").body == ""
    assert made.fetch().body == ""
    assert inbox(MAYA)[0]["body"] == "A secret"


def test_a_body_cannot_be_rewritten(simulator, send):
    made = send("Hi")
    assert simulator.settle()
    with pytest.raises(TwilioRestException):
        made.update(body="Something else")
    assert made.fetch().body == "Hi"


def test_what_is_under_way_can_be_neither_redacted_nor_deleted(twilio, simulator):
    made = twilio.messages.create(**_scheduled(timedelta(hours=1)))
    for change in (lambda: made.update(body=""), made.delete):
        with pytest.raises(TwilioRestException) as caught:
            change()
        assert (caught.value.status, caught.value.code) == (409, 20009)


def test_a_deleted_message_is_gone_from_the_list_and_stays_in_the_ledger(twilio, simulator, send):
    made = send()
    assert simulator.settle()
    assert made.delete()
    assert twilio.messages.list() == []
    ledger = requests.get(f"{simulator.url}/simulator/ledger", timeout=5).json()["messages"]
    assert [m["sid"] for m in ledger] == [made.sid]


def test_a_scheduled_text_waits_for_its_time(twilio, simulator, inbox):
    made = twilio.messages.create(**_scheduled(timedelta(hours=1)))
    assert made.status == "scheduled"
    assert simulator.settle()
    assert inbox(MAYA) == []
    url = f"{simulator.url}/simulator/clock"
    assert requests.post(url, json={"advance_seconds": 3601}, timeout=5).ok
    assert simulator.state.wait_for(lambda books: books.messages[made.sid].status == "delivered")
    assert len(inbox(MAYA)) == 1


def test_a_canceled_text_never_leaves(twilio, simulator, backend, inbox):
    made = twilio.messages.create(
        **_scheduled(timedelta(hours=1)), status_callback=f"{backend.url}/status"
    )
    assert made.update(status="canceled").status == "canceled"
    requests.post(f"{simulator.url}/simulator/clock", json={"advance_seconds": 9999}, timeout=5)
    assert simulator.settle()
    assert (made.fetch().status, inbox(MAYA)) == ("canceled", [])
    assert backend.statuses() == ["canceled"]


def test_only_what_is_scheduled_can_be_canceled(simulator, send):
    made = send()
    with pytest.raises(TwilioRestException) as caught:
        made.update(status="canceled")
    assert caught.value.code == 30409


@pytest.mark.parametrize("ahead", [timedelta(minutes=14), timedelta(days=36), -timedelta(hours=1)])
def test_a_time_too_soon_or_too_far_is_refused(refused, ahead):
    assert refused(**{**_scheduled(ahead), "from_": None}).code == 35115


def test_a_schedule_needs_a_time(refused):
    assert refused(messaging_service_sid=SERVICE, from_=None, schedule_type="fixed").code == 35111


def test_without_a_service_a_schedule_is_ignored_and_the_text_leaves_at_once(simulator, send):
    made = send(schedule_type="fixed", send_at=datetime.now(UTC) + timedelta(hours=1))
    assert made.status == "queued"
    assert simulator.settle()
    assert made.fetch().status == "delivered"


def test_a_picture_is_fetched_shown_on_the_phone_and_can_be_deleted(
    simulator, send, pictures, inbox
):
    made = send(body="Look", media_url=[f"{pictures}/p.png"])
    assert (made.sid[:2], made.num_media) == ("MM", "1")
    assert simulator.settle()
    (shown,) = inbox(MAYA)[0]["media"]
    assert requests.get(shown["url"], timeout=5).content == PNG
    (media,) = made.media.list()
    assert (media.content_type, media.parent_sid) == ("image/png", made.sid)
    assert media.fetch().sid == media.sid
    assert media.delete()
    assert made.media.list() == []
    assert made.fetch().num_media == "0"
    assert requests.get(shown["url"], timeout=5).status_code == 404


@pytest.mark.parametrize("name", ["absent.png", "big.pdf"])
def test_a_picture_that_cannot_be_had_fails_the_text(simulator, send, pictures, name):
    made = send(media_url=[f"{pictures}/{name}"])
    assert simulator.settle()
    assert made.fetch().status == "failed"


def _scheduled(ahead):
    return {
        "to": MAYA,
        "messaging_service_sid": SERVICE,
        "body": "Later",
        "schedule_type": "fixed",
        "send_at": datetime.now(UTC) + ahead,
    }

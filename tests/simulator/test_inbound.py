"""A phone texts us: what the backend gets, and how often it is tried."""

import base64

import pytest
import requests

from tests.simulator.elsewhere import ACCOUNT, MAYA, OTHER, OURS, SERVICE, TOKEN, cut

PNG = b"\x89PNG\r\n\x1a\n and so on"


@pytest.fixture
def sms_url(twilio, backend):
    """``sms_url("/in#rc=3")``: where texts to our number go, at the backend."""

    def sms_url(path):
        number = twilio.incoming_phone_numbers.list(phone_number=OURS)[0]
        number.update(sms_url=f"{backend.url}{path}")

    return sms_url


def test_the_backend_gets_a_signed_form_with_all_of_twilios_fields(text, backend):
    said = text(MAYA, "Olá 😀 & <b>")
    (seen,) = backend.seen
    assert seen.signed
    assert seen.path == "/twilio/messages"
    assert seen.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert seen.form == {
        "MessageSid": said["sid"],
        "SmsSid": said["sid"],
        "SmsMessageSid": said["sid"],
        "AccountSid": ACCOUNT,
        "From": MAYA,
        "To": OURS,
        "Body": "Olá 😀 & <b>",
        "NumMedia": "0",
        "NumSegments": "1",
        "SmsStatus": "received",
        "ApiVersion": "2010-04-01",
        "FromCity": "",
        "FromState": "GA",
        "FromZip": "30303",
        "FromCountry": "US",
        "ToCity": "",
        "ToState": "GA",
        "ToZip": "30303",
        "ToCountry": "US",
    }
    assert said == {"sid": said["sid"], "delivered": True, "status": 204}


def test_a_number_in_a_service_says_which(text, backend):
    text(MAYA, "Hi", to=OTHER)
    assert backend.seen[0].form["MessagingServiceSid"] == SERVICE


def test_the_text_is_in_the_list_and_on_the_phone(text, twilio, inbox):
    said = text(MAYA, "Hello")
    (listed,) = twilio.messages.list(from_=MAYA)
    assert (listed.sid, listed.direction, listed.status) == (said["sid"], "inbound", "received")
    (shown,) = inbox(MAYA)
    assert (shown["direction"], shown["body"]) == ("sent", "Hello")


def test_pictures_come_as_addresses_and_are_fetched_with_credentials_and_a_redirect(
    text, backend, simulator
):
    picture = {"content_type": "image/png", "content": base64.b64encode(PNG).decode()}
    said = text(MAYA, media=[picture, {**picture, "content_type": "text/vcard"}])
    form = backend.seen[0].form
    assert said["sid"].startswith("MM")
    assert (form["NumMedia"], form["MediaContentType1"]) == ("2", "text/vcard")
    url = form["MediaUrl0"]
    assert url.startswith(f"{simulator.url}/2010-04-01/Accounts/{ACCOUNT}/Messages/{said['sid']}/")
    assert requests.get(url, timeout=5).status_code == 401
    first = requests.get(url, auth=(ACCOUNT, TOKEN), allow_redirects=False, timeout=5)
    assert first.status_code == 302
    answer = requests.get(first.headers["Location"], timeout=5)
    assert (answer.content, answer.headers["Content-Type"]) == (PNG, "image/png")
    assert requests.get(first.headers["Location"] + "x", timeout=5).status_code == 403


def test_a_connection_that_breaks_is_tried_once_more_with_the_same_token(text, backend):
    backend.answers = [cut]
    said = text(MAYA, "Hi")
    assert said["delivered"]
    first, second = backend.seen
    assert first == second
    assert first.headers["I-Twilio-Idempotency-Token"]


def test_it_is_given_up_after_the_second_broken_connection(text, backend):
    backend.answers = [cut, cut]
    assert text(MAYA, "Hi") == {
        "sid": backend.seen[0].form["MessageSid"],
        "delivered": False,
        "status": None,
    }
    assert len(backend.seen) == 2


def test_a_5xx_is_not_tried_again_by_default(text, backend):
    backend.answers = [500]
    said = text(MAYA, "Hi")
    assert (said["delivered"], said["status"]) == (False, 500)
    assert len(backend.seen) == 1


@pytest.mark.parametrize(
    ("fragment", "answers", "attempts"),
    [
        ("#rc=3&rp=all", [500, 404, cut], 4),
        ("#rc=2&rp=5xx", [500, 503, 500], 3),
        ("#rc=2&rp=5xx", [404], 1),
        ("#rc=2&rp=4xx,ct", [404, cut], 3),
        ("#rc=0", [cut], 1),
        ("#rc=9&rp=nonsense", [cut, cut], 2),
    ],
)
def test_the_fragment_of_the_url_says_how_often_and_why_to_retry_and_is_not_signed(
    text, backend, sms_url, fragment, answers, attempts
):
    sms_url(f"/in?team=1{fragment}")
    backend.answers = list(answers)
    text(MAYA, "Hi")
    assert len(backend.seen) == attempts
    assert all(seen.signed and seen.path == "/in?team=1" for seen in backend.seen)


def test_a_backend_that_is_slow_is_not_waited_for(text, backend, sms_url):
    sms_url("/in#rt=100&rp=rt&rc=1")
    with backend.held():
        said = text(MAYA, "Hi")
    assert not said["delivered"]
    assert len(backend.seen) == 2


def test_all_attempts_together_have_an_end(text, backend, sms_url):
    sms_url("/in#rt=200&tt=300&rp=all&rc=5")
    with backend.held():
        said = text(MAYA, "Hi")
    assert not said["delivered"]
    assert len(backend.seen) == 2


def test_without_waiting_the_answer_comes_at_once_and_the_text_arrives(text, backend):
    said = text(MAYA, "Hi", wait=False)
    assert (said["delivered"], said["status"]) == (False, None)
    assert backend.wait_for(lambda seen: len(seen) == 1)


def test_a_get_webhook_carries_its_fields_in_the_signed_address(text, backend, twilio):
    number = twilio.incoming_phone_numbers.list(phone_number=OURS)[0]
    number.update(sms_url=f"{backend.url}/in?a=1", sms_method="GET")
    text(MAYA, "a b&c")
    (seen,) = backend.seen
    assert seen.signed
    assert seen.form == {}
    assert "&Body=a+b%26c&" in seen.path


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"from": "nobody"}, 400),
        ({"to": "+14045550100"}, 404),
        ({"body": "x" * 1601}, 400),
        ({"body": ""}, 400),
        ({"body": 7}, 400),
        ({"body": "\0"}, 400),
        ({"extra": 1}, 400),
        ({"media": [{"content_type": "image/png", "content": "*"}]}, 400),
        ({"media": [{"content_type": "image/png\r\nX: y", "content": ""}]}, 400),
        ({"media": [{"content_type": "text/html", "content": "A" * 800_000}]}, 413),
    ],
)
def test_what_no_phone_could_send_is_refused_with_a_reason(simulator, backend, wrong, status):
    answer = requests.post(
        f"{simulator.url}/simulator/texts",
        json={"from": MAYA, "to": OURS, "body": "Hi", **wrong},
        timeout=5,
    )
    assert answer.status_code == status
    assert answer.json()["error"]
    assert backend.seen == []


@pytest.mark.parametrize(
    "raw", [b"", b"[]", b"{", b'{"from":' * 5000, b'{"body": "\\ud800"}', b"\xff"]
)
def test_a_body_that_is_no_text_is_refused(simulator, raw):
    headers = {"Content-Type": "application/json"}
    url = f"{simulator.url}/simulator/texts"
    answer = requests.post(url, data=raw, headers=headers, timeout=5)
    assert (answer.status_code, "error" in answer.json()) == (400, True)


def test_another_origin_cannot_make_a_phone_text(simulator):
    url = f"{simulator.url}/simulator/texts"
    assert requests.post(url, data='{"from": "x"}', timeout=5).status_code == 415
    rebound = requests.get(url, headers={"Host": "evil.example"}, timeout=5)
    assert rebound.status_code == 400

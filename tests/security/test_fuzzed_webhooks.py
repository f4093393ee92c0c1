"""Webhooks as nobody should send them: refused or filed once, and never an error of ours.

What is forged, too large, no form or replayed, one by one: tests/backend/web/test_webhooks.py.
"""

from urllib.parse import quote_plus, urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator

from backend.models import Message, WebhookEvent
from backend.web import signed_forms, twilio
from tests.backend.world import ANA_NUMBER

FORM = {
    "MessageSid": "SM" + "1" * 32,
    "From": "+14045550187",
    "To": ANA_NUMBER,
    "Body": "Yes!",
    "NumMedia": "0",
    "NumSegments": "1",
    "MessageStatus": "delivered",
    "ErrorCode": "30003",
    "OptOutType": "",
    "MediaUrl0": "https://api.twilio.com/x",
}
PATHS = ("/twilio/messages", "/twilio/messages/status?message=1", "/twilio/messages/status")
FORM_TYPE = "application/x-www-form-urlencoded"
ODD = st.one_of(
    st.sampled_from(["", " ", "\x00", "-1", "0", "10", "1e9", "9" * 30, "\u0663", "null", "STOP"]),
    st.sampled_from(["a" * 20_000, "\u202e", "+", "+1", "911", "short", "+14045550187,+1404"]),
    st.sampled_from(["SM" + "f" * 70, "../../x", "https://evil.example/ME" + "0" * 32]),
    st.text(max_size=60).filter(lambda text: not any("\ud800" <= c <= "\udfff" for c in text)),
)
CHANGES = st.dictionaries(st.sampled_from([*FORM, "New"]), ODD | st.none(), max_size=5)
BOUNDED = settings(
    max_examples=150,
    phases=[Phase.generate, Phase.shrink],
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@pytest.fixture
def client(world, config):
    app = Flask("test")
    app.config["MAX_CONTENT_LENGTH"] = signed_forms.LARGEST
    twilio.register(app, config, world.writer, lambda _result: None)
    return app.test_client()


def post(client, config, path, form, signature=None, **more):
    validator = RequestValidator(config.twilio_auth_token)
    signed = validator.compute_signature(config.public_url + path, form)
    headers = {"X-Twilio-Signature": signed if signature is None else signature}
    more = {"content_type": FORM_TYPE, **more}
    return client.post(path, data=urlencode(form), headers=headers, **more)


@BOUNDED
@given(path=st.sampled_from(PATHS), changes=CHANGES)
def test_a_signed_form_with_anything_in_it_is_filed_once_or_refused(client, config, path, changes):
    form = {"AccountSid": config.twilio_account_sid, **FORM, **changes}
    form = {name: value for name, value in form.items() if value is not None}
    empty = counted()
    first = post(client, config, path, form)
    assert first.status_code in (200, 204, 400, 403, 413)
    before = counted()
    assert first.status_code < 400 or before == empty
    again = post(client, config, path, form)
    assert again.status_code == first.status_code
    assert counted() == before


@BOUNDED
@given(changes=CHANGES.filter(bool), signature=st.none() | st.text(max_size=40))
def test_a_form_that_was_changed_after_it_was_signed_is_filed_nowhere(
    client, config, changes, signature
):
    signed = {"AccountSid": config.twilio_account_sid, **FORM}
    made = RequestValidator(config.twilio_auth_token)
    good = made.compute_signature(config.public_url + PATHS[0], signed)
    form = {name: value for name, value in {**signed, **changes}.items() if value is not None}
    if form == signed:
        return
    given_as = good if signature is None else quote_plus(signature)
    assert post(client, config, PATHS[0], form, given_as).status_code in (403, 413)
    assert counted() == (0, 0)


@pytest.mark.parametrize(
    ("content_type", "encoding"),
    [
        (FORM_TYPE, "utf-16"),
        (FORM_TYPE + "; charset=utf-16", "utf-16"),
        (FORM_TYPE, "utf-7"),
        (FORM_TYPE + "; charset=latin-1", "latin-1"),
        ("multipart/form-data; boundary=x", "ascii"),
        ("application/json", "ascii"),
        ("text/plain", "ascii"),
        ("", "ascii"),
    ],
)
def test_another_charset_or_kind_of_body_is_filed_nowhere(client, config, content_type, encoding):
    form = {"AccountSid": config.twilio_account_sid, **FORM, "Body": "Ja, ß"}
    raw = "&".join(f"{name}={value}" for name, value in form.items())
    made = RequestValidator(config.twilio_auth_token)
    headers = {
        "X-Twilio-Signature": made.compute_signature(config.public_url + PATHS[0], form),
        "Content-Type": content_type,
    }
    answer = client.post(PATHS[0], data=raw.encode(encoding, "replace"), headers=headers)
    assert answer.status_code in (400, 403)
    assert counted() == (0, 0)


def counted() -> tuple[int, int]:
    return WebhookEvent.select().count(), Message.select().count()

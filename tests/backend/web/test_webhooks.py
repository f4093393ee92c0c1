"""Twilio's webhooks: believed when signed, kept once, and unmoved by everything else."""

import io
from urllib.parse import urlencode

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs
from twilio.request_validator import RequestValidator

from backend import metrics
from backend.config import Config
from backend.models import Message, OptOut, WebhookEvent
from backend.web import signed_forms, twilio
from backend.web.signature import Signature
from tests.backend.world import ANA_NUMBER

ACCOUNT = "AC" + "1" * 32
TOKEN = "the primary token"
OLD_TOKEN = "the token from before"
CONFIG = Config(
    secret_key="x" * 40,
    public_url="https://repline.example",
    twilio_account_sid=ACCOUNT,
    twilio_auth_token=TOKEN,
    twilio_auth_token_secondary=OLD_TOKEN,
)
FORM = {
    "AccountSid": ACCOUNT,
    "MessageSid": "SM" + "1" * 32,
    "From": "+14045550187",
    "To": ANA_NUMBER,
    "Body": "Yes! 🙌",
    "NumMedia": "0",
    "NumSegments": "1",
}


@pytest.fixture
def results():
    return []


@pytest.fixture
def client(world, results):
    app = Flask("test")
    app.config["MAX_CONTENT_LENGTH"] = signed_forms.LARGEST
    twilio.register(app, CONFIG, world.writer, results.append)
    return app.test_client()


def sign(form, path="/twilio/messages", token=TOKEN):
    return RequestValidator(token).compute_signature(CONFIG.public_url + path, form)


def post(client, form, path="/twilio/messages", signature=None, **options):
    headers = {"X-Twilio-Signature": sign(form, path) if signature is None else signature}
    return client.post(path, data=form, headers=headers, **options)


def post_declared(client, **environ):
    """The form as a stream, with what the environment is to say of it."""
    return client.post(
        "/twilio/messages",
        input_stream=io.BytesIO(urlencode(FORM).encode()),
        content_type="application/x-www-form-urlencoded",
        headers={"X-Twilio-Signature": sign(FORM)},
        environ_overrides=environ,
    )


def test_a_signed_text_is_filed_and_answered_with_empty_twiml(client):
    answer = post(client, FORM)
    assert (answer.status_code, answer.data) == (200, b"<Response/>")
    assert Message.get().body == "Yes! 🙌"


def test_twilios_own_example_of_a_signature_holds():
    # From Twilio's documentation of webhook security.
    config = Config(
        secret_key="x" * 40,
        public_url="https://mycompany.com",
        twilio_account_sid=ACCOUNT,
        twilio_auth_token="12345",
    )
    fields = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675309"),
        ("Digits", "1234"),
        ("From", "+14158675309"),
        ("To", "+18005551212"),
    ]
    signature = Signature(config)
    path = "/myapp.php?foo=1&bar=2"
    assert signature.valid(path, fields, "RSOYDt4T1cUTdK1PDd93/VVr8B8=")
    assert not signature.valid(path, fields, "RSOYDt4T1cUTdK1PDd93/VVr8B9=")


@settings(max_examples=60)
@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=20), max_size=8))
def test_our_signature_is_twilios_for_any_form(form):
    try:
        "".join([*form, *form.values()]).encode()
    except UnicodeEncodeError:
        return
    expected = RequestValidator(TOKEN).compute_signature(CONFIG.public_url + "/x", form)
    assert Signature(CONFIG).valid("/x", list(form.items()), expected)


def test_the_token_from_before_a_rotation_is_still_believed(client):
    assert post(client, FORM, signature=sign(FORM, token=OLD_TOKEN)).status_code == 200


def test_a_replayed_webhook_is_answered_and_changes_nothing(client, results):
    for _ in range(3):
        assert post(client, FORM).status_code == 200
    assert Message.select().count() == 1
    assert results == ["filed", "known", "known"]


@pytest.mark.parametrize("signature", ["", "x", "é", "A" * 28, sign(FORM, token="guess")])
def test_a_forged_webhook_is_refused_and_leaves_nothing(client, signature):
    assert post(client, FORM, signature=signature).status_code == 403
    assert WebhookEvent.select().count() == 0


def test_a_refusal_is_logged_with_the_address_that_should_have_been_signed(client):
    with capture_logs() as logged:
        post(client, FORM, signature="x")
    (entry,) = logged
    assert (entry["event"], entry["result"]) == ("webhook.refused", "forged")
    assert entry["expected_at"] == "https://repline.example/twilio/messages"
    assert FORM["Body"] not in str(entry)


@pytest.mark.parametrize(
    "change", [{"Body": "pay me"}, {"To": "+14045550124"}, {"From": "+14045550199"}, {"X": "1"}]
)
def test_a_signature_covers_every_field(client, change):
    assert post(client, {**FORM, **change}, signature=sign(FORM)).status_code == 403


def test_a_signature_covers_the_query(client):
    answer = post(client, FORM, "/twilio/messages/status?message=2", signature=sign(FORM))
    assert answer.status_code == 403


def test_another_accounts_webhook_is_refused_though_signed(client):
    assert post(client, {**FORM, "AccountSid": "AC" + "2" * 32}).status_code == 403


def test_the_host_that_a_request_claims_does_not_matter(client):
    answer = client.post(
        "/twilio/messages",
        data=FORM,
        headers={
            "X-Twilio-Signature": sign(FORM),
            "Host": "evil.example",
            "X-Forwarded-Host": "evil.example",
            "X-Forwarded-Proto": "http",
        },
    )
    assert answer.status_code == 200


def test_unknown_new_fields_are_no_reason_to_refuse(client):
    assert post(client, {**FORM, "BrandNewField": "x", "MediaUrl9": "y"}).status_code == 200


def test_a_number_in_a_messaging_service_is_looked_up_by_its_number(client):
    form = {**FORM, "MessagingServiceSid": "MG" + "3" * 32}
    assert post(client, form).status_code == 200
    assert Message.select().count() == 1


def test_json_is_not_this_webhook(client):
    answer = client.post("/twilio/messages", json=FORM, headers={"X-Twilio-Signature": "x"})
    assert answer.status_code == 400


@pytest.mark.parametrize("declared", ["", "12", "999", "-1", "many", "\u0663"])
def test_a_body_of_another_length_than_declared_is_refused(client, declared):
    assert post_declared(client, CONTENT_LENGTH=declared).status_code in (400, 403)
    assert WebhookEvent.select().count() == 0


def test_a_body_in_chunks_is_refused_whatever_it_declares(client):
    assert post_declared(client, HTTP_TRANSFER_ENCODING="chunked").status_code == 400
    assert post_declared(client).status_code == 200


@pytest.mark.parametrize("size", [signed_forms.LARGEST + 1, 30_000_000])
def test_an_oversized_webhook_is_refused_before_it_is_read(client, size):
    answer = client.post(
        "/twilio/messages",
        data=b"Body=" + b"x" * size,
        content_type="application/x-www-form-urlencoded",
    )
    assert answer.status_code == 413


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe=1",
        b"Body=%FF%FE",
        b"&".join(b"a%d=1" % n for n in range(300)),
        b"Body=%ED%A0%80",  # a lone surrogate in what claims to be UTF-8
    ],
)
def test_what_is_no_form_is_malformed(client, data):
    answer = client.post(
        "/twilio/messages", data=data, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 400


def test_a_status_for_a_message_that_is_not_there_is_kept_and_changes_nothing(client):
    form = {**FORM, "MessageStatus": "delivered"}
    path = "/twilio/messages/status?message=99"
    assert post(client, form, path).status_code == 204
    assert not WebhookEvent.get().filed


@pytest.mark.parametrize("query", ["", "?message=", "?message=-1", "?message=1e9", "?message=٣"])
def test_a_status_without_our_id_is_malformed(client, query):
    form = {**FORM, "MessageStatus": "sent"}
    path = f"/twilio/messages/status{query}"
    answer = client.post(
        path, data=urlencode(form), content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (400, 403)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=300))
def test_any_bytes_are_refused_and_change_nothing(client, data):
    answer = client.post(
        "/twilio/messages", data=data, content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code in (400, 403)
    assert WebhookEvent.select().count() == 0


def test_what_advanced_opt_out_took_for_a_stop_is_one_whatever_its_words(client):
    assert post(client, {**FORM, "Body": "ARRET", "OptOutType": "STOP"}).status_code == 200
    assert OptOut.get().mobile == FORM["From"]
    start = {**FORM, "MessageSid": "SM2", "Body": "Oui", "OptOutType": "START"}
    assert post(client, start).status_code == 200
    assert OptOut.select().count() == 0


def test_how_long_the_carrier_waited_is_measured(client):
    def answered(kind):
        return metrics.webhook_seconds._series[kind]._sum.get()

    text, status = answered("text"), answered("status")
    assert post(client, FORM).status_code == 200
    assert (answered("text") > text, answered("status") == status) == (True, True)


def test_a_webhook_that_cannot_be_filed_is_counted_as_failed(results):
    def full(work):
        raise OSError("no space left on device")

    app = Flask("test")
    twilio.register(app, CONFIG, full, results.append)
    assert post(app.test_client(), FORM).status_code == 500
    assert results == ["failed"]

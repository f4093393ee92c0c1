"""Web Push over real HTTP: encrypted, signed, to known hosts only."""

import base64
import dataclasses

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.push import LONGEST_PAYLOAD, BadSubscription, WebPusher, check
from shared.wire import PushSubscription
from tests.backend.push.conftest import ENDPOINT, Browser, base64url


def test_only_the_browser_can_read_it(config, service, browser):
    assert WebPusher(config).send(browser.push(b'{"message": 1}'))
    path, headers, body = service.got[0]
    assert path == "/fcm/send/device-1"
    assert b"message" not in body
    assert browser.decrypt(body) == b'{"message": 1}'
    assert headers["ttl"] == "86400"
    assert headers["urgency"] == "high"
    assert headers["content-encoding"] == "aes128gcm"


def test_it_is_signed_for_that_service_with_the_key_that_browsers_were_given(
    config, service, browser
):
    pusher = WebPusher(config)
    pusher.send(browser.push())
    scheme, _, rest = service.got[0][1]["authorization"].partition(" ")
    given = dict(part.strip().split("=", 1) for part in rest.split(","))
    assert scheme == "vapid"
    assert given["k"].rstrip("=") == pusher.public_key
    point = base64.urlsafe_b64decode(pusher.public_key + "=")
    key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    claims = jwt.decode(
        given["t"], key, algorithms=["ES256"], audience="https://fcm.googleapis.com"
    )
    assert claims["sub"] == "mailto:admin@example.com"


def test_each_service_gets_a_signature_for_itself(config, service):
    pusher = WebPusher(config)
    for endpoint in (ENDPOINT, "https://updates.push.services.mozilla.com/wpush/v2/x?a=b"):
        assert pusher.send(Browser(endpoint).push())
    tokens = [headers["authorization"].split("t=")[1] for _, headers, _ in service.got]
    said = [
        jwt.decode(token.split(",")[0], options={"verify_signature": False})["aud"]
        for token in tokens
    ]
    assert said == ["https://fcm.googleapis.com", "https://updates.push.services.mozilla.com"]
    assert service.got[1][0] == "/wpush/v2/x?a=b"


def test_the_key_outlives_restarts_and_belongs_to_one_secret(config):
    again = dataclasses.replace(config, public_url="https://moved.example.com")
    other = dataclasses.replace(config, secret_key="another secret, long enough to be one")
    assert WebPusher(config).public_key == WebPusher(again).public_key
    assert WebPusher(config).public_key != WebPusher(other).public_key


@pytest.mark.parametrize("status", [404, 410])
def test_a_subscription_that_is_gone_is_said_to_be(config, service, browser, status):
    service.status = status
    assert WebPusher(config).send(browser.push()) is False


@pytest.mark.parametrize("status", [400, 401, 403, 413, 429, 500, 503])
def test_every_other_refusal_may_be_tried_later_and_keeps_the_address_secret(
    config, service, browser, status
):
    service.status = status
    with pytest.raises(OSError, match=str(status)) as caught:
        WebPusher(config).send(browser.push())
    assert "device-1" not in str(caught.value)


def test_a_service_that_is_away_may_be_tried_later(config, browser):
    away = dataclasses.replace(config, web_push_base_url="http://127.0.0.1:1")
    with pytest.raises(OSError):  # noqa: PT011 - any kind of it
        WebPusher(away).send(browser.push())


def test_no_redirect_is_followed(config, service, browser):
    service.status, service.location = 307, service.url + "/elsewhere"
    with pytest.raises(OSError, match="307"):
        WebPusher(config).send(browser.push())
    assert len(service.got) == 1


def test_a_payload_that_no_service_would_take_is_a_mistake_of_the_caller(config, browser):
    with pytest.raises(ValueError, match="3072"):
        WebPusher(config).send(browser.push(b"x" * (LONGEST_PAYLOAD + 1)))


HOSTILE = [
    "https://127.0.0.1/push",
    "https://localhost/push",
    "https://10.0.0.5/push",
    "https://169.254.169.254/latest/meta-data/",
    "https://[::1]/push",
    "https://[::ffff:10.0.0.1]/",
    "https://2130706433/",
    "https://metadata.google.internal/",
    "https://fcm.googleapis.com.evil.example/fcm/send/x",
    "https://evilfcm.googleapis.com/fcm/send/x",
    "https://x.fcm.googleapis.com/fcm/send/x",
    "https://notify.windows.com/x",
    "https://evilnotify.windows.com/x",
    "https://evil.example/.notify.windows.com",
    "https://evil.example?x.notify.windows.com/",
    "https://fcm.googleapis.com@evil.example/x",
    "https://user:pass@fcm.googleapis.com/x",
    "https://evil.example\\@fcm.googleapis.com/x",
    "https://fcm.googleapis.com\\.evil.example/x",
    "https://fcm.googleapis.com:8443/x",
    "https://fcm.googleapis.com",
    "https://FCM.googleapis.com/x",
    "https://fcm.googleapis.com./x",
    "https://fcm.googleapis.com/x y",
    "https://fcm.googleapis.com/x\r\nHost: evil.example",
    "https://fcm.googleapis.com/ü",
    "https://ｆcm.googleapis.com/x",
    "http://fcm.googleapis.com/fcm/send/x",
    "file:///etc/passwd",
    "//fcm.googleapis.com/x",
    "",
]


@pytest.mark.parametrize("endpoint", HOSTILE)
def test_nothing_is_sent_to_hosts_that_are_no_push_service(config, service, endpoint):
    hostile = Browser(endpoint)
    with pytest.raises(BadSubscription) as caught:
        check(PushSubscription(**hostile.subscription))
    assert caught.value.field == "endpoint"
    # Again when sending: the list may have become shorter since.
    assert WebPusher(config).send(hostile.push()) is False
    assert service.got == []


@pytest.mark.parametrize(
    "endpoint",
    [
        ENDPOINT,
        "https://fcm.googleapis.com:443/wp/x",
        "https://jmt17.google.com/fcm/send/x",
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/Qx",
        "https://wns2-par02p.notify.windows.com/w/?token=BQ%2bA",
    ],
)
def test_the_push_services_of_browsers_are_known(endpoint):
    check(PushSubscription(**Browser(endpoint).subscription))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("p256dh", ""),
        ("p256dh", "AAAA"),
        ("p256dh", base64url(b"\x04" + b"\x01" * 64)),
        ("p256dh", "not base64!"),
        ("p256dh", "ü"),
        ("auth", ""),
        ("auth", base64url(b"x" * 15)),
        ("auth", base64url(b"x" * 17)),
        ("auth", "not base64!"),
    ],
)
def test_keys_that_cannot_encrypt_are_refused(browser, field, value):
    with pytest.raises(BadSubscription) as caught:
        check(PushSubscription(**{**browser.subscription, field: value}))
    assert caught.value.field == field

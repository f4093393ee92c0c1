"""Subscribing this session's browser, and only it."""

import pytest

from backend.models import PushSubscription
from tests.backend.push.conftest import Browser


def test_a_session_has_one_subscription_and_the_latest_counts(api_):
    token = api_.token()
    for number in (1, 2):
        browser = Browser(f"https://fcm.googleapis.com/fcm/send/device-{number}")
        assert api_.call("PUT", "/push", browser.subscription, token=token).status_code == 204
    assert [each.endpoint[-1] for each in PushSubscription.select()] == ["2"]


def test_two_sessions_have_one_each(api_):
    for number in (1, 2):
        browser = Browser(f"https://fcm.googleapis.com/fcm/send/device-{number}")
        api_.call("PUT", "/push", browser.subscription, token=api_.token())
    assert PushSubscription.select().count() == 2


def test_subscribing_again_changes_nothing(api_):
    token, browser = api_.token(), Browser()
    for _ in range(2):
        assert api_.call("PUT", "/push", browser.subscription, token=token).status_code == 204
    assert PushSubscription.select().count() == 1


def test_unsubscribing_ends_it_and_may_be_repeated(api_):
    token = api_.token()
    api_.call("PUT", "/push", Browser().subscription, token=token)
    for _ in range(2):
        assert api_.call("DELETE", "/push", token=token).status_code == 204
    assert PushSubscription.select().count() == 0


def test_another_session_cannot_unsubscribe_me(api_):
    api_.call("PUT", "/push", Browser().subscription, token=api_.token())
    api_.call("DELETE", "/push", token=api_.token("eve@rivals.example"))
    assert PushSubscription.select().count() == 1


@pytest.mark.parametrize(
    "endpoint", ["https://169.254.169.254/latest/", "https://localhost/x", "https://evil.example/"]
)
def test_an_endpoint_inside_our_network_is_refused_with_a_reason(api_, endpoint):
    answer = api_.call("PUT", "/push", Browser(endpoint).subscription, token=api_.token())
    assert answer.status_code == 400
    assert answer.json["field"] == "endpoint"
    assert "push service" in answer.json["detail"]
    assert PushSubscription.select().count() == 0


def test_keys_that_are_none_are_refused(api_):
    broken = {**Browser().subscription, "p256dh": "AAAA"}
    answer = api_.call("PUT", "/push", broken, token=api_.token())
    assert (answer.status_code, answer.json["field"]) == (400, "p256dh")

"""What the carrier does not take, in Twilio's codes and words; and the magic numbers."""

import pytest
import requests
from twilio.base.exceptions import TwilioRestException
from twilio.rest import Client

from tests.simulator.elsewhere import ACCOUNT, MAYA, OURS, TOKEN, MappedHttpClient


@pytest.mark.parametrize(
    ("wanted", "code"),
    [
        ({"to": "+15005550001"}, 21211),
        ({"to": "+15005550002"}, 21612),
        ({"to": "+15005550003"}, 21408),
        ({"to": "+15005550004"}, 21610),
        ({"to": "+15005550009"}, 21614),
        ({"from_": "+15005550001"}, 21212),
        ({"from_": "+15005550007"}, 21606),
        ({"from_": "+15005550008"}, 21611),
        ({"to": "four-oh-four"}, 21211),
        ({"to": "+1404"}, 21211),
        ({"to": "+14045550187;ext=5"}, 21211),
        ({"to": OURS}, 21211),
        ({"to": ""}, 21604),
        ({"to": "+447700900123"}, 21408),
        ({"from_": "+14045550199"}, 21606),
        ({"from_": "nonsense"}, 21212),
        ({"from_": None}, 21603),
        ({"body": ""}, 21602),
        ({"body": None}, 21602),
        ({"body": "x" * 1601}, 21617),
        ({"media_url": ["http://127.0.0.1/p.png"] * 11}, 21623),
        ({"media_url": ["javascript:alert(1)"]}, 21620),
        ({"status_callback": "http://my_host.example/x"}, 21609),
        ({"status_callback": "not an address"}, 21609),
    ],
)
def test_a_create_that_is_wrong_is_refused_and_nothing_is_entered(refused, simulator, wanted, code):
    assert refused(**wanted).code == code
    with simulator.state.look() as books:
        assert books.ledger == []


def test_the_magic_sender_works_without_being_rented(twilio):
    assert twilio.messages.create(to=MAYA, from_="+15005550006", body="Hi").status == "queued"


def test_a_full_queue_is_http_429_in_twilios_own_words(simulator):
    answer = requests.post(
        f"{simulator.url}/2010-04-01/Accounts/{ACCOUNT}/Messages.json",
        data={"To": MAYA, "From": "+15005550008", "Body": "Hi"},
        auth=(ACCOUNT, TOKEN),
        timeout=5,
    )
    assert answer.status_code == 429
    assert answer.json() == {
        "code": 21611,
        "message": "SMS queue is full.",
        "more_info": "https://www.twilio.com/docs/errors/21611",
        "status": 429,
    }


@pytest.mark.parametrize("user", [ACCOUNT, "AC" + "9" * 32, ""])
@pytest.mark.parametrize("path", ["Messages.json", "IncomingPhoneNumbers.json", "Nowhere.json"])
def test_without_the_right_token_everything_is_20003(simulator, user, path):
    answer = requests.get(
        f"{simulator.url}/2010-04-01/Accounts/{ACCOUNT}/{path}", auth=(user, "wrong"), timeout=5
    )
    assert answer.status_code == 401
    assert answer.json() == {
        "code": 20003,
        "detail": "Your AccountSid or AuthToken was incorrect.",
        "message": "Authenticate",
        "more_info": "https://www.twilio.com/docs/errors/20003",
        "status": 401,
    }


def test_an_account_sees_nothing_of_another(simulator, twilio):
    made = twilio.messages.create(to=MAYA, from_=OURS, body="Hi")
    stranger = "AC" + "8" * 32
    simulator.carrier.add_account(stranger, "another token")
    other = Client(
        stranger, "another token", http_client=MappedHttpClient(simulator.url, timeout=5)
    )
    assert other.messages.list() == []
    with pytest.raises(TwilioRestException) as caught:
        other.messages(made.sid).fetch()
    assert caught.value.code == 20404
    with pytest.raises(TwilioRestException) as caught:
        other.messages.create(to=MAYA, from_=OURS, body="Hi")
    assert caught.value.code == 21606
    with pytest.raises(TwilioRestException) as caught:
        other.api.accounts(ACCOUNT).fetch()
    assert caught.value.code == 20003


def test_what_is_not_there_is_20404(twilio):
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages("SM" + "0" * 32).fetch()
    assert (caught.value.status, caught.value.code) == (404, 20404)
    assert f"/2010-04-01/Accounts/{ACCOUNT}/Messages/SM" in caught.value.msg
    with pytest.raises(TwilioRestException) as caught:
        twilio.conversations.v1.conversations("CH" + "0" * 32).fetch()
    assert caught.value.code == 20404


def test_the_account_says_who_it_is(twilio):
    account = twilio.api.accounts(ACCOUNT).fetch()
    assert (account.sid, account.status, account.type) == (ACCOUNT, "active", "Full")

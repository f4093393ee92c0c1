"""What a webhook says of a text's media: sids are taken out of it, addresses never asked."""

import pytest
from flask import Flask
from twilio.request_validator import RequestValidator

from backend.config import Config
from backend.models import Media, Message
from backend.web import twilio
from tests.backend.world import ANA_NUMBER

ACCOUNT, TEXT = "AC" + "1" * 32, "MM" + "2" * 32
ONE, TWO = "ME" + "a" * 32, "ME" + "b" * 32
BASE = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT}/Messages/{TEXT}/Media"
CONFIG = Config(
    secret_key="x" * 40,
    public_url="https://repline.example",
    twilio_account_sid=ACCOUNT,
    twilio_auth_token="the token",
)


@pytest.fixture
def post(world):
    app = Flask("test")
    twilio.register(app, CONFIG, world.writer, lambda result: None)

    def send(**fields):
        form = {"AccountSid": ACCOUNT, "MessageSid": TEXT, "From": "+14045550187", **fields}
        form |= {"To": ANA_NUMBER, "Body": fields.get("Body", "")}
        signature = RequestValidator(CONFIG.twilio_auth_token).compute_signature(
            f"{CONFIG.public_url}/twilio/messages", form
        )
        headers = {"X-Twilio-Signature": signature}
        assert app.test_client().post("/twilio/messages", data=form, headers=headers).data
        return [media.carrier_sid for media in Media.select().order_by(Media.position)]

    return send


def test_the_media_of_a_text_are_filed_with_it_in_their_order(world, post):
    assert post(NumMedia="2", MediaUrl0=f"{BASE}/{ONE}", MediaUrl1=f"{BASE}/{TWO}") == [ONE, TWO]
    assert Message.get().media_count == 2
    assert {media.state for media in Media.select()} == {"pending"}
    assert len(world.just_woken("fetch")) == 2


@pytest.mark.parametrize(
    "url",
    [
        "",
        "http://169.254.169.254/latest/meta-data/",
        f"{BASE}/../../../{ONE}",
        f"{BASE}/{ONE}/../{TWO}",
        f"{BASE.replace(TEXT, 'MM' + '9' * 32)}/{ONE}",
        f"{BASE.replace(ACCOUNT, 'AC' + '9' * 32)}/{ONE}",
        f"{BASE}/{ONE}?next=https://evil.example",
        f"{BASE}/{ONE}\n",
    ],
)
def test_an_address_that_is_not_this_texts_gives_no_sid_and_the_list_is_asked(post, url):
    assert post(NumMedia="1", MediaUrl0=url) == [""]


def test_the_host_of_an_address_does_not_matter(post):
    elsewhere = BASE.replace("api.twilio.com", "evil.example")
    assert post(NumMedia="1", MediaUrl0=f"{elsewhere}/{ONE}") == [ONE]


@pytest.mark.parametrize(("count", "made"), [("999999999", 10), ("-1", 0), ("x", 0), ("", 0)])
def test_a_count_that_no_carrier_sends_makes_ten_at_most(post, count, made):
    assert post(NumMedia=count, Body="Hello") == [""] * made
    assert Message.get().media_count == made

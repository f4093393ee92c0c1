"""Numbers that we rent, and what kind of line other numbers are."""

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from tests.simulator.elsewhere import MAYA, OTHER, OURS


def test_the_numbers_are_listed_with_what_they_can_do(twilio, backend):
    ours, other = twilio.incoming_phone_numbers.list()
    assert (ours.phone_number, other.phone_number) == (OURS, OTHER)
    assert ours.capabilities == {"sms": True, "mms": True, "voice": True, "fax": False}
    assert ours.sms_url == f"{backend.url}/twilio/messages"
    assert ours.date_created.tzinfo


def test_a_number_is_rented_changed_and_given_back(twilio, refused):
    made = twilio.incoming_phone_numbers.create(area_code="212", friendly_name="New York")
    assert (made.phone_number, made.friendly_name) == ("+12125550100", "New York")
    assert made.update(sms_url="https://here.example/in").sms_url == "https://here.example/in"
    assert made.fetch().friendly_name == "New York"
    assert twilio.messages.create(to=MAYA, from_=made.phone_number, body="Hi").sid
    assert made.delete()
    assert refused(from_=made.phone_number).code == 21606


def test_a_number_cannot_be_rented_twice(twilio):
    with pytest.raises(TwilioRestException) as caught:
        twilio.incoming_phone_numbers.create(phone_number=OURS)
    assert caught.value.code == 21422
    with pytest.raises(TwilioRestException) as caught:
        twilio.incoming_phone_numbers.create(phone_number="nonsense")
    assert caught.value.code == 21421


def lookup(twilio, number):
    return twilio.lookups.v2.phone_numbers(number).fetch(fields="line_type_intelligence")


def test_a_number_is_a_mobile_unless_said_otherwise(twilio, simulator):
    found = lookup(twilio, MAYA)
    assert (found.valid, found.country_code, found.national_format) == (
        True,
        "US",
        "(404) 555-0187",
    )
    assert found.line_type_intelligence["type"] == "mobile"
    change = {"phone": MAYA, "line_type": "landline"}
    assert requests.post(f"{simulator.url}/simulator/phones", json=change, timeout=5).ok
    assert lookup(twilio, MAYA).line_type_intelligence["type"] == "landline"
    assert lookup(twilio, "+18885550100").line_type_intelligence["type"] == "tollFree"


def test_canada_needs_an_approval_that_nobody_has(twilio):
    line = lookup(twilio, "+14165550123").line_type_intelligence
    assert (line["type"], line["error_code"]) == (None, 60601)


def test_what_is_no_number_is_said_to_be_invalid(twilio):
    found = lookup(twilio, "+1404")
    assert (found.valid, found.validation_errors) == (False, ["TOO_SHORT"])


def test_without_asking_for_it_the_line_type_is_not_told(twilio):
    assert twilio.lookups.v2.phone_numbers(MAYA).fetch().line_type_intelligence is None

"""Messaging Services, brands, campaigns and toll-free verifications."""

from dataclasses import replace

import pytest
import requests
from twilio.base.exceptions import TwilioRestException

from simulator.carrier import open_carrier
from tests.simulator.elsewhere import MAYA, OTHER, OURS, SERVICE

PURPOSE = "Our sales people answer questions of customers who wrote to them first."
TOLL_FREE = "+18885550100"


@pytest.fixture
def decide(simulator):
    def decide(sid, status, *errors):
        body = {"sid": sid, "status": status, "errors": list(errors)}
        answer = requests.post(f"{simulator.url}/simulator/registrations", json=body, timeout=5)
        assert answer.ok, answer.text

    return decide


@pytest.fixture
def brand(twilio):
    profile = twilio.trusthub.v1.customer_profiles.create(
        friendly_name="Brightpath", email="a@b.example", policy_sid="RN" + "0" * 32
    )
    return twilio.messaging.v1.brand_registrations.create(
        customer_profile_bundle_sid=profile.sid, a2p_profile_bundle_sid="BU" + "0" * 32
    )


def campaign(twilio, service, brand, **more):
    wanted = {
        "brand_registration_sid": brand.sid,
        "description": PURPOSE,
        "message_flow": PURPOSE,
        "message_samples": [PURPOSE, PURPOSE],
        "us_app_to_person_usecase": "MIXED",
        "has_embedded_links": False,
        "has_embedded_phone": False,
        **more,
    }
    return twilio.messaging.v1.services(service).us_app_to_person.create(**wanted)


def test_a_campaign_waits_for_its_brand_and_both_for_a_verdict(twilio, brand, decide):
    assert brand.status == "PENDING"
    with pytest.raises(TwilioRestException):
        campaign(twilio, SERVICE, brand)
    decide(brand.sid, "APPROVED")
    made = campaign(twilio, SERVICE, brand)
    decide(made.sid, "FAILED", "The samples show no opt-out.")
    (listed,) = twilio.messaging.v1.services(SERVICE).us_app_to_person.list()
    assert (listed.campaign_status, listed.brand_registration_sid) == ("FAILED", brand.sid)
    assert listed.errors[0]["description"] == "The samples show no opt-out."
    assert twilio.messaging.v1.brand_registrations(brand.sid).fetch().status == "APPROVED"


def test_a_number_is_in_one_service_at_most(twilio, simulator):
    service = twilio.messaging.v1.services.create(friendly_name="Reps")
    with simulator.state.look() as books:
        sid = {n.phone_number: n.sid for n in books.numbers.values()}
    service.phone_numbers.create(phone_number_sid=sid[OURS])
    with pytest.raises(TwilioRestException) as caught:
        service.phone_numbers.create(phone_number_sid=sid[OTHER])
    assert caught.value.code == 21710
    assert [each.phone_number for each in service.phone_numbers.list()] == [OURS]
    sent = twilio.messages.create(
        to=MAYA, from_=OURS, messaging_service_sid=service.sid, body="From this one"
    )
    assert (sent.from_, sent.messaging_service_sid) == (OURS, service.sid)
    assert service.phone_numbers(sid[OURS]).delete()
    assert service.phone_numbers.list() == []


def test_a_sender_that_the_service_has_not_is_refused(twilio):
    with pytest.raises(TwilioRestException) as caught:
        twilio.messages.create(to=MAYA, from_=OURS, messaging_service_sid=SERVICE, body="Hi")
    assert caught.value.code == 21711


def test_a_service_may_take_what_arrives_on_its_numbers(twilio, simulator, backend, text):
    service = twilio.messaging.v1.services(SERVICE)
    service.update(
        inbound_request_url=f"{backend.url}/service", use_inbound_webhook_on_number=False
    )
    text(MAYA, "Hello", to=OTHER)
    assert backend.wait_for(lambda seen: any(each.path == "/service" for each in seen))
    service.update(inbound_request_url="", use_inbound_webhook_on_number=True)
    text(MAYA, "Again", to=OTHER)
    assert backend.wait_for(lambda seen: any(each.path == "/twilio/messages" for each in seen))


def test_long_lists_come_a_page_at_a_time(twilio):
    made = [twilio.messaging.v1.services.create(friendly_name=f"S{n}").sid for n in range(3)]
    listed = [each.sid for each in twilio.messaging.v1.services.list(page_size=2)]
    assert [sid for sid in listed if sid in made] == made


def test_a_toll_free_number_is_verified_and_others_are_not(twilio, simulator, decide):
    number = twilio.incoming_phone_numbers.create(phone_number=TOLL_FREE)
    needed = dict.fromkeys(
        (
            *("business_name", "business_website", "notification_email", "use_case_summary"),
            *("production_message_sample", "opt_in_type", "message_volume"),
        ),
        "x",
    )
    lists = {"use_case_categories": ["MIXED"], "opt_in_image_urls": ["https://a.example/x.png"]}
    asked = {**needed, **lists}
    verifications = twilio.messaging.v1.tollfree_verifications
    made = verifications.create(tollfree_phone_number_sid=number.sid, **asked)
    decide(made.sid, "TWILIO_REJECTED", "The website does not answer.")
    (listed,) = verifications.list(tollfree_phone_number_sid=number.sid)
    assert (listed.status, listed.rejection_reason) == (
        "TWILIO_REJECTED",
        "The website does not answer.",
    )
    with simulator.state.look() as books:
        ours = next(n.sid for n in books.numbers.values() if n.phone_number == OURS)
    with pytest.raises(TwilioRestException):
        verifications.create(tollfree_phone_number_sid=ours, **asked)


def test_short_codes_are_a_list_of_their_own(twilio, simulator):
    simulator.carrier.add_number(twilio.account_sid, "89454")
    (code,) = twilio.short_codes.list()
    assert code.short_code == "89454"
    assert "89454" not in [each.phone_number for each in twilio.incoming_phone_numbers.list()]
    assert code.update(sms_url="https://here.example/in").sms_url == "https://here.example/in"


def test_with_registered_numbers_nothing_is_missing(settings):
    carrier = open_carrier(replace(settings, services={}, registered=True))
    with carrier.state.look() as books:
        statuses = {each.kind: each.status for each in books.registrations.values()}
        pools = list(books.services.values())
    carrier.close()
    assert (statuses["brand"], statuses["campaign"]) == ("APPROVED", "VERIFIED")
    assert pools == [[OURS, OTHER]]

"""Opt-out keywords, handled as Twilio handles them by default."""

import pytest

from tests.simulator.elsewhere import MAYA, OTHER, OURS, SERVICE

TOLL_FREE = "+18885550123"
STOPPED = (
    "You have successfully been unsubscribed. You will not receive any more messages from this "
    "number. Reply START to resubscribe."
)


@pytest.mark.parametrize(
    "word",
    ["STOP", " stop\n", "StopAll", "unsubscribe", "CANCEL", "end", "quit", "revoke", "optout"],
)
def test_a_stop_word_is_answered_forwarded_and_blocks_that_number(
    text, inbox, backend, refused, twilio, word
):
    assert text(MAYA, word)["delivered"]
    assert backend.seen[0].form["Body"] == word
    assert "OptOutType" not in backend.seen[0].form
    sent, answer = inbox(MAYA)
    assert (sent["direction"], answer["direction"]) == ("sent", "received")
    assert (answer["body"], answer["from"], answer["sid"]) == (STOPPED, OURS, None)
    error = refused(to=MAYA)
    assert (error.code, error.msg) == (
        21610,
        "Unable to create record: Attempt to send to unsubscribed recipient",
    )
    assert twilio.messages.create(to=MAYA, from_=OTHER, body="Another number").sid


@pytest.mark.parametrize("words", ["opt out", "please stop", "STOP!", "stop texting me", "start"])
def test_other_words_are_just_words(text, inbox, twilio, words):
    text(MAYA, words)
    assert len(inbox(MAYA)) == 1
    assert twilio.messages.create(to=MAYA, from_=OURS, body="Hi").sid


@pytest.mark.parametrize("word", ["START", "yes", "Unstop"])
def test_a_start_word_ends_it(text, inbox, twilio, word):
    text(MAYA, "STOP")
    text(MAYA, word)
    assert inbox(MAYA)[-1]["body"].startswith("You have successfully been re-subscribed")
    assert twilio.messages.create(to=MAYA, from_=OURS, body="Hi").sid


def test_a_second_stop_is_not_answered_again(text, inbox):
    text(MAYA, "STOP")
    text(MAYA, "STOP")
    assert [t["direction"] for t in inbox(MAYA)] == ["sent", "received", "sent"]


@pytest.mark.parametrize("word", ["HELP", "info"])
def test_help_is_answered_and_blocks_nothing(text, inbox, twilio, word):
    text(MAYA, word)
    assert inbox(MAYA)[-1]["body"].startswith("Reply STOP to unsubscribe")
    assert twilio.messages.create(to=MAYA, from_=OURS, body="Hi").sid


def test_the_carriers_own_answers_are_not_in_the_accounts_list(text, twilio):
    text(MAYA, "STOP")
    assert [m.direction for m in twilio.messages.list()] == ["inbound"]


def test_in_a_service_an_opt_out_holds_for_the_whole_service(text, refused):
    text(MAYA, "STOP", to=OTHER)
    assert refused(to=MAYA, from_=None, messaging_service_sid=SERVICE).code == 21610


def test_toll_free_knows_fewer_words_and_the_network_answers(
    text, inbox, twilio, simulator, refused
):
    twilio.incoming_phone_numbers.create(phone_number=TOLL_FREE)
    text(MAYA, "QUIT", to=TOLL_FREE)
    assert len(inbox(MAYA)) == 1
    text(MAYA, "STOP", to=TOLL_FREE)
    assert inbox(MAYA)[-1]["body"].startswith("NETWORK MSG")
    text(MAYA, "YES", to=TOLL_FREE)
    assert refused(to=MAYA, from_=TOLL_FREE).code == 21610
    text(MAYA, "UNSTOP", to=TOLL_FREE)
    assert twilio.messages.create(to=MAYA, from_=TOLL_FREE, body="Hi").sid


def test_a_short_code_of_ones_own_is_left_alone(text, inbox, simulator, twilio):
    simulator.carrier.add_number(twilio.account_sid, "54321")
    text(MAYA, "STOP", to="54321")
    assert len(inbox(MAYA)) == 1
    assert twilio.messages.create(to=MAYA, from_="54321", body="Confirmed").from_ == "54321"

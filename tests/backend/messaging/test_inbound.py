import msgspec
import pytest

from backend.messaging import inbound
from backend.models import Activity, Conversation, Message, OptOut, Person, WebhookEvent
from backend.store import pushes, sessions
from backend.store.rows import now
from shared import wire
from tests.backend.world import ANA_NUMBER, BEN_NUMBER, THEIR_NUMBER

MAYA = "+14045550187"


@pytest.fixture
def arrive(world):
    count = 0

    def send(body="Hello", sender=MAYA, recipient=ANA_NUMBER, sid=None):
        nonlocal count
        count += 1
        text = inbound.Inbound(
            sid=sid or f"SM{count}", sender=sender, recipient=recipient, body=body, at=now()
        )
        return world.writer(lambda tx: inbound.receive(tx, text, {"Body": body}))

    return send


def latest(world, user):
    return msgspec.json.decode(world.events(user)[-1].frame)


def test_a_text_is_filed_with_its_webhook_activity_and_feed_event_at_once(world, arrive):
    message = arrive("Yes!")
    assert Message.get_by_id(message).body == "Yes!"
    assert WebhookEvent.get().filed
    assert Activity.get().message_id == message
    assert latest(world, world.ana)["message"]["body"] == "Yes!"
    assert latest(world, world.ana)["unread"] == 1


def test_an_unknown_sender_becomes_a_person_to_be_named(world, arrive):
    arrive()
    person = Person.get()
    assert (person.name, person.mobile) == ("", MAYA)
    assert latest(world, world.ana)["conversation"]["match"] == "new"


def test_of_several_people_the_one_contacted_last_is_chosen_and_the_others_are_named(world, arrive):
    world.person(MAYA, "Earlier", contacted_at=1000, created_at=5)
    world.person(MAYA, "Latest", contacted_at=2000, created_at=1)
    world.person(MAYA, "Never", created_at=9000)
    arrive()
    conversation = latest(world, world.ana)["conversation"]
    assert conversation["person"]["name"] == "Latest"
    assert conversation["match"] == "last_contacted"
    assert set(conversation["match_others"]) == {"Earlier", "Never"}


def test_when_nobody_was_contacted_the_one_created_last_is_chosen(world, arrive):
    world.person(MAYA, "Old", created_at=1)
    world.person(MAYA, "New", created_at=2)
    arrive()
    conversation = latest(world, world.ana)["conversation"]
    assert (conversation["person"]["name"], conversation["match"]) == ("New", "last_created")


def test_people_of_another_team_are_never_matched(world, arrive):
    world.person(MAYA, "Theirs", team=world.others, contacted_at=9)
    arrive()
    assert latest(world, world.ana)["conversation"]["person"]["name"] == ""
    assert world.events(world.stranger) == []


def test_a_redelivered_webhook_is_one_message_and_one_event(world, arrive):
    assert arrive(sid="SM9")
    assert arrive(sid="SM9") is None
    assert Message.select().count() == 1
    assert len(world.events(world.ana)) == 1
    assert Conversation.get().unread == 1


def test_only_the_users_of_the_number_are_told(world, arrive):
    arrive(recipient=BEN_NUMBER)
    assert world.events(world.ana) == []
    assert len(world.events(world.ben)) == 1


def test_the_same_sender_to_two_teams_makes_two_conversations(world, arrive):
    arrive(recipient=ANA_NUMBER)
    arrive(recipient=THEIR_NUMBER)
    assert {c.team_id for c in Conversation.select()} == {world.team.id, world.others.id}


def test_a_text_to_a_number_that_is_not_ours_is_kept_unfiled(world, arrive):
    assert arrive(recipient="+19995550100") is None
    assert not WebhookEvent.get().filed


def test_numbers_are_normalised_so_that_one_sender_is_one_person(world, arrive):
    arrive(sender="+14045550187")
    arrive(sender="14045550187")
    assert Person.select().count() == 1


def test_short_codes_and_names_are_filed_as_they_are(world, arrive):
    assert arrive(sender="72345")
    assert latest(world, world.ana)["conversation"]["blocked"]["reason"] == "no_mobile"


@pytest.mark.parametrize("body", ["", "\x00", "a\x00b", "x" * 20_000, "🙌" * 800, "<b>hi</b>"])
def test_any_text_is_filed(world, arrive, body):
    assert arrive(body)
    assert "\x00" not in Message.get().body


def test_a_stop_word_opts_out_and_a_start_word_back_in(world, arrive):
    arrive("STOP")
    assert OptOut.get().mobile == MAYA
    assert latest(world, world.ana)["conversation"]["blocked"]["reason"] == "opted_out"
    arrive("START")
    assert OptOut.select().count() == 0


def test_a_push_goes_to_the_users_of_the_number_who_have_a_browser_to_wake(world, arrive):
    arrive("Nobody to wake")
    assert world.just_woken("push") == []
    session = world.writer(
        lambda tx: sessions.start(tx, world.team.id, world.ana.id, client="", expires_at=2**50)
    )
    browser = wire.PushSubscription(endpoint="https://fcm.googleapis.com/x", p256dh="k", auth="a")
    world.writer(
        lambda tx: pushes.set_for_session(tx, world.team.id, world.ana.id, session, browser)
    )
    arrive("Yes!")
    [(_, (user, payload), *_)] = world.just_woken("push")
    assert user == world.ana.id
    assert msgspec.json.decode(payload)["body"] == "Yes!"


def test_a_stop_word_is_told_in_every_conversation_with_that_mobile(world, arrive):
    arrive("Hello", recipient=BEN_NUMBER)
    arrive("STOP", recipient=ANA_NUMBER)
    assert latest(world, world.ben)["conversation"]["blocked"]["reason"] == "opted_out"
    arrive("START", recipient=ANA_NUMBER)
    assert latest(world, world.ben)["conversation"]["blocked"] is None
    assert len(world.events(world.ben)) == 3

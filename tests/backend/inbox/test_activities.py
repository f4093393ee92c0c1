"""What happened to a person: who sees it, in which order, in whose words."""

import pytest
import time_machine

from backend.inbox import activities, cursors, listing
from backend.messaging import inbound
from backend.messaging.outbound import Draft, NotFound, send
from backend.models import Activity, Conversation, Message, Person
from backend.store import activities as stored
from backend.store.rows import now
from shared import wire
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"


@pytest.fixture
def maya(world) -> int:
    page = wire.PersonOnPage(mobile=MAYA, name="Maya Okonkwo", crm_ref="demo:contact:1")
    opened = listing.open_person(world.writer, world.team.id, world.ana.id, page)
    return opened.conversation.person.id


@pytest.fixture
def say(world, maya):
    """Ana writes to Maya; each text has a ref of its own."""

    def said(body="Hello", **more):
        draft = Draft(f"ref-{Message.select().count():08}", body, **more)
        talk = Conversation.get(Conversation.person == maya).id
        team, user = world.team.id, world.ana.id
        return send(
            world.writer, team=team, user=user, conversation=talk, draft=draft, road="pane"
        ).message

    return said


@pytest.fixture(autouse=True)
def noon():
    """In New York, on a Tuesday: quiet hours are not what is tried here."""
    with time_machine.travel("2026-11-17 17:00:00+00:00", tick=False) as clock:
        yield clock


@pytest.fixture
def arrive(world):
    def text(body="Hi", **more):
        came = inbound.Inbound(
            sid=f"SM{Message.select().count()}",
            sender=MAYA,
            recipient=ANA_NUMBER,
            body=body,
            at=now(),
            **more,
        )
        return world.writer(lambda tx: inbound.receive(tx, came, {}))

    return text


@pytest.fixture
def feed(world):
    def of(person, user=None, before="", limit=50):
        who = user or world.ana
        return activities.page(who.team_id, who.id, person, before=before, limit=limit)

    return of


def note(world, person, text="Call after Monday", user=None):
    who = user or world.ana
    return activities.add_note(world.writer, who.team_id, who.id, person, text)


def test_texts_and_notes_are_told_latest_first_with_who_and_when(
    world, maya, say, arrive, feed, noon
):
    say("Hello Maya")
    noon.shift(60)
    arrive("Hi Ana")
    noon.shift(60)
    note(world, maya)
    held, following = feed(maya)
    assert [(one.kind, one.who, one.text, one.direction) for one in held] == [
        ("note", "Ana Ruiz", "Call after Monday", None),
        ("message", "Maya Okonkwo", "Hi Ana", "inbound"),
        ("message", "Ana Ruiz", "Hello Maya", "outbound"),
    ]
    assert [held[0].at - one.at for one in held] == [0, 60_000, 120_000]
    assert [one.status for one in held] == [None, "received", "queued"]
    assert following == ""


@pytest.mark.parametrize(
    ("body", "shown"), [("See it", "See it\n<media attached>"), ("", "<media attached>")]
)
def test_a_text_with_media_says_so_and_shows_none_of_it(maya, say, feed, body, shown):
    message = say(body or "x")
    Message.update(media_count=2, body=body).where(Message.id == message.id).execute()
    assert feed(maya)[0][0].text == shown


def test_what_no_user_did_the_person_did(world, maya, feed):
    world.writer(lambda tx: stored.add(tx, world.team.id, maya, "opt_out", text="Replied STOP"))
    world.writer(
        lambda tx: stored.add(tx, world.team.id, maya, "restricted", user=world.admin.id, text="No")
    )
    found = {one.kind: (one.who, one.text) for one in feed(maya)[0]}
    assert found == {
        "opt_out": ("Maya Okonkwo", "Replied STOP"),
        "restricted": ("Ada Admin", "No"),
    }


def test_pages_follow_each_other_without_gap_or_repeat_also_within_one_moment(world, maya, feed):
    for count in range(7):
        note(world, maya, f"Note {count}")
    seen, before = [], ""
    while True:
        held, before = feed(maya, before=before, limit=3)
        seen += [one.text for one in held]
        if not before:
            break
    assert seen == [f"Note {count}" for count in reversed(range(7))]


@pytest.mark.parametrize("cursor", ["x", "1", "1-2-3", "-", "١-٢", "9" * 17 + "-1"])
def test_a_cursor_that_is_not_ours_is_refused(maya, feed, cursor):
    with pytest.raises(cursors.BadCursor):
        feed(maya, before=cursor)


def test_a_colleague_without_a_conversation_with_the_person_and_another_team_see_nothing(
    world, maya, feed
):
    note(world, maya)
    assert len(feed(maya, world.admin)[0]) == 1
    for user in (world.ben, world.stranger):
        with pytest.raises(NotFound):
            feed(maya, user)
        with pytest.raises(NotFound):
            note(world, maya, user=user)
    assert Activity.select().count() == 1


def test_a_person_of_another_team_does_not_exist_here(world, feed):
    theirs = world.person(MAYA, "Theirs", team=world.others)
    assert Person.get_by_id(theirs.id).team_id == world.others.id
    with pytest.raises(NotFound):
        feed(theirs.id)


def test_a_note_whose_answer_was_lost_is_written_once(world, maya, feed, noon):
    first = note(world, maya, "  Call after Monday\n")
    noon.shift(9 * 60)
    assert note(world, maya).id == first.id
    noon.shift(2 * 60)
    assert note(world, maya).id != first.id
    assert [one.text for one in feed(maya)[0]] == ["Call after Monday"] * 2


def test_a_note_without_words_is_refused(world, maya):
    with pytest.raises(activities.EmptyNote, match="write some"):
        note(world, maya, " \n\t ")

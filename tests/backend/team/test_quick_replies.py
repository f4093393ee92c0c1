"""Quick replies: the team's are the admins', and everybody finds them beside their own."""

import pytest

from backend.store import quick_replies as stored
from backend.store.audit import Actor
from backend.team import quick_replies
from backend.team.faults import Invalid, NotThere
from backend.web.frames import HANDLERS
from backend.web.frames.call import Call
from shared import wire


@pytest.fixture
def actor(world):
    return Actor(world.team.id, world.admin.id, world.admin.email)


def test_a_user_finds_the_teams_and_their_own_by_name(world, actor):
    work = world.writer
    work(lambda tx: quick_replies.add(tx, actor, name="hours", body="We open at nine."))
    work(lambda tx: stored.add(tx, world.team.id, world.ana.id, "Directions", "Left."))
    work(lambda tx: stored.add(tx, world.team.id, world.ben.id, "Ben's", "Mine."))
    work(lambda tx: stored.add(tx, world.others.id, None, "Theirs", "No."))

    class Ana:
        team, user = world.team.id, world.ana.id

    frame = wire.QuickReplyList(v=1, request="request-1")
    call = Call(None, None, Ana)  # type: ignore[arg-type]
    answer = HANDLERS[wire.QuickReplyList](call, frame)
    assert [(each.name, each.shared) for each in answer.quick_replies] == [
        ("Directions", False),
        ("hours", True),
    ]


def test_a_name_is_taken_whatever_its_capitals(world, actor):
    world.writer(lambda tx: quick_replies.add(tx, actor, name="Hours", body="Nine."))
    with pytest.raises(Invalid) as caught:
        world.writer(lambda tx: quick_replies.add(tx, actor, name=" HOURS ", body="Ten."))
    assert "already" in caught.value.errors["name"]


def test_a_text_has_words_and_an_end(world, actor):
    for body in ("", "  \n ", "x" * 1601):
        with pytest.raises(Invalid) as caught:
            world.writer(lambda tx, body=body: quick_replies.add(tx, actor, name="A", body=body))
        assert set(caught.value.errors) == {"body"}


def test_a_users_own_and_another_teams_are_not_the_admins(world, actor):
    mine = world.writer(lambda tx: stored.add(tx, world.team.id, world.ana.id, "Mine", "Mine."))
    theirs = world.writer(lambda tx: stored.add(tx, world.others.id, None, "Theirs", "No."))
    for reply in (mine, theirs):
        with pytest.raises(NotThere):
            world.writer(lambda tx, reply=reply: quick_replies.remove(tx, actor, reply))


@pytest.mark.parametrize(
    ("name", "body", "field"),
    [
        ("\u200b", "Nine.", "name"),
        ("Ho\x00urs", "Nine.", "name"),
        ("Hours", "Ni\x00ne.", "body"),
        ("Hours", "Ni\x1bne.", "body"),
        ("Hours", "\u200b\u2060", "body"),
    ],
)
def test_what_cannot_be_seen_is_refused_at_its_field(world, actor, name, body, field):
    with pytest.raises(Invalid) as caught:
        world.writer(lambda tx: quick_replies.add(tx, actor, name=name, body=body))
    assert set(caught.value.errors) == {field}


def test_a_quick_reply_has_lines(world, actor):
    assert world.writer(lambda tx: quick_replies.add(tx, actor, name="Two", body="One\r\n\tTwo"))

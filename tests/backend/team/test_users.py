"""Who belongs to a team: the last admin stays, links work once, and everything is noted."""

import threading

import msgspec
import pytest
import time_machine

from backend.models import Audit, User
from backend.store import sessions
from backend.store.audit import Actor
from backend.store.rows import now
from backend.store.writer import InlineWriter
from backend.team import licenses, users
from backend.team.faults import Invalid, NotThere, Refused
from shared import wire


@pytest.fixture
def actor(world):
    world.admin.password_hash = "set"
    world.admin.save()
    return Actor(world.team.id, world.admin.id, world.admin.email, "198.51.100.7")


def test_the_only_admin_can_be_neither_demoted_nor_disabled(world, actor):
    for refused in (
        lambda tx: users.disable(tx, actor, world.admin.id),
        lambda tx: users.change(tx, actor, world.admin.id, name="Ada", role="rep"),
    ):
        with pytest.raises(Refused, match="only admin who can sign in"):
            world.writer(refused)
    held = User.get_by_id(world.admin.id)
    assert (held.role, held.disabled_at) == ("admin", None)


def test_an_invited_or_disabled_admin_does_not_replace_the_last_one(world, actor):
    work = world.writer
    work(lambda tx: users.add(tx, actor, email="in@x.example", name="In", role="admin"))
    off = work(
        lambda tx: users.add(
            tx, actor, email="off@x.example", name="Off", role="admin", password_hash="set"
        )
    )
    work(lambda tx: users.disable(tx, actor, off))
    with pytest.raises(Refused):
        work(lambda tx: users.disable(tx, actor, world.admin.id))
    work(lambda tx: users.enable(tx, actor, off))
    work(lambda tx: users.disable(tx, actor, world.admin.id))


def test_two_admins_cannot_disable_each_other_at_once(world, actor):
    world.ana.role, world.ana.password_hash = "admin", "set"
    world.ana.save()
    start, refused = threading.Barrier(2), []

    def disable(target):
        start.wait()
        try:
            InlineWriter(lambda tx: None)(lambda tx: users.disable(tx, actor, target))
        except Refused as error:
            refused.append(error)

    threads = [
        threading.Thread(target=disable, args=(each.id,)) for each in (world.ana, world.admin)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 1
    assert User.select().where(User.role == "admin", User.disabled_at.is_null()).count() >= 1


def test_a_link_works_once_and_signs_out_whoever_was_in(world, actor):
    work = world.writer
    secret = work(lambda tx: users.new_link(tx, actor, world.ana.id))
    session = work(
        lambda tx: sessions.start(
            tx, world.team.id, world.ana.id, client="", expires_at=now() + 9999
        )
    )
    assert users.invitee(secret).email == world.ana.email
    known, ended = work(lambda tx: users.use_link(tx, secret, "new hash", "203.0.113.9"))
    assert (known.id, ended) == (world.ana.id, [session])
    assert User.get_by_id(world.ana.id).password_hash == "new hash"
    with pytest.raises(NotThere):
        work(lambda tx: users.use_link(tx, secret, "another", ""))


def test_a_link_ends_after_seven_days_and_with_the_next_one(world, actor):
    with time_machine.travel("2026-11-01", tick=False) as clock:
        first = world.writer(lambda tx: users.new_link(tx, actor, world.ana.id))
        second = world.writer(lambda tx: users.new_link(tx, actor, world.ana.id))
        assert users.invitee(first) is None
        clock.shift(7 * 24 * 3600 - 1)
        assert users.invitee(second) is not None
        clock.shift(1)
        assert users.invitee(second) is None


def test_the_secret_of_a_link_is_kept_nowhere(world, actor, database):
    secret = world.writer(lambda tx: users.new_link(tx, actor, world.ana.id))
    rows = [
        row
        for table in database.get_tables()
        for row in database.execute_sql(f'SELECT * FROM "{table}"').fetchall()
    ]
    assert secret not in str(rows)
    assert "link_made" in str(rows)


def test_all_that_is_wrong_is_said_at_once(world, actor):
    with pytest.raises(Invalid) as caught:
        world.writer(lambda tx: users.add(tx, actor, email="ana", name=" ", role="boss"))
    assert set(caught.value.errors) == {"email", "name", "role"}


def test_a_team_cannot_touch_another_teams_user(world, actor):
    for work in (users.disable, users.enable, users.new_link):
        with pytest.raises(NotThere):
            world.writer(lambda tx, work=work: work(tx, actor, world.stranger.id))


def test_a_change_of_role_is_noted_with_before_and_after_and_told_to_the_user(world, actor):
    world.writer(lambda tx: users.change(tx, actor, world.ana.id, name="Ana R", role="admin"))
    entry = Audit.get(Audit.action == "user.changed")
    assert (entry.actor, entry.address, entry.subject) == (
        world.admin.email,
        "198.51.100.7",
        world.ana.email,
    )
    assert msgspec.json.decode(entry.before) == {"name": "Ana Ruiz", "role": "rep"}
    assert msgspec.json.decode(entry.after) == {"name": "Ana R", "role": "admin"}
    assert b'"session.updated"' in world.events(world.ana)[-1].frame


def test_the_frame_says_what_the_user_may_do_now(world, actor):
    world.writer(lambda tx: licenses.revoke(tx, actor, world.ana.id, "messenger"))
    frame = msgspec.json.decode(world.events(world.ana)[-1].frame, type=wire.SessionUpdated)
    assert frame.blocked.reason == "no_license"
    assert [each.e164 for each in frame.numbers] == [world.number.e164]
    world.writer(lambda tx: licenses.assign(tx, actor, world.ana.id, "messenger"))
    frame = msgspec.json.decode(world.events(world.ana)[-1].frame, type=wire.SessionUpdated)
    assert frame.blocked is None
    assert world.events(world.ben) == []


@pytest.mark.parametrize(
    "name", ["\u200b\u200b", "\u202eana", "A\x00na", "A\x07na", "\u3164", "\ufe0f", "x" * 201]
)
def test_a_name_that_cannot_be_seen_or_read_is_refused(world, actor, name):
    with pytest.raises(Invalid) as caught:
        world.writer(lambda tx: users.change(tx, actor, world.ana.id, name=name, role="rep"))
    assert set(caught.value.errors) == {"name"}


@pytest.mark.parametrize("name", ["Ana", "José Ñ", "אנה", "李娜", "Zoë 🙂", "रवि", "O’Neil\u200d"])
def test_names_of_all_scripts_are_names(world, actor, name):
    assert world.writer(lambda tx: users.change(tx, actor, world.ana.id, name=name, role="rep"))


@pytest.mark.parametrize(
    "email", ["a\x00na@x.example", "a\u200bna@x.example", "\u202eana@x.example", "a\x07@x.example"]
)
def test_an_email_with_what_cannot_be_seen_is_refused(email):
    with pytest.raises(Invalid) as caught:
        users.check(email=email, name="Ana", role="rep")
    assert "cannot be seen" in caught.value.errors["email"]


def test_a_full_width_email_is_the_one_that_it_looks_like(world, actor):
    lookalike = world.ana.email.replace("ana", "ａｎａ").replace(".", "．").replace("@", "＠")
    with pytest.raises(Refused) as caught:
        world.writer(lambda tx: users.add(tx, actor, email=lookalike, name="Ana", role="rep"))
    assert "already" in caught.value.errors["email"]

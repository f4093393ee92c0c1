"""A text arrives: every browser of the user is woken, those that are gone are forgotten."""

import pytest

from backend.inbox.pushing import wake
from backend.models import PushSubscription
from backend.push import WebPusher
from backend.store import pushes, sessions, users
from backend.store.rows import now
from shared import wire
from tests.backend.push.conftest import Browser

DAY = 24 * 3600 * 1000


@pytest.fixture
def sign_in(world):
    """Start a session in which this browser is pushed to; its id."""

    def start(user, browser: Browser) -> int:
        team = user.team_id

        def work(tx):
            session = sessions.start(tx, team, user.id, client="", expires_at=now() + DAY)
            given = wire.PushSubscription(**browser.subscription)
            pushes.set_for_session(tx, team, user.id, session, given)
            return session

        return world.writer(work)

    return start


def other(number: int) -> Browser:
    return Browser(f"https://fcm.googleapis.com/fcm/send/device-{number}")


def test_all_browsers_of_the_user_are_woken_and_nobody_elses(
    world, config, service, sign_in, browser
):
    second, bens = other(2), other(3)
    for user, each in ((world.ana, browser), (world.ana, second), (world.ben, bens)):
        sign_in(user, each)
    wake(world.writer, WebPusher(config), world.ana.id, b"hello")
    assert sorted(path[-1] for path, _, _ in service.got) == ["1", "2"]


def test_a_browser_that_is_gone_is_forgotten(world, config, service, sign_in, browser):
    sign_in(world.ana, browser)
    service.status = 410
    wake(world.writer, WebPusher(config), world.ana.id, b"hello")
    assert PushSubscription.select().count() == 0


def test_a_browser_that_cannot_be_reached_now_is_kept_and_the_next_one_is_tried(
    world, config, service, sign_in, browser
):
    sign_in(world.ana, browser)
    sign_in(world.ana, other(2))
    service.status = 503
    wake(world.writer, WebPusher(config), world.ana.id, b"hello")
    assert len(service.got) == 2
    assert PushSubscription.select().count() == 2


def test_nobody_is_woken_after_signing_out_or_being_disabled(world, sign_in, browser):
    session = sign_in(world.ana, browser)
    world.writer(lambda tx: sessions.end(tx, world.team.id, session))
    assert pushes.of_user(world.ana.id) == []
    assert PushSubscription.select().count() == 0
    sign_in(world.ben, other(2))
    world.writer(lambda tx: users.disable(tx, world.team.id, world.ben.id))
    assert pushes.of_user(world.ben.id) == []


def test_a_browser_in_which_somebody_else_signs_in_is_theirs(world, sign_in, browser):
    sign_in(world.ana, browser)
    sign_in(world.stranger, browser)
    assert pushes.of_user(world.ana.id) == []
    assert [each.team for each in pushes.of_user(world.stranger.id)] == [world.others.id]

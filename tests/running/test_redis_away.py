"""Redis only wakes: without it things get slower, and nothing is lost or said twice."""

import pytest

from tests.running.listener import Listener
from tests.running.rep import Phones, Rep, fresh_mobile
from tests.running.traffic import Traffic

pytestmark = [pytest.mark.only_on("postgresql"), pytest.mark.timeout(300)]
TEXTS = 5


@pytest.fixture
def paused(scaled):
    scaled.redis.pause()
    yield scaled.redis.resume
    scaled.redis.resume()


@pytest.fixture
def killed(scaled):
    back = []

    def start():
        if not back:
            back.append(scaled.redis.start())

    scaled.redis.kill()
    yield start
    start()


@pytest.mark.parametrize("away", ["paused", "killed"])
def test_without_redis_nothing_is_lost_and_with_it_again_all_is_handed_over_once(
    request, scaled, token, traffic, away
):
    web_a, web_b = scaled.webs
    phones, mobiles = Phones(scaled.stack), [fresh_mobile() for _ in range(TEXTS)]
    with Listener(web_b.url, token) as listener:
        come_back = request.getfixturevalue(away)
        arrived = set()
        for _ in range(TEXTS):
            number = traffic.number()
            assert traffic.post(number, web_a.url).status_code == 200
            arrived.add(f"inbound {number}")
        listener.wait(arrived)
        with Rep(web_a.url, token) as rep:
            for mobile in mobiles:
                assert rep.text(rep.open(mobile), f"To {mobile}")
        come_back()
        listener.wait_for(lambda: delivered(listener.told, mobiles))
    listener.assert_whole()
    assert listener.ends == []
    assert [len(phones.accepted(mobile)) for mobile in mobiles] == [1] * TEXTS


def delivered(told, mobiles):
    there = {
        event["message"]["body"]
        for event in told
        if event["type"] == "message.updated" and event["message"]["status"] == "delivered"
    }
    return {f"To {mobile}" for mobile in mobiles} <= there


def test_wakes_go_through_redis_again_once_it_is_back(scaled, token, traffic):
    """Nobody has to be started again: later texts are handed over at once."""
    scaled.redis.kill()
    scaled.redis.start()
    phones, mobile = Phones(scaled.stack), fresh_mobile()
    with Traffic(scaled.stack) as _, Rep(scaled.webs[0].url, token) as rep:
        rep.status(rep.text(rep.open(mobile), "Straight away"), "delivered")
    assert phones.received(mobile) == ["Straight away"]

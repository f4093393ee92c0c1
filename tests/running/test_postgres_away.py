"""PostgreSQL dies in the middle of its work and comes back: nothing that was answered is lost."""

import random
import threading

import pytest
import requests

from tests.databases import look
from tests.running.listener import Listener
from tests.running.rep import Phones, Rep, fresh_mobile
from tests.running.traffic import Traffic

pytestmark = [pytest.mark.only_on("postgresql"), pytest.mark.timeout(300)]
KILLS = 3


@pytest.fixture
def processes(scaled):
    """Their ids, which are the same in the end."""

    def ids():
        return [web.pid for web in scaled.webs] + [w.process.pid for w in scaled.workers]

    before = ids()
    yield
    assert ids() == before
    assert all(web.alive() for web in scaled.webs)
    assert all(worker.process.poll() is None for worker in scaled.workers)


@pytest.mark.usefixtures("processes")
def test_killed_again_and_again_it_loses_nothing_that_was_answered(scaled, token):
    chance = random.Random(5)
    with Listener(scaled.url, token) as listener:
        with Traffic(scaled.stack, 2) as traffic:
            for _ in range(KILLS):
                enough = len(traffic.answered) + chance.randint(5, 40)
                listener.wait_for(lambda most=enough: len(traffic.answered) > most)
                scaled.postgres.kill()
                failed = len(traffic.failed)
                listener.wait_for(lambda least=failed: len(traffic.failed) > least)
                scaled.postgres.start()
        listener.wait(set(traffic.answered))
    listener.assert_whole()
    # Nothing was wrong with any of them: what was answered has been filed by then.
    assert look(scaled.stack.config.database_url, "SELECT kind FROM quarantine") == []


@pytest.mark.usefixtures("processes")
def test_a_text_whose_commit_it_died_in_is_not_answered_2xx_and_is_filed_once(
    scaled, token, traffic
):
    """The commit is in PostgreSQL's log when it dies, and nobody has heard so: the carrier has to
    send again, and what it sends is known."""
    number, answered = traffic.number(), []

    def post():
        try:
            answered.append(traffic.post(number, scaled.webs[0].url, timeout=30).status_code)
        except requests.RequestException:
            answered.append(0)

    with Listener(scaled.webs[1].url, token) as listener:
        scaled.postgres.hold_commits()
        posting = threading.Thread(target=post)
        posting.start()
        listener.wait_for(lambda: scaled.postgres.held_commits() > 0)
        scaled.postgres.kill()
        posting.join()
        scaled.postgres.start()
        assert answered[0] >= 500
        listener.wait({f"inbound {number}"})  # it was committed after all
        until_answered(lambda: traffic.post(number, scaled.webs[0].url).status_code)
        last = traffic.number()
        traffic.post(last, scaled.webs[0].url)
        listener.wait({f"inbound {last}"})
        assert listener.bodies() == [f"inbound {number}", f"inbound {last}"]


@pytest.mark.usefixtures("processes")
def test_a_text_whose_commit_was_made_and_not_heard_of_is_answered_and_filed_once(
    scaled, token, traffic
):
    """Whether it was committed is not known to who asked for it: it is said once more, and found
    by the carrier's id."""
    number, answered = traffic.number(), []
    with Listener(scaled.webs[1].url, token) as listener:
        scaled.postgres.hold_commits()
        posting = threading.Thread(
            target=lambda: answered.append(traffic.post(number, scaled.webs[0].url).status_code)
        )
        posting.start()
        listener.wait_for(lambda: scaled.postgres.held_commits() > 0)
        assert scaled.postgres.lose_held_commits() > 0
        posting.join()
        assert answered == [200]
        last = traffic.number()
        assert traffic.post(last, scaled.webs[0].url).status_code == 200
        listener.wait({f"inbound {last}"})
        assert listener.bodies() == [f"inbound {number}", f"inbound {last}"]
    assert look(scaled.stack.config.database_url, "SELECT kind FROM quarantine") == []


@pytest.mark.usefixtures("processes")
def test_whoever_was_connected_works_on_by_themselves(scaled, token):
    scaled.postgres.kill()
    scaled.postgres.start()
    phones, mobile = Phones(scaled.stack), fresh_mobile()
    for web in scaled.webs:
        until_answered(lambda url=web.url: requests.get(f"{url}/readyz", timeout=5).status_code)
    with Rep(scaled.webs[1].url, token) as rep:
        rep.status(rep.text(rep.open(mobile), "As if nothing had been"), "delivered")
    assert phones.received(mobile) == ["As if nothing had been"]


def until_answered(ask):
    """The first answer after PostgreSQL is back may still tell of the connection that was lost."""
    codes = []
    while 200 not in codes:
        codes.append(ask())
        assert len(codes) < 10, codes

"""PostgreSQL goes away from a transaction: what can be said again by its key is, and becomes one.

What ends the connection is a trigger in the server: in the middle of the work, or in its commit.
"""

import gevent
import pytest

from backend.messaging import inbound
from backend.messaging.hand_over import HandOver
from backend.models import ConnectionLost, Message, Outbox, Quarantine, Team, WebhookEvent
from backend.store import teams
from backend.store.group_writer import GroupWriter
from backend.store.rows import all_rows, now
from tests.backend.messaging.test_hand_over import Answers, conversation, send
from tests.backend.web.test_webhooks import FORM, client, post, results
from tests.backend.world import ANA_NUMBER

__all__ = ["client", "conversation", "results", "send"]
pytestmark = pytest.mark.only_on("postgresql")
# A sequence counts on, whatever becomes of the transaction.
LOSE = """
CREATE SEQUENCE losses;
CREATE FUNCTION lose() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
  IF nextval('losses') <= {times} THEN
    PERFORM pg_terminate_backend(pg_backend_pid()), pg_sleep(10);
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER lose AFTER {event} ON {table} DEFERRABLE INITIALLY {when}
  FOR EACH ROW EXECUTE FUNCTION lose();
"""


@pytest.fixture(params=["IMMEDIATE", "DEFERRED"], ids=["in it", "in its commit"])
def lose(request, database):
    """Lose the connection the first ``times`` that something happens to a table."""

    def from_now_on(table, event="INSERT", times=1):
        sql = LOSE.format(times=times, event=event, table=table, when=request.param)
        database.connection().execute(sql)

    return from_now_on


def test_a_text_is_filed_by_the_second_try_and_answered(world, client, results, lose):
    lose("message")
    assert post(client, FORM).status_code == 200
    assert results == ["filed"]
    assert Message.select().count() == WebhookEvent.select().count() == 1
    assert Quarantine.select().count() == 0
    assert [event.user for tx in world.committed for event in tx.events].count(world.ana.id) == len(
        world.events(world.ana)
    )


def test_a_text_that_two_tries_could_not_file_is_the_carriers_still(client, results, lose):
    """It is nobody's for quarantine: nothing is wrong with it."""
    lose("message", times=2)
    assert post(client, FORM).status_code == 500
    assert Quarantine.select().count() == WebhookEvent.select().count() == 0
    assert post(client, FORM).status_code == 200
    assert results == ["failed", "filed"]
    assert Message.select().count() == 1


def test_a_status_moves_its_text_by_the_second_try(world, client, send, lose):
    message = send().message.id
    HandOver(world.writer, Answers(), "{}".format)(message)
    row = Message.get_by_id(message)
    form = {
        "AccountSid": FORM["AccountSid"],
        "MessageSid": row.carrier_sid,
        "MessageStatus": "delivered",
        "From": ANA_NUMBER,
        "To": row.mobile,
    }
    lose("message", "UPDATE")
    answer = post(client, form, f"/twilio/messages/status?message={message}")
    assert answer.status_code == 204
    assert Message.get_by_id(message).status == "delivered"
    assert Quarantine.select().count() == 0


def test_what_a_rep_sends_is_queued_once_by_the_second_try(send, lose):
    lose("message")
    assert not send(ref="ref-00000007").repeated
    assert send(ref="ref-00000007").repeated
    assert Message.select().count() == Outbox.select().count() == 1


def test_the_carriers_answer_is_kept_by_the_second_try(world, send, lose):
    message, carrier = send().message.id, Answers("sent")

    class LosesItThen:
        def send(self, text):
            lose("message", "UPDATE")
            return carrier.send(text)

    HandOver(world.writer, LosesItThen(), "{}".format)(message)
    assert Message.get_by_id(message).status == "sent"
    assert len(carrier.taken) == 1


def test_a_claim_is_not_made_twice(world, send, lose):
    """Nobody could tell whether it was his own that he found."""
    message, carrier = send().message.id, Answers()
    lose("outbox", "UPDATE")
    with pytest.raises(ConnectionLost):
        HandOver(world.writer, carrier, "{}".format)(message)
    assert carrier.taken == []


def test_of_a_batch_that_was_lost_only_what_is_repeatable_is_run_again(world, lose):
    writer, told = GroupWriter(lambda tx: told.append(tx.events)), []
    lose("team")
    text = inbound.Inbound(
        sid="SM1", sender="+14045550187", recipient=ANA_NUMBER, body="Hi", at=now()
    )
    works = [
        gevent.spawn(writer, lambda tx: inbound.receive(tx, text, {}), repeatable=True),
        gevent.spawn(writer, lambda tx: teams.add(tx, "Never")),
        gevent.spawn(writer, lambda tx: inbound.receive(tx, text, {}), repeatable=True),
    ]
    gevent.joinall(works, timeout=30)
    assert isinstance(works[1].exception, ConnectionLost)
    assert [works[0].value, works[2].value] == [Message.get().id, None]
    assert not Team.select().where(Team.name == "Never").exists()
    assert len(told) == 2
    assert all_rows("SELECT last_value FROM losses") == [(1,)]

"""STOP, START, texts and deaths in any order: one step at a time, as hypothesis shuffles them."""

from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.models import Outbox
from tests.backend.messaging.test_in_flight import flights, hand, hasty, send, talk
from tests.backend.web.test_webhooks import FORM, post

__all__ = ["flights", "hand", "hasty", "send", "talk"]
_refs = count(1)


class Gone(Exception):
    """The process has died here."""


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.sampled_from(["write", "claim", "answer", "die", "stop", "start"]), max_size=12
    )
)
def test_in_any_order_of_steps_nothing_is_claimed_between_a_stop_and_a_start(
    world, hasty, send, hand, steps
):
    """One step at a time: texts are written, claimed, answered or abandoned, STOP and START come.

    A STOP is acknowledged exactly if no claim is open then, and behind it no claim is made.
    """
    world.writer(lambda tx: tx.execute("DELETE FROM outbox") and None)
    for table in ("opt_out", "consent_event"):
        world.writer(lambda tx, table=table: tx.execute(f"DELETE FROM {table}") and None)
    open_claims, stopped = [], False

    class Holds:
        def send(self, text):
            open_claims.append(text.message)
            raise Gone

    for step in steps:
        waiting = [row.message_id for row in Outbox.select().where(Outbox.state == "queued")]
        if step == "write" and not stopped:
            send(body=f"text {next(_refs)}")
        elif step == "claim" and waiting:
            before = len(open_claims)
            try:
                hand(Holds(), waiting[0])
            except Gone:
                pass
            assert (len(open_claims) > before) == (not stopped)
        elif step == "answer" and open_claims:
            world.writer(
                lambda tx: tx.execute("DELETE FROM outbox WHERE state = 'sending'") and None
            )
            open_claims.clear()
        elif step == "die" and open_claims:
            Outbox.update(claimed_at=1).where(Outbox.state == "sending").execute()
            open_claims.clear()
        elif step in ("stop", "start"):
            form = {**FORM, "MessageSid": f"SM{next(_refs)}", "Body": step}
            code = post(hasty, form).status_code
            stopped = step == "stop"
            assert code == (503 if stopped and open_claims else 200)

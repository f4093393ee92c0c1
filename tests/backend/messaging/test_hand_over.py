"""One text reaches the carrier at most once, whatever the carrier answers. The carrier here is a
few lines; the same is tried with the real library over HTTP in test_carrier.py."""

from datetime import UTC, datetime

import pytest
import time_machine

from backend import metrics
from backend.messaging import hand_over, inbound, outbound, reconcile
from backend.models import Decision, License, Message, OptOut, Outbox, Team, Usage
from backend.ports import CarrierText, NotTaken, Rejected, Uncertain
from backend.store.rows import now
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"
NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


class Answers:
    """A carrier that answers what it is told to, and keeps what it was given."""

    def __init__(self, *answers):
        self.answers, self.taken, self.listed = list(answers), [], []

    def send(self, text):
        self.taken.append(text)
        answer = self.answers.pop(0) if self.answers else "sending"
        if isinstance(answer, Exception):
            raise answer
        return as_carrier(text, status=answer)

    def sent_since(self, since):
        return self.listed


def as_carrier(text, status="sent", sid="SM1"):
    return CarrierText(
        sid=sid,
        status=status,
        sender=text.sender,
        recipient=text.recipient,
        body=text.body,
        at=now(),
    )


@pytest.fixture
def conversation(world):
    person = world.person(MAYA, "Maya")
    return world.conversation(person)


@pytest.fixture
def send(world, conversation):
    def one(ref="ref-00000001", body="Hi", user=None, road="pane"):
        return outbound.send(
            world.writer,
            team=world.team.id,
            user=(user or world.ana).id,
            conversation=conversation,
            draft=outbound.Draft(ref, body),
            road=road,
        )

    return one


@pytest.fixture
def hand(world):
    def over(carrier, message):
        url = "https://repline.example/twilio/messages/status?message={}".format
        hand_over.HandOver(world.writer, carrier, url)(message)

    return over


def held(message):
    return Message.get_by_id(message)


def test_a_text_is_handed_over_once_however_often_it_is_asked(send, hand):
    carrier = Answers()
    message = send().message.id
    for _ in range(3):
        hand(carrier, message)
    assert len(carrier.taken) == 1
    assert held(message).carrier_sid == "SM1"


@pytest.mark.parametrize("road", ["pane", "api"])
def test_the_decision_at_the_hand_over_names_the_road_that_the_text_came_by(send, hand, road):
    hand(Answers(), send(road=road).message.id)
    assert [(each.moment, each.road) for each in Decision.select().order_by(Decision.id)] == [
        ("compose", road),
        ("hand_over", road),
    ]


def test_the_same_ref_is_one_text_and_another_body_is_refused(send):
    first = send().message.id
    again = send()
    assert (again.message.id, again.repeated) == (first, True)
    with pytest.raises(outbound.RefTaken):
        send(body="Something else")
    assert Outbox.select().count() == 1


def test_the_callback_url_carries_our_id(send, hand):
    carrier = Answers()
    message = send().message.id
    hand(carrier, message)
    assert carrier.taken[0].callback.endswith(f"?message={message}")


def test_an_answer_that_never_came_makes_it_unknown_and_is_never_retried(world, send, hand):
    carrier = Answers(Uncertain("timeout"))
    message = send().message.id
    hand(carrier, message)
    hand(carrier, message)
    assert held(message).status == "unknown"
    assert len(carrier.taken) == 1


def test_what_the_carrier_certainly_has_not_is_tried_again_later(world, send, hand):
    carrier = Answers(NotTaken("queue full", 21611), "sent")
    message = send().message.id
    hand(carrier, message)
    wait = next(w.wait for w in world.woken("hand_over") if w.arguments == (message,) and w.wait)
    assert wait >= 1000
    hand(carrier, message)  # not due yet
    assert len(carrier.taken) == 1
    Outbox.update(not_before=0).execute()
    hand(carrier, message)
    assert (len(carrier.taken), held(message).status) == (2, "sent")


def test_a_no_of_the_carrier_fails_the_text_in_plain_words(send, hand):
    message = send().message.id
    hand(Answers(Rejected("not a mobile", 21614)), message)
    assert (held(message).status, held(message).error_code) == ("failed", 21614)
    assert Outbox.select().count() == 0


def test_a_carrier_that_knows_of_an_opt_out_teaches_us(send, hand):
    message = send().message.id
    hand(Answers(Rejected("opted out", 21610)), message)
    assert OptOut.get().mobile == MAYA
    with pytest.raises(outbound.GateRefused):
        send(ref="ref-00000002")


def test_the_gate_is_asked_again_when_the_turn_comes(world, send, hand):
    carrier = Answers()
    message = send().message.id
    License.delete().where(License.user == world.ana).execute()
    hand(carrier, message)
    assert carrier.taken == []
    assert held(message).status == "failed"
    assert [d.reason for d in Decision.select().order_by(Decision.id)] == ["", "no_license"]


def test_a_process_that_died_in_the_middle_leaves_the_text_unknown(world, send):
    message = send().message.id
    world.writer(lambda tx: tx.execute("UPDATE outbox SET state = 'sending', claimed_at = 1"))
    assert reconcile.recover(world.writer) == 1
    assert held(message).status == "unknown"


def test_a_claim_from_before_the_clock_stepped_back_is_found_dead_too(world, send):
    message = send().message.id
    for ahead, dead in ((reconcile.LEASE_MS // 2, 0), (3_600_000, 1)):
        Outbox.update(state="sending", claimed_at=now() + ahead).execute()
        assert reconcile.recover(world.writer) == dead
    assert held(message).status == "unknown"


@pytest.fixture
def stands_still(world):
    """A process that stands still between its claim and the call to the carrier, while others do
    ``meanwhile``; later another one looks for what waits."""

    def over(carrier, message, meanwhile=lambda: None):
        with time_machine.travel(NOON, tick=False) as clock:

            class Halting:
                def __call__(self, work):
                    outcome = world.writer(work)
                    if Outbox.get(Outbox.message == message).state == "sending":
                        clock.shift(hand_over.STALE_MS / 1000 + 1)
                        meanwhile()
                    return outcome

            hand_over.HandOver(Halting(), carrier, "{}".format)(message)
            clock.shift(60)
            return hand_over.HandOver(world.writer, carrier, "{}".format)(message)

    return over


def test_a_text_whose_process_stood_still_before_the_call_is_handed_over_after_all(
    send, stands_still
):
    carrier = Answers()
    message = send().message.id
    Team.update(team_daily_cap=1).execute()
    stands_still(carrier, message)
    assert (len(carrier.taken), held(message).status) == (1, "sending")
    assert [(row.sent, row.segments) for row in Usage.select()] == [(1, 1)]


def test_a_stop_that_came_while_the_process_stood_still_holds(world, send, stands_still):
    carrier = Answers()
    message = send().message.id
    stop = inbound.Inbound(sid="SM9", sender=MAYA, recipient=ANA_NUMBER, body="STOP", at=1)
    stands_still(
        carrier, message, lambda: world.writer(lambda tx: inbound.receive(tx, stop, {"a": "b"}))
    )
    assert carrier.taken == []
    assert (held(message).status, held(message).error_code) == ("failed", 21610)


def test_a_claim_that_was_found_dead_meanwhile_stays_in_doubt(world, send, stands_still):
    carrier = Answers()
    message = send().message.id
    stands_still(carrier, message, lambda: reconcile.recover(world.writer, now()))
    assert carrier.taken == []
    assert held(message).status == "unknown"


def test_the_carriers_list_settles_what_is_unknown(world, send, hand):
    carrier = Answers(Uncertain("timeout"))
    message = send().message.id
    hand(carrier, message)
    carrier.listed = [as_carrier(carrier.taken[0], "delivered", sid="SM77")]
    reconcile.reconcile(world.writer, carrier)
    assert (held(message).status, held(message).carrier_sid) == ("delivered", "SM77")
    assert Outbox.select().count() == 0


def test_two_equal_unknown_texts_never_share_one_of_the_carriers(world, send, hand):
    carrier = Answers(Uncertain("timeout"), Uncertain("timeout"))
    first, second = (send(ref=f"ref-0000000{n}").message.id for n in (1, 2))
    hand(carrier, first)
    hand(carrier, second)
    carrier.listed = [as_carrier(carrier.taken[0], "sent", sid="SM77")]
    reconcile.reconcile(world.writer, carrier)
    assert [held(first).status, held(second).status] == ["sent", "unknown"]


def test_an_inbound_text_whose_webhook_was_lost_is_filed_from_the_list_once(world, conversation):
    carrier = Answers()
    carrier.listed = [
        CarrierText(
            sid="SM5",
            status="received",
            sender=MAYA,
            recipient=ANA_NUMBER,
            body="Lost?",
            at=now(),
            inbound=True,
        )
    ]
    for _ in range(2):
        reconcile.reconcile(world.writer, carrier)
    assert [m.body for m in Message.select()] == ["Lost?"]


def test_a_rep_of_another_team_cannot_send_into_the_conversation(world, conversation):
    with pytest.raises(outbound.NotFound):
        outbound.send(
            world.writer,
            team=world.others.id,
            user=world.stranger.id,
            conversation=conversation,
            draft=outbound.Draft("ref-00000009", "Hi"),
            road="pane",
        )


def test_a_rep_of_the_same_team_cannot_send_from_a_number_that_is_not_theirs(world, send):
    with pytest.raises(outbound.NotFound):
        send(user=world.ben)


def test_a_refusal_is_stored_as_a_decision_and_queues_nothing(world, send):
    License.delete().where(License.user == world.ana).execute()
    with pytest.raises(outbound.GateRefused) as refused:
        send()
    assert refused.value.blocked.reason == "no_license"
    assert Decision.get().reason == "no_license"
    assert Message.select().count() == 0


def counted(series):
    return series._value.get()


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("sent", "taken"),
        (Rejected("no", 21610), "rejected"),
        (NotTaken("later", 20429), "put_back"),
        (Uncertain("timeout"), "uncertain"),
    ],
)
def test_what_became_of_a_hand_over_is_counted(send, hand, answer, outcome):
    before = {name: counted(each) for name, each in metrics.hand_overs._series.items()}
    billed = counted(metrics.segments)
    hand(Answers(answer), send(body="x" * 200).message.id)
    after = {name: counted(each) for name, each in metrics.hand_overs._series.items()}
    assert {name for name in after if after[name] != before[name]} == {outcome}
    assert counted(metrics.segments) - billed == (2 if outcome == "taken" else 0)


def test_a_refusal_is_counted_by_its_reason(world, send, hand):
    message = send().message.id
    License.delete().execute()
    reason, refused = metrics.gate_refused._series["no_license"], metrics.hand_overs._series
    before = counted(reason), counted(refused["refused"])
    hand(Answers(), message)
    assert (counted(reason), counted(refused["refused"])) == (before[0] + 1, before[1] + 1)

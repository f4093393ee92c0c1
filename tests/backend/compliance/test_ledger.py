"""Every change of the ledger: what holds then, and where it can be read by whom."""

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.compliance import by_hand, ledger
from backend.compliance.ledger import Forbidden
from backend.models import Activity, Audit, ConsentEvent, Conversation, OptOut, Restriction
from backend.store import opt_outs, restrictions
from backend.store.rows import now
from tests.backend.compliance.conftest import MAYA, frames
from tests.backend.world import BEN_NUMBER, THEIR_NUMBER


def history():
    return [
        (each.kind, each.cause, each.restriction)
        for each in ConsentEvent.select().order_by(ConsentEvent.id)
    ]


def activities():
    rows = Activity.select().where(Activity.kind != "message").order_by(Activity.id)
    return [(each.kind, each.text) for each in rows]


def test_a_stop_is_standing_history_activity_and_audit_at_once(world, maya, arrive):
    message = arrive("STOP")
    held = OptOut.get()
    assert (held.mobile, held.cause) == (MAYA, "stop")
    event = ConsentEvent.get()
    assert (event.kind, event.cause, event.message_id) == ("opted_out", "stop", message)
    assert activities() == [("opt_out", "Opted out by text.")]
    audit = Audit.get()
    assert (audit.actor, audit.action, audit.subject) == ("text", "opt_out.added", MAYA)
    assert msgspec.json.decode(audit.after) == {"cause": "stop"}


def test_everybody_who_talks_with_the_mobile_takes_the_change_for_newer(world, maya, arrive):
    before = {each.id: each.revision for each in Conversation.select()}
    arrive("STOP")
    told = frames(world, world.ben)[-1]
    assert told["type"] == "conversation.updated"
    assert told["conversation"]["blocked"]["reason"] == "opted_out"
    assert told["conversation"]["revision"] > before[told["conversation"]["id"]]
    assert [each["type"] for each in frames(world, world.ana)] == ["message.created"]


def test_everybody_with_the_mobile_has_it_in_their_activities(world, maya, arrive):
    world.person(MAYA, "Her husband")
    world.person("+14045550188", "Somebody else")
    arrive("STOP")
    assert len(activities()) == 2


def test_a_second_stop_changes_nothing(world, maya, arrive):
    arrive("STOP")
    arrive("stop!!", recipient=BEN_NUMBER)
    assert len(history()) == len(activities()) == Audit.select().count() == 1


def test_a_yes_ends_an_opt_out_and_is_an_ordinary_text_from_anybody_else(world, maya, arrive):
    arrive("Yes")
    assert history() == []
    arrive("STOP")
    arrive("YES")
    assert history() == [("opted_out", "stop", ""), ("opted_in", "start", "")]
    assert activities()[-1] == ("opt_in", "Opted back in by text.")
    assert OptOut.select().count() == 0


def test_an_opt_out_is_the_teams_and_no_other_teams(world, maya, arrive):
    arrive("STOP", recipient=THEIR_NUMBER)
    assert opt_outs.get(world.others.id, MAYA)
    assert opt_outs.get(world.team.id, MAYA) is None
    arrive("STOP")
    arrive("START", recipient=THEIR_NUMBER)
    assert opt_outs.get(world.team.id, MAYA)


def test_a_start_from_before_the_stop_ends_nothing(world, maya, arrive):
    at = now()
    arrive("STOP", at=at)
    arrive("START", at=at - 1)
    assert OptOut.select().count() == 1


def test_a_stop_from_before_the_last_start_begins_nothing(world, maya, arrive):
    at = now()
    arrive("STOP", at=at - 10)
    arrive("START", at=at)
    arrive("STOP", at=at - 5)
    assert OptOut.select().count() == 0
    assert len(history()) == 2


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    words=st.lists(st.sampled_from(["STOP", "START", "yes", "Hello"]), min_size=1, max_size=6),
    data=st.data(),
)
def test_in_whatever_order_texts_are_filed_a_stop_without_a_later_start_holds(
    world, arrive, words, data
):
    for table in (OptOut, ConsentEvent):
        table.delete().execute()
    at = 1_000_000
    for index in data.draw(st.permutations(range(len(words)))):
        arrive(words[index], at=at + index)
    meant = [word for word in words if word != "Hello"]
    if meant and meant[-1] == "STOP":
        assert OptOut.select().count() == 1
    if "STOP" not in words:
        assert OptOut.select().count() == ConsentEvent.select().count() == 0


def test_in_the_order_in_which_they_were_sent_the_last_word_holds(world, arrive):
    for word, held in (("STOP", 1), ("START", 0), ("quit", 1), ("yes", 0), ("yes", 0), ("end", 1)):
        arrive(word)
        assert OptOut.select().count() == held


@pytest.mark.parametrize("wish", ["STOP", "Please stop texting me!"])
def test_a_wish_to_stop_holds_though_our_clock_was_ahead_when_they_texted_start(arrive, wish):
    arrive("STOP")
    arrive("START", at=now() + 3_600_000)
    assert OptOut.select().count() == 0
    arrive(wish)
    assert OptOut.select().count() + Restriction.select().count() == 1


def test_a_wish_in_a_sentence_freezes_and_asks(world, maya, arrive):
    message = arrive("Hi Ana. Please stop texting me!")
    held = Restriction.get()
    assert (held.kind, held.message_id, held.note) == (
        *("suspected", message),
        "please stop texting me!",
    )
    told = frames(world, world.ben)[-1]["conversation"]
    assert told["suspicion"]["message"] == message
    assert told["blocked"]["reason"] == "suspected"
    assert history() == [("suspected", "text", "suspected")]
    assert activities()[0][0] == "restricted"


@pytest.mark.parametrize("body", ["cancel my 3pm", "don't stop, this is great", "Yes please"])
def test_an_ordinary_text_changes_nothing(world, maya, arrive, body):
    arrive(body)
    assert history() == []
    assert Restriction.select().count() == 0


def test_a_rep_answers_that_they_opted_out(world, maya, arrive, acting):
    message = arrive("wrong number")
    assert world.writer(lambda tx: ledger.answer(tx, acting(world.ana), MAYA, opted_out=True))
    assert Restriction.select().count() == 0
    assert OptOut.get().cause == "rep_confirmed"
    event = ConsentEvent.select().order_by(ConsentEvent.id.desc()).get()
    assert (event.user_id, event.message_id, event.note) == (world.ana.id, message, "wrong number")
    audit = Audit.select().order_by(Audit.id.desc()).get()
    assert (audit.actor, audit.address) == (world.ana.email, "203.0.113.9")
    assert frames(world, world.ana)[-1]["conversation"]["blocked"]["reason"] == "opted_out"


def test_a_rep_answers_that_it_meant_nothing_and_only_the_first_answer_counts(
    world, maya, arrive, acting
):
    arrive("wrong number")
    assert world.writer(lambda tx: ledger.answer(tx, acting(world.ana), MAYA, opted_out=False))
    assert history()[-1] == ("cleared", "rep", "suspected")
    assert frames(world, world.ben)[-1]["conversation"]["blocked"] is None
    assert not world.writer(lambda tx: ledger.answer(tx, acting(world.ben), MAYA, opted_out=True))
    assert OptOut.select().count() == 0


def test_a_further_wish_is_asked_about_anew_and_an_answer_to_the_first_does_not_clear_it(
    world, maya, arrive, acting
):
    def answer(message, opted_out=False):
        return world.writer(
            lambda tx: ledger.answer(
                tx, acting(world.ana), MAYA, opted_out=opted_out, message=message
            )
        )

    first, second = arrive("leave me alone"), arrive("wrong number")
    held = Restriction.get()
    assert (held.message_id, held.note) == (second, "wrong number")
    assert history() == [("suspected", "text", "suspected")] * 2
    assert frames(world, world.ben)[-1]["conversation"]["suspicion"]["message"] == second
    assert not answer(first)
    assert Restriction.select().count() == 1
    assert answer(second)
    assert Restriction.select().count() == 0
    third = arrive("leave me alone")
    arrive("wrong number")
    assert answer(third, opted_out=True)
    assert OptOut.get().cause == "rep_confirmed"


def test_a_stop_answers_the_question_and_so_does_a_start_but_not_a_yes(world, maya, arrive):
    arrive("wrong number")
    arrive("Yes")
    assert Restriction.select().count() == 1
    arrive("START")
    assert Restriction.select().count() == 0
    assert history()[-1] == ("cleared", "start", "suspected")
    arrive("leave me alone")
    arrive("STOP")
    assert Restriction.select().count() == 0
    assert OptOut.select().count() == 1


def test_whoever_has_opted_out_or_in_since_is_not_suspected(world, maya, arrive):
    at = now()
    arrive("STOP", at=at - 10)
    arrive("please stop texting me", at=at - 9)
    arrive("START", at=at)
    arrive("please stop texting me", at=at - 1)
    assert Restriction.select().count() == 0


def test_a_start_that_was_sent_after_the_text_and_filed_after_the_answer_opts_in(
    world, maya, arrive, acting
):
    at = now()
    arrive("wrong number", at=at - 10)
    world.writer(lambda tx: ledger.answer(tx, acting(world.ana), MAYA, opted_out=True))
    arrive("START", at=at - 5)
    assert OptOut.select().count() == 0


def test_do_not_text_is_ended_by_who_set_it_or_an_admin_and_nobody_else(world, maya, acting):
    def set_to(user, wanted):
        world.writer(lambda tx: by_hand.set_do_not_text(tx, acting(user), MAYA, wanted))

    set_to(world.ana, True)
    set_to(world.ben, True)  # is set already: stays Ana's
    with pytest.raises(Forbidden, match=r"Set by Ana Ruiz: only they or an admin can end it\."):
        set_to(world.ben, False)
    assert Restriction.get().user_id == world.ana.id
    set_to(world.ana, False)
    set_to(world.ana, False)
    set_to(world.ana, True)
    set_to(world.admin, False)
    assert [kind for kind, _, _ in history()] == ["restricted", "unrestricted"] * 2
    assert [kind for kind, _ in activities()] == ["restricted", "unrestricted"] * 2
    assert [each.action for each in Audit.select().order_by(Audit.id)] == [
        *("restriction.added", "restriction.ended") * 2,
    ]


def test_a_restriction_that_no_user_set_is_ended_by_admins_alone(world, maya, acting):
    crm = ledger.Actor(world.team.id, None, "crm")
    world.writer(lambda tx: ledger.restrict(tx, crm, MAYA, "do_not_contact", "crm"))
    held = Restriction.get().id
    with pytest.raises(Forbidden):
        world.writer(lambda tx: by_hand.unrestrict(tx, acting(world.ana), held))
    assert world.writer(lambda tx: by_hand.unrestrict(tx, acting(world.admin), held))
    assert Restriction.select().count() == 0


def test_a_suspicion_is_answered_and_not_simply_ended(world, maya, arrive, acting):
    arrive("wrong number")
    held = Restriction.get().id
    with pytest.raises(Forbidden):
        world.writer(lambda tx: by_hand.unrestrict(tx, acting(world.admin), held))


def test_start_ends_what_they_asked_for_and_not_what_a_rep_has_set(world, maya, arrive, acting):
    world.writer(lambda tx: by_hand.set_do_not_text(tx, acting(world.ana), MAYA, True))
    arrive("STOP")
    arrive("START")
    assert restrictions.get(world.team.id, MAYA, "do_not_text")
    assert frames(world, world.ana)[-1]["conversation"]["do_not_text"]


def test_an_opt_out_is_ended_by_hand_only_by_an_admin_with_a_reason_that_is_kept(
    world, maya, arrive, acting
):
    arrive("STOP")
    held = OptOut.get().id
    with pytest.raises(Forbidden, match="START"):
        world.writer(lambda tx: by_hand.end_opt_out(tx, acting(world.ana), held, "She called"))
    ended = world.writer(
        lambda tx: by_hand.end_opt_out(tx, acting(world.admin), held, "Signed form of 3 May")
    )
    assert "START" in by_hand.still_blocked(ended)
    audit = Audit.select().order_by(Audit.id.desc()).get()
    assert msgspec.json.decode(audit.after)["reason"] == "Signed form of 3 May"
    assert OptOut.select().count() == 0


def test_a_stop_of_somebody_whom_a_rep_had_noted_is_theirs_from_then_on(
    world, maya, arrive, acting
):
    world.writer(lambda tx: by_hand.opt_out(tx, acting(world.ana), MAYA, "Said so on the phone"))
    assert OptOut.get().cause == "rep"
    arrive("STOP")
    assert OptOut.get().cause == "stop"
    assert [cause for _, cause, _ in history()] == ["rep", "stop"]

"""A signed webhook that cannot be filed is acknowledged, kept, and filed once that can be done."""

import pytest
from flask import Flask

from backend.messaging import quarantining, status
from backend.models import Audit, Message, OptOut, Quarantine, Restriction, WebhookEvent
from backend.rounds import Tally
from backend.store import messages, outbox, quarantine
from backend.store.audit import Actor
from backend.store.rows import now
from backend.team.faults import NotThere
from backend.web import twilio
from tests.backend.web.test_webhooks import CONFIG, FORM, client, post, results
from tests.backend.world import ANA_NUMBER, THEIR_NUMBER

__all__ = ["client", "results"]
NEW_NUMBER = "+14045550199"
MAYA = FORM["From"]


@pytest.fixture
def retry(world):
    return lambda: quarantining.retry(world.writer, Quarantine.get().id)


@pytest.fixture
def sweep(world):
    def once():
        tally = Tally()
        quarantining.sweep(world.writer, tally)
        return {team: each[1:] for team, each in tally.by_team(0).items()}

    return once


def make_due(world):
    world.writer(lambda tx: tx.execute("UPDATE quarantine SET not_before = 0"))


def test_a_text_to_a_number_that_no_team_has_is_filed_once_a_team_has_it(world, client, retry):
    answer = post(client, {**FORM, "To": NEW_NUMBER})
    assert (answer.status_code, answer.data) == (200, b"<Response/>")
    held = Quarantine.get()
    assert (held.team, held.reason, held.detail) == (None, "no_number", NEW_NUMBER)
    assert not retry()
    assert Quarantine.get().attempts == 1
    world.rent(world.others, NEW_NUMBER, world.stranger)
    assert retry()
    assert [(m.body, m.team) for m in Message.select()] == [("Yes! 🙌", world.others)]
    assert Quarantine.select().count() == 0
    assert post(client, {**FORM, "To": NEW_NUMBER}).status_code == 200
    assert Message.select().count() == 1


def test_what_came_to_no_teams_number_is_shown_to_no_team(world, client):
    post(client, {**FORM, "To": NEW_NUMBER})
    held = Quarantine.get().id
    for team in (world.team.id, world.others.id):
        assert quarantine.page(team, before=None, limit=9) == []
        assert quarantine.of_team(team, held) is None
    assert [each.id for each in quarantine.everybodys(9)] == [held]


def test_a_text_whose_transaction_fails_is_kept_and_filed_by_the_round(
    world, client, results, no_twins, sweep
):
    post(client, {**FORM, "MessageSid": "SM2"})
    for _ in range(2):
        assert post(client, FORM).status_code == 200
    assert results == ["filed", "quarantined", "known"]
    held = Quarantine.get()
    assert (held.team, held.reason, held.mobile) == (world.team, "failed", MAYA)
    make_due(world)
    assert sweep() == {world.team.id: (1, 0)}
    no_twins()
    make_due(world)
    assert sweep() == {world.team.id: (1, 1)}
    assert sweep() == {}
    assert {m.carrier_sid for m in Message.select()} == {"SM2", FORM["MessageSid"]}
    assert WebhookEvent.get(WebhookEvent.key == f"inbound:{FORM['MessageSid']}").filed


def test_what_cannot_be_filed_is_tried_less_and_less_often(world, client, no_twins, sweep):
    post(client, {**FORM, "MessageSid": "SM2"})
    post(client, FORM)
    waits = []
    for _ in range(8):
        make_due(world)
        sweep()
        waits.append(round((Quarantine.get().not_before - now()) / 60_000))
    assert waits == [2, 4, 8, 16, 32, 60, 60, 60]


def test_a_stop_that_cannot_be_filed_stops_texts_before_it_is_acknowledged(client, no_twins, retry):
    for sid in ("SM1", "SM2"):
        post(client, {**FORM, "MessageSid": sid, "Body": "STOP", "From": MAYA[:-1] + sid[-1]})
    assert {each.mobile for each in OptOut.select()} == {MAYA[:-1] + "1", MAYA[:-1] + "2"}
    assert Message.select().count() == 1
    no_twins()
    assert retry()
    assert (Message.select().count(), OptOut.select().count()) == (2, 2)


def test_a_wish_to_stop_that_cannot_be_filed_freezes_texts(client, no_twins):
    words = "please stop texting me"
    for sid in ("SM1", "SM2"):
        post(client, {**FORM, "MessageSid": sid, "Body": words, "From": MAYA[:-1] + sid[-1]})
    assert {each.mobile for each in Restriction.select()} == {MAYA[:-1] + "1", MAYA[:-1] + "2"}


def test_what_cannot_even_be_kept_is_not_acknowledged(world, results):
    def full(work):
        raise OSError("the disk is full")

    app = Flask("test")
    twilio.register(app, CONFIG, full, results.append)
    client = app.test_client()
    assert post(client, FORM).status_code == 500
    assert post(client, {**FORM, "MessageSid": ""}).status_code == 500
    assert results == ["failed"] * 2


@pytest.mark.parametrize("missing", ["MessageSid", "From", "To"])
def test_a_signed_form_without_what_it_needs_is_kept(world, client, results, retry, missing):
    form = {key: value for key, value in FORM.items() if key != missing}
    for _ in range(2):
        assert post(client, form).status_code == 200
    held = Quarantine.get()
    assert (held.reason, held.detail) == ("schema", f"{missing} is missing.")
    assert held.team == (None if missing == "To" else world.team)
    assert not retry()
    assert results == ["quarantined"] * 2
    assert Message.select().count() == 0


def test_a_sid_that_is_too_long_is_kept_and_ends_nothing(client, retry):
    assert post(client, {**FORM, "MessageSid": "S" * 900}).status_code == 200
    assert not retry()


@pytest.fixture
def sent(world):
    person = world.person(MAYA, "Maya")
    conversation = world.conversation(person)

    def work(tx):
        more = {"author": world.ana.id, "ref": "ref-00000001", "body": "Hi", "mobile": MAYA}
        text = messages.add_outbound(tx, world.team.id, conversation, segments=1, **more)
        outbox.add(tx, world.team.id, text)
        messages.set_status(tx, world.team.id, text, "sending", sid=FORM["MessageSid"])
        return text

    return world.writer(work)


def test_a_status_that_is_not_known_yet_is_filed_by_a_version_that_knows_it(
    client, sent, retry, monkeypatch
):
    told = {**FORM, "From": ANA_NUMBER, "To": MAYA, "MessageStatus": "beamed"}
    path = f"/twilio/messages/status?message={sent}"
    for _ in range(2):
        assert post(client, told, path).status_code == 204
    assert "beamed" in Quarantine.get().detail
    assert not retry()
    monkeypatch.setitem(status.CARRIER, "beamed", "delivered")
    assert retry()
    assert Message.get_by_id(sent).status == "delivered"
    assert Quarantine.select().count() == 0


def test_a_refusal_as_opted_out_that_comes_later_is_believed(client, sent):
    told = {**FORM, "From": ANA_NUMBER, "To": MAYA, "MessageStatus": "failed"}
    post(client, {**told, "ErrorCode": "21610"}, f"/twilio/messages/status?message={sent}")
    assert [(each.mobile, each.cause) for each in OptOut.select()] == [(MAYA, "carrier")]


def test_when_too_much_comes_the_oldest_of_the_same_team_goes_with_its_words(
    world, client, monkeypatch, no_twins
):
    monkeypatch.setattr(quarantine, "MOST", 2)
    post(client, {**FORM, "To": NEW_NUMBER})
    post(client, {**FORM, "MessageSid": "SM0", "To": THEIR_NUMBER})
    for each in range(1, 5):
        post(client, {**FORM, "MessageSid": f"SM{each}"})
    kept = [each.team for each in Quarantine.select().order_by(Quarantine.id)]
    assert kept == [None, world.team, world.team]
    words = {each.key: each.params != "{}" for each in WebhookEvent.select()}
    assert (words["inbound:SM2"], words["inbound:SM3"], words["inbound:SM4"]) == (
        *(False, True),
        True,
    )


def test_what_is_too_old_goes_with_its_words(world, client, sweep):
    post(client, {**FORM, "To": NEW_NUMBER})
    old = now() - quarantine.KEPT_MS - 1
    world.writer(lambda tx: tx.execute("UPDATE quarantine SET at = ?", (old,)))
    sweep()
    assert Quarantine.select().count() == 0
    assert WebhookEvent.get().params == "{}"


def test_what_an_admin_drops_or_retries_is_in_the_audit_log(world, client, no_twins):
    post(client, {**FORM, "MessageSid": "SM1"})
    post(client, {**FORM, "MessageSid": "SM2"})
    post(client, {**FORM, "MessageSid": "SM3"})
    admin = Actor(world.team.id, world.admin.id, world.admin.email)
    first, second = [each.id for each in Quarantine.select().order_by(Quarantine.id)]
    world.writer(lambda tx: quarantining.drop(tx, admin, first))
    with pytest.raises(NotThere):
        world.writer(lambda tx: quarantining.drop(tx, admin, first))
    no_twins()
    assert quarantining.retry(world.writer, second, admin)
    assert quarantining.retry(world.writer, second, admin)
    found = [(each.action, each.actor) for each in Audit.select().order_by(Audit.id)]
    assert found == [
        ("quarantine.dropped", world.admin.email),
        ("quarantine.retried", world.admin.email),
    ]
    assert {m.carrier_sid for m in Message.select()} == {"SM1", "SM3"}

"""Rounds, quarantine and texts in doubt on the admin pages."""

import pytest
import time_machine

from backend.messaging import inbound, silent
from backend.models import (
    Audit,
    Conversation,
    Message,
    Number,
    Outbox,
    Quarantine,
    StatusAsk,
)
from backend.rounds import ROUNDS
from backend.store import findings, heartbeats
from backend.store.findings import Finding
from backend.store.rows import now
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-10T17:00:00Z", tick=False) as clock:
        yield clock


def text(answer):
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.fixture
def doubtful(world):
    """A text in doubt that the carrier's list did not settle, with hostile words."""
    talk = Conversation.create(
        team=world.team,
        number=world.number,
        person=world.person(MAYA, "Maya <b>Lopez</b>"),
        last_at=now(),
    )
    return Message.create(
        team=world.team,
        conversation=talk,
        author=world.ana,
        direction="outbound",
        status="unknown",
        body="<script>alert(1)</script>",
        mobile=MAYA,
        at=now(),
    )


@pytest.fixture
def quarantined(world):
    """A text that came while nobody had its number, which our team has got by now."""

    def come(words):
        sid, to = f"SM{words}", ANA_NUMBER
        kept = inbound.Inbound(sid, MAYA, to, words, now())
        form = {"MessageSid": sid, "From": MAYA, "To": to, "Body": words}
        Number.update(e164="+14045550100").where(Number.e164 == to).execute()
        world.writer(lambda tx: inbound.receive(tx, kept, form))
        Number.update(e164=to).where(Number.e164 == "+14045550100").execute()
        Quarantine.update(team=world.team).execute()
        return Quarantine.select().order_by(Quarantine.id.desc()).get().id

    return come


def test_each_round_says_how_it_went_and_when_it_is_next(pages, world, clock):
    def done(tx):
        heartbeats.tried(tx, "statuses", now(), "")
        findings.put(tx, world.team.id, "statuses", Finding(now(), 1234, 7))
        heartbeats.tried(tx, "reconcile", now() - 60_000, "")
        heartbeats.tried(tx, "reconcile", now(), "the list did not come: <HTTP 503>")

    world.writer(done)
    said = text(pages.admin().get("/queues"))
    for each in ROUNDS.values():
        assert each.title in said
    assert "1,234, mended 7" in said
    assert "the list did not come: &lt;HTTP 503&gt;" in said
    assert "in 15 h" in said  # the nightly comparison, at 08:40 UTC
    assert "1,234" not in text(pages.admin("eve@rivals.example").get("/queues"))


def test_what_a_round_found_earlier_is_not_told_as_the_last(pages, world, clock):
    def done(tx):
        findings.put(tx, world.team.id, "statuses", Finding(now(), 3, 3))
        heartbeats.tried(tx, "statuses", now() + 60_000, "")

    world.writer(done)
    said = " ".join(text(pages.admin().get("/queues")).split())
    assert "Nothing <small>Before: 3, mended all" in said


def test_a_button_runs_a_round_now_and_that_is_audited(pages, world):
    browser = pages.admin()
    answer = browser.post("/queues/run", {"round": "statuses"})
    assert answer.status_code == 303
    assert len(world.woken("round_statuses")) == 1
    assert Audit.select().order_by(Audit.id.desc()).get().action == "round.run"
    assert "Silent texts asked for: it runs now" in text(browser.get("/queues"))
    assert "had this done at once: Silent texts asked for" in text(browser.get("/audit"))
    assert browser.post("/queues/run", {"round": "hand_over"}).status_code == 404
    assert world.woken("round_hand_over") == []


def test_what_is_in_quarantine_is_filed_by_a_button_once(pages, world, quarantined):
    browser, held = pages.admin(), quarantined("Hello")
    said = text(browser.get("/quarantine"))
    assert "It came to a number that no team has." in said
    assert "Hello" not in said
    assert "Quarantine says why" in text(browser.get("/queues"))
    answer = browser.post(f"/quarantine/{held}/retry")
    assert answer.status_code == 303
    assert "It is filed." in text(browser.get("/quarantine"))
    assert [m.body for m in Message.select()] == ["Hello"]
    assert browser.post(f"/quarantine/{held}/retry").status_code == 404
    assert "Nothing is in quarantine" in text(browser.get("/quarantine"))
    assert "had a text filed from quarantine" in text(browser.get("/audit"))


def test_what_cannot_be_filed_yet_says_so_and_stays(pages, quarantined):
    browser, held = pages.admin(), quarantined("Hello")
    Number.update(e164="+14045550100").where(Number.e164 == ANA_NUMBER).execute()
    browser.post(f"/quarantine/{held}/retry")
    assert "It can’t be filed yet." in text(browser.get("/quarantine"))
    browser.post(f"/quarantine/{held}/drop")
    assert "It is gone." in text(browser.get("/quarantine"))
    assert (Quarantine.select().count(), Message.select().count()) == (0, 0)


def test_quarantine_is_paged(pages, quarantined):
    for each in range(51):
        quarantined(f"Text {each}")
    browser = pages.admin()
    first = text(browser.get("/quarantine"))
    assert first.count("Try again:") == 50
    following = first.partition('id="next" rel="next" href="')[2].partition('"')[0]
    assert text(browser.get(following.removeprefix("/admin"))).count("Try again:") == 1


def test_what_became_of_a_text_in_doubt_is_said_there(pages, doubtful):
    browser = pages.admin()
    said = text(browser.get("/doubt"))
    assert "<script>" not in said.partition('<div id="table">')[2]
    assert "&lt;script&gt;alert(1)" in said
    assert "Was not sent: text to Maya &lt;b&gt;Lopez" in said
    browser.post(f"/doubt/{doubtful.id}", {"answer": "not_sent"})
    said = text(browser.get("/doubt"))
    assert "It stands as not sent." in said
    assert "No text is in doubt" in said
    assert Message.get().status == "failed"
    browser.post(f"/doubt/{doubtful.id}", {"answer": "again"})
    assert "What became of it is known by now." in text(browser.get("/doubt"))
    assert browser.post(f"/doubt/{doubtful.id}", {"answer": "maybe"}).status_code == 404


def test_no_button_is_there_while_the_list_may_still_tell(pages, world, doubtful):
    Outbox.create(team=world.team, message=doubtful, state="uncertain", not_before=0)
    said = text(pages.admin().get("/doubt"))
    assert "The carrier’s list is looked through." in said
    assert "Was not sent" not in said


def test_what_was_given_up_is_listed_with_why(pages, world, doubtful):
    Message.update(status="sent").execute()
    StatusAsk.create(
        team=world.team, message=doubtful, not_before=0, given_up_at=now(), cause=silent.NO_WORD
    )
    browser = pages.admin()
    assert silent.NO_WORD in text(browser.get("/doubt"))
    assert "The page In doubt lists them." in text(browser.get("/queues"))
    assert silent.NO_WORD not in text(pages.admin("eve@rivals.example").get("/doubt"))
    Message.update(status="delivered").execute()
    assert silent.NO_WORD not in text(browser.get("/doubt"))

"""Deliverability, usage and queues on the admin pages."""

import csv
import io
from datetime import date

import pytest
import time_machine

from backend.messaging import advice, errors
from backend.models import Hook, HookDelivery, Outbox
from backend.store import deliveries, settings, usage
from backend.store.rows import now
from backend.web.admin import charts


@pytest.fixture
def clock():
    with time_machine.travel("2026-03-10T17:00:00Z", tick=False) as clock:
        yield clock


@pytest.fixture
def sent(world):
    """Count texts of a user, and what became of them."""

    def sent(user, texts, failed=0, code=30007, team=None):
        team = (team or world.team).id

        def work(tx):
            for n in range(texts):
                usage.sent(tx, team, user.id, segments=2, media=0, at=now())
                status = "undelivered" if n < failed else "delivered"
                usage.outcome(tx, team, user.id, status, code if n < failed else None, now())

        world.writer(work)

    return sent


def text(answer):
    return answer.get_data(as_text=True)


def test_what_was_delivered_and_why_not_is_told_with_what_mends_it(pages, world, clock, sent):
    sent(world.ana, 10, failed=2)
    sent(world.stranger, 5, failed=5, code=30003, team=world.others)
    said = text(pages.admin().get("/deliverability"))
    assert "80.0 %" in said
    assert "8 of 10 texts" in said
    assert "Filtered as spam" in said
    assert "leave out shortened links" in said
    assert "Phone out of reach" not in said
    assert "Mar 10: 8 delivered, 2 not delivered" in said


@pytest.mark.parametrize(("days", "shown"), [("7", 7), ("90", 90), ("x", 30), ("", 30)])
def test_the_chart_has_a_bar_for_each_day_of_the_span(pages, world, clock, sent, days, shown):
    sent(world.ana, 1)
    said = text(pages.admin().get(f"/deliverability?days={days}"))
    assert said.count("<g><title>") == shown


def test_every_code_that_reps_are_told_of_has_its_advice_or_says_where_to_look():
    for code in errors.WORDS:
        said = advice.advice(code)
        assert all(said)
    assert "twilio.com/docs/api/errors/31337" in advice.advice(31337).fix


def test_a_pause_is_shown_and_ended_there(pages, world, clock):
    world.writer(
        lambda tx: settings.change(
            tx, world.team.id, paused_at=now(), paused_cause="Carriers filtered 9 <of> 20."
        )
    )
    admin = pages.admin()
    said = text(admin.get("/deliverability"))
    assert "Carriers filtered 9 &lt;of&gt; 20." in said
    admin.post("/settings/resume")
    assert settings.of_team(world.team.id).paused_at is None
    assert deliveries.resumed_at(world.team.id) == now()


def test_cost_is_told_by_user_and_day_with_what_is_left_of_the_budget(pages, world, clock, sent):
    world.writer(lambda tx: settings.change(tx, world.team.id, monthly_budget=1_000_000))
    sent(world.ana, 10)
    sent(world.ben, 5)
    sent(world.stranger, 7, team=world.others)
    said = text(pages.admin().get("/usage"))
    cost = 15 * 2 * 8300
    assert f"${cost / 1e6:.2f}" in said
    assert f"{100 * cost / 1e6:.0f} % of the month" in said
    assert said.index("Ana Ruiz") < said.index("Ben Okafor")
    assert "Eve" not in said


def test_a_month_can_be_chosen_and_nonsense_is_this_one(pages, world, clock, sent):
    clock.move_to("2026-02-15T12:00:00Z")
    sent(world.ana, 3)
    clock.move_to("2026-03-10T17:00:00Z")
    admin = pages.admin()
    assert "February 2026" in text(admin.get("/usage"))
    assert ">3<" in text(admin.get("/usage?month=202602"))
    for month in ("202613", "209901", "x", "00"):
        assert "Nothing in March 2026" in text(admin.get(f"/usage?month={month}"))


def test_the_sheet_has_a_row_for_each_day_and_user_and_runs_nothing(pages, world, clock, sent):
    world.ana.name = "=HYPERLINK(1)"
    world.ana.save()
    sent(world.ana, 4, failed=1)
    answer = pages.admin().get("/usage.csv")
    head, row = csv.reader(io.StringIO(text(answer)))
    found = dict(zip(head, row, strict=True))
    assert found["user"] == "'=HYPERLINK(1)"
    assert (found["day"], found["sent"], found["delivered"]) == ("2026-03-10", "4", "3")
    assert found["cost_usd"] == "0.066400"


def test_a_queue_that_is_late_says_what_to_do(pages, world, clock):
    assert "Not done lately" in text(pages.admin().get("/queues"))
    hook = Hook.create(
        team=world.team, url="https://a.example", salt="s", events="", created_at=now()
    )
    HookDelivery.create(
        team=world.team, hook=hook, event="x", body="{}", not_before=0, created_at=now()
    )
    clock.shift(11 * 60)
    said = text(pages.admin().get("/queues"))
    assert "its hook names what it said" in said
    assert "Events to your hooks" in said
    assert "or for the end of quiet hours" in said
    clock.shift(24 * 3600)
    assert '<span class="badge red">Late</span>' in text(pages.admin().get("/queues"))
    assert "its hook names what it said" not in text(
        pages.admin("eve@rivals.example").get("/queues")
    )
    assert Outbox.select().count() == 0


@pytest.mark.parametrize("highest", [0, 1, 3, 4, 7, 40, 41, 99, 1234, 0.004, 123456])
def test_the_lines_of_a_chart_are_round_and_hold_the_highest_bar(highest):
    chart = charts.bars([charts.Column(date(2026, 3, 1), (("good", highest),), "")], "texts")
    assert 2 <= len(chart.ticks) <= 5
    for bar in chart.bars:
        for part in bar.parts:
            assert 20 <= part.y <= part.y + part.height <= chart.height

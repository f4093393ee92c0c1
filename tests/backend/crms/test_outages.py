"""Promise 6: whatever a CRM does, each activity is there once, in order, or visible as failed."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from backend.connections.calling import Calling
from backend.connections.records import Reading
from backend.connections.sealing import Seal
from backend.crm_logs import draining
from backend.crm_port import SignInNeeded
from backend.store import crm_connections
from tests.backend.conftest import NOON
from tests.backend.crms.houses import JONAS, MAYA
from tests.backend.world import SECRET

MOBILE, OTHER = "+14045550187", "+14045550188"
WRITES = "POST|PATCH|PUT"


def pass_minutes(office, clock, minutes: int) -> None:
    for _ in range(minutes):
        clock.shift(timedelta(minutes=1))
        office.drain()


def test_two_hours_down_under_traffic_lose_nothing_and_repeat_nothing(office, clock):
    maya, jonas = office.person(MAYA, MOBILE), office.person(JONAS, OTHER)
    office.crm.fault("down", times=None)
    said = []
    for minute in range(120):
        clock.shift(timedelta(minutes=1))
        if minute % 10 == 0:
            said.append(office.receives(maya, f"Maya {minute}"))
            said.append(office.sends(jonas, f"Jonas {minute}"))
        office.drain()
    assert office.seen() == []
    assert office.receipt(said[0]).state == "retrying"
    office.crm.crm.faults.clear()
    pass_minutes(office, clock, 20)
    expected = [f"{who} {minute}" for minute in range(0, 120, 10) for who in ("Maya", "Jonas")]
    assert office.bodies() == expected
    assert {office.receipt(each).state for each in said} == {"logged"}


@pytest.mark.parametrize("kind", ["lost", "truncated", "missing", "huge"])
def test_an_answer_that_is_lost_after_the_fact_repeats_nothing(office, clock, kind):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "Before")
    office.drain()
    office.crm.fault(kind, times=3, method=WRITES)
    message = office.receives(maya, "Once")
    pass_minutes(office, clock, 30)
    assert office.bodies() == ["Before", "Once"]
    assert office.receipt(message).state == "logged"


@pytest.mark.parametrize("kind", ["down", "refused", "html", "error", "limit"])
def test_what_was_not_carried_out_is_carried_out_later(office, clock, kind):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "Before")
    office.drain()
    office.crm.fault(kind, times=2)
    office.receives(maya, "One")
    office.receives(maya, "Two")
    pass_minutes(office, clock, 60)
    assert office.bodies() == ["Before", "One", "Two"]


def test_a_budget_that_is_used_up_parks_the_queue_and_says_so(office, clock):
    maya = office.person(MAYA, MOBILE)
    office.crm.fault("limit", times=1)
    message = office.receives(maya, "Hi")
    office.drain()
    assert office.connection.parked_until > NOON.timestamp() * 1000
    assert office.connection.cause
    asked = sum(office.crm.store.books.requests.values())
    office.drain()
    assert sum(office.crm.store.books.requests.values()) == asked
    assert office.receipt(message).state == "retrying"
    pass_minutes(office, clock, 60)
    assert office.bodies() == ["Hi"]
    assert office.connection.cause == ""


def test_an_access_token_that_has_ended_is_refreshed_once(office):
    maya = office.person(MAYA, MOBILE)
    with office.crm.store.change() as books:
        books.accesses.clear()
    office.receives(maya, "Hi")
    office.drain()
    assert office.bodies() == ["Hi"]
    assert office.connection.state == "connected"


def test_a_revoked_sign_in_is_shown_and_what_waits_is_logged_after_connecting_again(office):
    maya = office.person(MAYA, MOBILE)
    with office.crm.store.change() as books:
        for grant in books.grants:
            grant.revoked = True
        books.accesses.clear()
    message = office.receives(maya, "Hi")
    office.drain()
    assert office.connection.state == "broken"
    assert "connect" in office.connection.cause
    assert "connect" in office.receipt(message).text
    office.connect()
    office.drain()
    assert office.bodies() == ["Hi"]


def test_a_sign_in_that_is_made_anew_meanwhile_is_not_the_one_that_was_refused(office):
    def do(crm, access):
        office.connect()
        raise SignInNeeded("It was revoked.")

    with pytest.raises(SignInNeeded):
        office.calling(office.connection, do)
    assert office.connection.state == "connected"


def test_one_entry_that_the_crm_refuses_does_not_hold_up_the_others(office):
    maya, jonas = office.person(MAYA, MOBILE), office.person(JONAS, OTHER)
    office.house.delete(office.crm, MAYA)
    gone = office.receives(maya, "To a deleted record")
    fine = office.receives(jonas, "Hi")
    office.drain()
    assert office.bodies() == ["Hi"]
    assert office.receipt(gone).state == "failed"
    assert "deleted" in office.receipt(gone).text
    assert office.receipt(fine).state == "logged"


def test_a_record_that_the_sign_in_may_not_read_holds_up_nobody(office):
    held, maya = office.connection, office.person(MAYA, MOBILE)
    office.world.writer(
        lambda tx: crm_connections.configure(
            *(tx, held, replace(held.fields, mobile="no name of a field")),
            digest=False,
            write_opt_outs=False,
        )
    )
    office.receives(maya, "Hi")
    office.drain()
    assert office.bodies() == ["Hi"]


class Broken:
    """A CRM's edge with a mistake in it."""

    def __getattr__(self, name):
        raise RuntimeError(name)


@pytest.mark.parametrize("edge", [None, Broken()], ids=["no app any more", "a mistake of ours"])
def test_what_only_we_can_mend_is_not_tried_over_and_over(office, edge):
    writer = office.world.writer
    calling = Calling(writer, {office.house.name: edge} if edge else {}, Seal(SECRET))
    broken = replace(office.draining, calling=calling, reading=Reading(writer, calling))
    message = office.receives(office.person(MAYA, MOBILE), "Hi")
    broken(office.connection.id)
    assert office.receipt(message).state == "retrying"
    assert [each.wait > 0 for each in office.world.just_woken("log_to_crm")] == [True]
    assert office.connection.cause


def test_two_workers_at_once_log_each_text_once(office):
    maya = office.person(MAYA, MOBILE)
    for n in range(20):
        office.receives(maya, f"Text {n}")
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: office.drain(), range(8)))
    office.drain()
    assert office.bodies() == [f"Text {n}" for n in range(20)]


def test_a_worker_that_is_killed_after_the_call_repeats_nothing(office, monkeypatch):
    class Killed(BaseException):
        """As kill -9: nothing after it runs but what unwinding does."""

    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "Once")
    monkeypatch.setattr(draining, "_settle", lambda *_, **__: (_ for _ in ()).throw(Killed()))
    monkeypatch.setattr(draining.Draining, "_release", lambda *_: None)
    with pytest.raises(Killed):
        office.drain()
    monkeypatch.undo()
    assert office.bodies() == ["Once"]
    office.drain()  # its claim still holds
    office.world.writer(
        lambda tx: tx.execute("UPDATE crm_connection SET claimed_until = 0")  # it has run out
    )
    office.drain()
    assert office.bodies() == ["Once"]


def test_nothing_of_a_person_overtakes_what_came_before_it(office, clock):
    maya = office.person(MAYA, MOBILE)
    held = office.writes(maya, "First")
    office.receives(maya, "Second")
    office.drain()
    assert office.seen() == []
    office.leaves(held)
    office.drain()
    assert office.bodies() == ["First", "Second"]


def test_an_entry_that_the_crm_dies_of_does_not_hold_up_the_others(office, clock):
    maya, jonas = office.person(MAYA, MOBILE), office.person(JONAS, OTHER)
    bad, good = office.receives(maya, "Deadly"), office.receives(jonas, "Fine")
    office.crm.fault("error", times=4, path="sobjects/Task|communications|phonecalls")
    for _ in range(4):
        office.drain()
        clock.shift(timedelta(minutes=1))
    assert office.bodies() == ["Fine"]
    assert office.receipt(good).state == "logged"
    assert office.receipt(bad).state == "retrying"
    pass_minutes(office, clock, 2)
    assert office.receipt(bad).state == "logged"


def test_an_opt_out_that_the_crm_dies_of_does_not_hold_up_the_texts_of_others(office, clock):
    maya, jonas = office.person(MAYA, MOBILE), office.person(JONAS, OTHER)
    office.receives(maya, "Hi")
    office.drain()
    office.receives(maya, "STOP")
    office.drain()
    assert office.house.flag(office.crm, MAYA)
    office.receives(maya, "START")
    good = office.receives(jonas, "Fine")
    id = office.id_of(MAYA)
    office.crm.fault("error", times=None, method="PATCH", path=id)
    pass_minutes(office, clock, 10)
    assert office.receipt(good).state == "logged"
    assert office.house.flag(office.crm, MAYA)
    office.crm.crm.faults.clear()
    pass_minutes(office, clock, 60)
    assert not office.house.flag(office.crm, MAYA)


def test_an_opt_out_waits_for_a_crm_that_is_away_and_does_not_fail(office, clock):
    maya = office.person(MAYA, MOBILE)
    office.crm.fault("down", times=None)
    office.receives(maya, "STOP")
    pass_minutes(office, clock, 24 * 60)
    assert not office.house.flag(office.crm, MAYA)
    office.crm.crm.faults.clear()
    pass_minutes(office, clock, 20)
    assert office.house.flag(office.crm, MAYA)

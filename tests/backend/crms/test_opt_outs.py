"""Opt-outs go both ways: a STOP reaches the CRM's field, and each night all sides are compared."""

import pytest
from huey import MemoryHuey

from backend.compliance import by_hand
from backend.connections import jobs
from backend.connections.drift import Comparing, compared_at
from backend.ports import CarrierError, CarrierText
from backend.queue import Queue
from backend.rounds import Tally
from backend.store import crm_logs, drifts, heartbeats, opt_outs, restrictions
from backend.store.heartbeats import Beat
from backend.store.rows import now
from tests.backend.crms.houses import JONAS, MAYA

MOBILE, OTHER = "+14045550187", "+14045550188"


class Carrier:
    """Lists these texts."""

    def __init__(self, *texts: CarrierText) -> None:
        self.texts = texts

    def sent_since(self, since: int):
        return iter(self.texts)


@pytest.fixture
def compare(office):
    def compare(*texts: CarrierText) -> None:
        Comparing(office.world.writer, office.calling, Carrier(*texts)).night(Tally())

    return compare


@pytest.fixture
def night(office):
    """``night(carrier)``: the round of the night, as the jobs do it."""

    def night(carrier) -> Beat:
        queue, writer = Queue(lambda lane: MemoryHuey(lane, immediate=True)), office.world.writer
        comparing = Comparing(writer, office.calling, carrier)
        jobs.tasks(queue, writer, office.calling, office.reading, comparing)
        queue.wake("round_drift")
        return heartbeats.all_beats()["drift"]

    return night


class Away(Carrier):
    def sent_since(self, since: int):
        raise CarrierError("HTTP 503")


def found(office) -> list[tuple[str, str]]:
    return [(each.source, each.mobile) for each in drifts.latest(office.world.team.id)]


def test_a_stop_ticks_the_field_and_start_unticks_it(office):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "STOP")
    office.drain()
    assert office.house.flag(office.crm, MAYA)
    office.receives(maya, "START")
    office.drain()
    assert not office.house.flag(office.crm, MAYA)


def test_do_not_text_by_hand_ticks_the_field(office):
    office.person(MAYA, MOBILE)
    office.world.writer(lambda tx: by_hand.restrict(tx, office.admin, MOBILE, "do_not_text", ""))
    office.drain()
    assert office.house.flag(office.crm, MAYA)


def test_a_text_that_only_reads_like_a_wish_to_stop_ticks_nothing(office):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "please stop texting me")
    office.drain()
    assert not office.house.flag(office.crm, MAYA)


def test_the_field_of_others_is_left_alone(office):
    maya = office.person(MAYA, MOBILE)
    office.person(JONAS, OTHER)
    office.receives(maya, "STOP")
    office.drain()
    assert not office.house.flag(office.crm, JONAS)


def test_an_opt_out_that_the_crm_could_not_take_is_told_later(office, clock):
    maya = office.person(MAYA, MOBILE)
    office.crm.fault("down", times=2)
    office.receives(maya, "STOP")
    office.drain()
    assert not office.house.flag(office.crm, MAYA)
    for _ in range(10):
        clock.shift(60)
        office.drain()
    assert office.house.flag(office.crm, MAYA)


def test_an_opt_out_that_the_crm_refuses_has_failed_and_holds_up_nobody(office):
    maya, jonas = office.person(MAYA, MOBILE), office.person(JONAS, OTHER)
    flag = office.connection.fields.do_not_text
    office.crm.fault("reject_fields", fields=[flag], times=None)
    office.receives(maya, "STOP")
    text = office.receives(jonas, "Fine")
    office.drain()
    (failed,) = crm_logs.latest_failed(office.world.team.id, office.house.name, 10)
    assert flag in failed.cause
    assert office.receipt(text).state == "logged"
    assert office.connection.cause == ""


def test_the_night_finds_a_flag_that_the_crm_has_set(office, compare):
    office.person(MAYA, MOBILE)
    office.house.edit(office.crm, MAYA, do_not_text=True)
    compare()
    assert restrictions.get(office.world.team.id, MOBILE, "do_not_text").cause == "crm"
    assert found(office) == [(office.house.name, MOBILE)]


def test_the_night_tells_the_crm_again_what_it_has_lost(office, compare):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "STOP")
    office.drain()
    office.house.edit(office.crm, MAYA, do_not_text=False)
    compare()
    assert opt_outs.get(office.world.team.id, MOBILE)
    assert office.world.woken("write_standing")
    assert found(office) == [(office.house.name, MOBILE)]


def test_the_night_finds_nothing_where_all_agree(office, compare):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "STOP")
    office.drain()
    office.person(JONAS, OTHER)
    compare()
    assert found(office) == []


@pytest.mark.parametrize("inbound", [True, False])
def test_the_night_finds_an_opt_out_that_only_the_carrier_has_heard(office, compare, inbound):
    office.person(MAYA, MOBILE)
    ours = office.world.number.e164
    text = CarrierText(
        sid="SM" + "9" * 32,
        status="received" if inbound else "failed",
        sender=MOBILE if inbound else ours,
        recipient=ours if inbound else MOBILE,
        body="Stop" if inbound else "Hi",
        at=now() - 3600_000,
        error_code=None if inbound else 21610,
        inbound=inbound,
    )
    compare(text)
    assert opt_outs.get(office.world.team.id, MOBILE)
    assert found(office) == [("carrier", MOBILE)]
    office.drain()
    compare(text)
    assert len(found(office)) == 1


def test_a_night_without_the_carrier_is_not_done_and_nobody_was_compared(office, night, clock):
    team = office.world.team.id
    assert night(Away()) == (0, now(), "HTTP 503")
    assert compared_at(team) is None
    clock.shift(24 * 3600)
    done = night(Carrier())
    assert done == (now(), now(), "")
    assert compared_at(team) == now()
    clock.shift(24 * 3600)
    assert night(Away()) == (done.at, now(), "HTTP 503")
    assert compared_at(team) == done.at


def test_a_crm_that_is_away_is_told_to_its_own_team_alone(office, night, clock):
    office.person(MAYA, MOBILE)
    office.crm.fault("down", times=None)
    assert night(Carrier()) == (now(), now(), "")
    assert office.connection.cause.startswith("Opt-outs could not be compared: ")


def test_a_team_that_asks_is_compared_once_all_were_asked(office, clock):
    team = office.world.team.id
    writer, calling = office.world.writer, office.calling
    assert not Comparing(writer, calling, Away())(team)
    assert compared_at(team) is None
    assert Comparing(writer, calling, Carrier())(team)
    assert compared_at(team) == now()
    assert compared_at(office.world.others.id) is None


@pytest.mark.parametrize("minutes", [2, 20])
def test_who_starts_again_is_not_held_back_by_the_tick_that_we_made(office, clock, minutes):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "STOP")
    office.drain()
    clock.shift(minutes * 60)
    office.receives(maya, "START")
    office.reading(office.world.team.id, maya.id)
    office.drain()
    assert restrictions.get(office.world.team.id, MOBILE, "do_not_text") is None
    assert not office.house.flag(office.crm, MAYA)


def test_a_tick_that_is_made_there_while_a_start_is_told_stays(office, clock):
    maya = office.person(MAYA, MOBILE)
    office.receives(maya, "STOP")
    office.drain()
    office.house.edit(office.crm, MAYA, do_not_text=False)
    clock.shift(120)
    office.reading(office.world.team.id, maya.id)
    office.receives(maya, "START")
    office.house.edit(office.crm, MAYA, do_not_text=True)
    clock.shift(120)
    office.reading(office.world.team.id, maya.id)
    office.drain()
    assert restrictions.get(office.world.team.id, MOBILE, "do_not_text")
    assert office.house.flag(office.crm, MAYA)


@pytest.mark.parametrize("ticked", [MAYA, JONAS])
def test_who_shares_a_mobile_does_not_end_the_others_do_not_text(office, compare, ticked):
    maya, jonas = office.person(MAYA, MOBILE), office.person(JONAS, MOBILE)
    office.house.edit(office.crm, JONAS, mobile=MOBILE)
    office.house.edit(office.crm, ticked, do_not_text=True)
    for person in (maya, jonas, maya):
        office.reading.fetch(office.connection, person.id)
    compare()
    assert restrictions.get(office.world.team.id, MOBILE, "do_not_text")
    for each in (MAYA, JONAS):
        office.house.edit(office.crm, each, do_not_text=False)
    compare()
    assert restrictions.get(office.world.team.id, MOBILE, "do_not_text") is None

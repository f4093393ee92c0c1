"""The auditor finds what is planted, each by itself, and nothing where all is well."""

import copy

import pytest

from backend.messaging.status import RANK
from tests.faults import auditor
from tests.faults.auditor import audit
from tests.faults.evidence import Carried, Evidence, Held, Stop, Told

MAYA, JONAS = "+14045550187", "+16465550142"


def event(seq, kind, message, status):
    return {"seq": seq, "type": kind, "message": {"id": message, "status": status}}


@pytest.fixture
def seen():
    """A text came, a text went out, and then Maya asked to stop."""
    told = [
        {"seq": 7, "type": "session.ready"},
        event(8, "message.created", 1, "received"),
        event(9, "message.created", 2, "queued"),
        event(10, "message.updated", 2, "sending"),
        event(11, "message.updated", 2, "unknown"),
        event(12, "message.updated", 2, "sending"),
        event(13, "message.updated", 2, "delivered"),
        event(14, "message.created", 3, "received"),
    ]
    return Evidence(
        held=[
            Held(1, 1, "SM1", None, "inbound", MAYA, "in 1", "received"),
            Held(2, 1, "SM2", "ref-2", "outbound", MAYA, "out 2", "delivered"),
            Held(3, 1, "SM3", None, "inbound", MAYA, "STOP", "received"),
        ],
        carried=[
            Carried("SM1", True, MAYA, "in 1", 1000),
            Carried("SM2", False, MAYA, "out 2", 2000),
            Carried("SM3", True, MAYA, "STOP", 3000),
        ],
        told=[Told("ana", told, [], 14, {"ref-2": 2})],
        stops=[Stop(MAYA, 3010)],
        opted_out={MAYA},
        logged=["in 1", "out 2"],
        claimed={1: ("in 1", "logged"), 2: ("out 2", "logged"), 3: ("STOP", "failed")},
    )


def test_where_all_is_well_nothing_is_found(seen):
    assert audit(seen) == []


def lose_an_inbound_text(seen):
    seen.carried.append(Carried("SM9", True, JONAS, "in 9", 1500))


def lose_an_accepted_text(seen):
    seen.told[0].accepted["ref-9"] = 9


def lose_a_text_on_its_way(seen):
    seen.held[1] = seen.held[1]._replace(status="queued")
    del seen.carried[1]


def lose_what_the_carrier_has(seen):
    seen.held[1] = seen.held[1]._replace(sid=None, status="unknown")


def lose_an_event(seen):
    del seen.told[0].events[3]


def lose_the_last_event(seen):
    seen.told[0] = seen.told[0]._replace(latest=15)


def start_a_client_afresh(seen):
    seen.told[0].gone.append(10)


def lose_a_stop(seen):
    seen.opted_out.clear()


def lose_an_activity(seen):
    seen.logged.remove("out 2")


def leave_an_activity_waiting(seen):
    seen.claimed[2] = ("out 2", "waiting")


def tell_nobody_of_a_text(seen):
    seen.held.append(Held(4, 2, "SM4", None, "inbound", JONAS, "in 4", "received"))
    seen.carried.append(Carried("SM4", True, JONAS, "in 4", 1500))


def file_a_text_twice(seen):
    seen.held.append(seen.held[0]._replace(id=9))


def keep_a_ref_twice(seen):
    seen.held.append(seen.held[1]._replace(id=9))


def hand_over_twice(seen):
    seen.carried.append(Carried("SM9", False, MAYA, "out 2", 2500))


def repeat_an_event(seen):
    seen.told[0].events.insert(4, seen.told[0].events[3])


def log_an_activity_twice(seen):
    seen.logged.append("in 1")


def text_after_a_stop(seen):
    seen.carried.append(Carried("SM9", False, MAYA, "out 9", 3020))


def step_a_status_back(seen):
    seen.told[0].events[-2] = event(13, "message.updated", 2, "queued")


def send_what_nobody_wrote(seen):
    seen.carried.append(Carried("SM9", False, JONAS, "out 9", 1500))


def say_sent_what_never_left(seen):
    del seen.carried[1]


PLANTED = {
    "lost": [
        lose_an_inbound_text,
        lose_an_accepted_text,
        lose_a_text_on_its_way,
        lose_what_the_carrier_has,
        lose_an_event,
        lose_the_last_event,
        start_a_client_afresh,
        lose_a_stop,
        lose_an_activity,
        leave_an_activity_waiting,
        tell_nobody_of_a_text,
    ],
    "twice": [
        file_a_text_twice,
        keep_a_ref_twice,
        hand_over_twice,
        repeat_an_event,
        log_an_activity_twice,
    ],
    "after STOP": [text_after_a_stop],
    "backwards": [step_a_status_back],
    "wrong": [send_what_nobody_wrote, say_sent_what_never_left],
}


@pytest.mark.parametrize(
    ("word", "plant"),
    [(word, plant) for word, plants in PLANTED.items() for plant in plants],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_planted_is_found(seen, word, plant):
    untouched = copy.deepcopy(seen)
    plant(seen)
    assert seen != untouched
    assert [each.split(":")[0] for each in audit(seen) if each.startswith(word)]


def test_what_comes_after_their_start_is_welcome(seen):
    seen.stops[0].ended = 3015
    seen.opted_out.clear()
    text_after_a_stop(seen)
    assert not [each for each in audit(seen) if each.startswith(("after STOP", "lost: +"))]


def test_a_text_of_which_nobody_knows_is_said_to_be_in_doubt_and_not_lost(seen):
    seen.held[1] = seen.held[1]._replace(sid=None, status="unknown")
    del seen.carried[1]
    assert audit(seen) == []


def test_its_order_of_statuses_is_ours():
    assert auditor.RANK == RANK

"""A short part of ``make faults``: a few of its faults, seeded, in one house."""

import pytest

from demo.seed import ANA_NUMBER
from tests.faults import table
from tests.faults.fault import Fault, Outcome
from tests.faults.house import House
from tests.faults.kinds import FAULTS
from tests.faults.rounds import Rounds

SEED = 7
SHORT = {
    "web killed, jobs inside": 2,
    "carrier: half an answer, taken": 3,
    "carrier: too many requests": 3,
    "callbacks in the wrong order": 3,
    "webhooks lost": 3,
    "webhooks twice": 3,
    "disk full": 1,
}


@pytest.fixture(scope="module")
def house():
    with House(workers=False, crm=False) as running:
        yield running


@pytest.fixture(scope="module")
def rounds(house):
    return Rounds(house, SEED, patience=60)


def test_no_promise_is_broken_while_one_thing_after_the_other_is(rounds):
    chosen = [each for each in FAULTS if each.name in SHORT]

    def breaks(house, chance, _times):
        return sum(each.breaks(house, chance, SHORT[each.name]) for each in chosen)

    outcome = rounds.run(Fault("several", 1, breaks), 1)
    assert outcome.violations == []
    assert outcome.tried == sum(SHORT.values())


def test_a_text_that_the_running_house_loses_is_found(house, rounds):
    """What the auditor is told is what there is: here a text is taken out of the database."""
    mobile, words = "+14045550141", "Will this be there?"
    sid = house.text(mobile, ANA_NUMBER, words)["sid"]
    assert not [each for each in rounds.look() if words in each]
    change = "UPDATE message SET carrier_sid = ? WHERE carrier_sid = ?"
    house.write(change, "elsewhere", sid)
    assert f"lost: {words!r} of {mobile} is not in the database" in rounds.look()
    house.write(change, sid, "elsewhere")


def test_the_table_shows_each_fault_and_their_sum():
    outcomes = [
        Outcome("web killed", "embedded", 1200, [], 61.25),
        Outcome("disk full", "in process", 3, ["lost: a text"], 2),
    ]
    assert [line.split() for line in table.table(outcomes).splitlines()] == [
        ["fault", "where", "tried", "violations", "seconds"],
        ["web", "killed", "embedded", "1,200", "0", "61.2"],
        ["disk", "full", "in", "process", "3", "1", "2.0"],
        ["all", "1,203", "1", "63.2"],
    ]

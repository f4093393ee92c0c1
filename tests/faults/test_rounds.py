"""A short part of ``make faults``: a few of its faults, seeded, in one house."""

from contextlib import ExitStack

import pytest

from demo.seed import ANA_NUMBER
from tests.databases import kind
from tests.faults import table
from tests.faults.fault import Fault, Outcome
from tests.faults.house import House
from tests.faults.kinds import FAULTS
from tests.faults.rounds import Rounds
from tests.postgres import PostgresServer

SEED = 7
SHORT = {
    "web killed, jobs inside": 2,
    "carrier: half an answer, taken": 3,
    "carrier: too many requests": 3,
    "callbacks in the wrong order": 3,
    "webhooks lost": 3,
    "webhooks twice": 3,
    "disk full": 1,
    "PostgreSQL killed": 1,
}


@pytest.fixture(scope="module")
def postgres():
    """A server to kill, which others do not stand on; None where rows are in a SQLite file."""
    with ExitStack() as kept:
        yield kept.enter_context(PostgresServer()) if kind() == "postgresql" else None


@pytest.fixture(scope="module")
def house(postgres):
    with House(workers=False, crm=False, postgres=postgres) as running:
        yield running


@pytest.fixture(scope="module")
def rounds(house):
    return Rounds(house, SEED, patience=60)


def test_no_promise_is_broken_while_one_thing_after_the_other_is(rounds):
    chosen = [each for each in FAULTS if each.name in SHORT and each.database in (None, kind())]

    def breaks(house, chance, _times):
        return sum(each.breaks(house, chance, SHORT[each.name]) for each in chosen)

    outcome = rounds.run(Fault("several", 1, breaks), 1)
    assert outcome.violations == []
    assert outcome.tried == sum(SHORT[each.name] for each in chosen)


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

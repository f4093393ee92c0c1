"""Group commit: many works, one sync of the disk, and no work that can harm its neighbours."""

import gevent
import pytest

from backend.models import Team
from backend.store import feed, teams
from backend.store.group_writer import GroupWriter
from backend.store.rows import one_row

PATIENCE = 10


@pytest.fixture
def told():
    return []


@pytest.fixture
def writer(world, told):
    return GroupWriter(told.append)


def together(writer, *works):
    """What each work returned, or what it raised; all arrive before the writer's first turn."""

    def one(work):
        try:
            return writer(work)
        except Exception as error:
            return error

    tasks = [gevent.spawn(one, work) for work in works]
    gevent.joinall(tasks, timeout=PATIENCE)
    assert all(task.dead for task in tasks), "somebody waits for a commit that never comes"
    return [task.value for task in tasks]


def count():
    return Team.select().count()


def test_what_is_returned_is_on_disk(writer):
    team = writer(lambda tx: teams.add(tx, "Northwind"))
    assert one_row("SELECT name FROM team WHERE id = ?", (team,)) == ("Northwind",)


def test_a_work_that_fails_is_undone_alone_and_tells_nobody(writer, world, told):
    before = count()

    def fails(tx):
        teams.add(tx, "Never")
        feed.append(tx, world.ana.id, lambda seq: b"never")
        raise ValueError("no")

    first, second, third = together(
        writer, lambda tx: teams.add(tx, "A"), fails, lambda tx: teams.add(tx, "B")
    )
    assert isinstance(second, ValueError)
    assert isinstance(first, int)
    assert isinstance(third, int)
    assert count() == before + 2
    assert [event for transaction in told for event in transaction.events] == []


def test_works_are_told_in_the_order_of_their_commits(writer, world, told):
    together(
        writer, *[lambda tx: feed.append(tx, world.ana.id, lambda seq: b"x") for _ in range(20)]
    )
    assert [event.seq for tx in told for event in tx.events] == list(range(1, 21))


@pytest.mark.parametrize("statements", [["ROLLBACK"], ["ROLLBACK", "BEGIN IMMEDIATE"]])
def test_a_work_that_breaks_its_transaction_does_not_stop_the_writer(writer, statements):
    before = count()

    def breaks(tx):
        teams.add(tx, "Never")
        for statement in statements:  # SQLite rolls back by itself when the disk is full
            tx.execute(statement)

    [broken] = together(writer, breaks)
    assert isinstance(broken, Exception)
    assert count() == before
    writer(lambda tx: teams.add(tx, "B"))
    assert count() == before + 1


def test_a_listener_that_fails_does_not_stop_the_writer(world):
    def fails(transaction):
        raise RuntimeError("nobody listens")

    writer = GroupWriter(fails)
    assert all(
        isinstance(made, int) for made in together(writer, *[lambda tx: teams.add(tx, "A")] * 3)
    )

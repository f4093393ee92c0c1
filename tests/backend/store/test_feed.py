import pytest
import time_machine

from backend.store import feed
from backend.store.rows import now


@pytest.fixture
def append(world):
    def one(user=None):
        return world.writer(
            lambda tx: feed.append(tx, (user or world.ana).id, lambda seq: b"%d" % seq)
        )

    return one


def test_seq_has_no_gaps_and_each_user_their_own(world, append):
    assert [append(), append(), append(world.ben), append()] == [1, 2, 1, 3]


def test_a_change_that_is_undone_leaves_no_gap(world, append):
    append()

    def fails(tx):
        feed.append(tx, world.ana.id, lambda seq: b"")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        world.writer(fails)
    assert append() == 2
    assert [event.seq for event in feed.after(world.ana.id, 0)] == [1, 2]


def test_replay_gives_exactly_what_came_after(world, append):
    for _ in range(5):
        append()
    assert [event.seq for event in feed.after(world.ana.id, 3)] == [4, 5]
    assert feed.after(world.ana.id, 5) == []


def test_a_position_that_was_never_reached_cannot_be_resumed(world, append):
    append()
    assert feed.after(world.ana.id, 2) is None


def test_pruned_events_end_the_replay_from_before_them(world, append):
    with time_machine.travel(0, tick=False):
        append()
    append()
    world.writer(lambda tx: feed.prune(tx, now() - feed.KEPT_MS))
    assert feed.after(world.ana.id, 0) is None
    assert [event.seq for event in feed.after(world.ana.id, 1)] == [2]
    assert append() == 3


def test_events_that_are_pruned_while_they_are_read_leave_no_hole(world, append, monkeypatch):
    with time_machine.travel(0, tick=False):
        append()
    append()
    read = feed.all_rows

    def pruned_meanwhile(*query):
        world.writer(lambda tx: feed.prune(tx, now() - feed.KEPT_MS))
        return read(*query)

    monkeypatch.setattr(feed, "all_rows", pruned_meanwhile)
    assert feed.after(world.ana.id, 0) is None


def test_too_many_missed_events_are_not_replayed(world, append, monkeypatch):
    monkeypatch.setattr(feed, "LONGEST_REPLAY", 2)
    for _ in range(4):
        append()
    assert feed.after(world.ana.id, 1) is None
    assert len(feed.after(world.ana.id, 2)) == 2


def test_events_are_passed_on_only_after_the_commit(world, append):
    def work(tx):
        feed.append(tx, world.ana.id, lambda seq: b"x")
        assert world.committed == []

    world.writer(work)
    assert [event.seq for event in world.committed[0].events] == [1]

"""Power loss, a disk that is full and one that fails: what was answered is there, whole."""

import pytest

from tests.backend.faults import losses

# The disk that is broken here is told of by SQLite's own VFS.
pytestmark = pytest.mark.only_on("sqlite")


@pytest.mark.parametrize("lose", [losses.lose_power, losses.fail_syncs, losses.fill])
def test_what_was_answered_outlives_the_disk(lose):
    times, wrong = lose("a seed", 40)
    assert wrong == []
    assert times >= 40


def test_without_a_sync_at_each_commit_the_same_finds_what_is_lost():
    _, wrong = losses.lose_power("a seed", 40, synchronous="normal")
    assert any(each.startswith("lost") for each in wrong)

"""Tries to sign in are counted in the database: for all processes, for an hour and not
without end."""

import threading

import pytest
import time_machine

from backend.models import SignInTry
from backend.models import database as handle
from backend.store import sign_in_tries
from backend.store.writer import InlineWriter
from backend.throttle import FORGOTTEN_MS, Throttle

THROTTLE = Throttle(free=5, longest=60)
ANA = "ana@brightpath.example"
AT_S = 1_800_000_000


@pytest.fixture
def try_(world):
    """One try by an e-mail: the seconds to wait."""

    def one(email=ANA):
        limits = {sign_in_tries.key("email", email): THROTTLE}
        return world.writer(lambda tx: sign_in_tries.take(tx, limits))

    return one


@pytest.fixture
def prune(world):
    return lambda: world.writer(sign_in_tries.prune)


def test_tries_of_several_processes_side_by_side_all_count(database):
    """As by processes: writers of their own, no lock between them but the database's."""
    limits, said, starting = {sign_in_tries.key("email", ANA): THROTTLE}, [], threading.Barrier(12)

    def guess():
        starting.wait()
        try:
            said.append(
                InlineWriter(lambda tx: None)(lambda tx: sign_in_tries.take(tx, limits)) > 0
            )
        finally:
            handle.close()

    threads = [threading.Thread(target=guess) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(said) == [False] * 5 + [True] * 7


def test_nothing_that_was_typed_is_kept_readable(try_):
    try_("correct horse battery staple")
    [(key,)] = SignInTry.select(SignInTry.key).tuples()
    assert key.startswith("hash:")
    assert "horse" not in key


def test_who_has_to_wait_counts_for_nothing_by_either_key(world, try_):
    with time_machine.travel(AT_S, tick=False):
        for _ in range(5):
            try_()
        limits = {
            sign_in_tries.key("address", "192.0.2.1"): THROTTLE,
            sign_in_tries.key("email", ANA): THROTTLE,
        }
        assert world.writer(lambda tx: sign_in_tries.take(tx, limits)) == 1
        assert SignInTry.select().count() == 1


def test_tries_are_forgotten_after_an_hour(try_, prune):
    with time_machine.travel(AT_S, tick=False) as clock:
        for _ in range(5):
            assert try_() == 0
        assert try_() == 1
        prune()
        assert SignInTry.get().tries == 5
        clock.shift(FORGOTTEN_MS / 1000 + 1)
        assert [try_() for _ in range(5)] == [0] * 5
        clock.shift(FORGOTTEN_MS / 1000 + 1)
        prune()
        assert SignInTry.select().count() == 0


def test_a_clock_that_was_ahead_locks_nobody_out(try_):
    with time_machine.travel(AT_S + 86_400, tick=False):
        for _ in range(6):
            try_()
    with time_machine.travel(AT_S, tick=False):
        assert try_() == 0


def test_only_the_latest_are_kept(try_, prune, monkeypatch):
    monkeypatch.setattr(sign_in_tries, "MOST", 3)
    for second in range(5):
        with time_machine.travel(AT_S + second, tick=False):
            try_(f"{second}@x.example")
    with time_machine.travel(AT_S + 5, tick=False):
        prune()
    kept = {key for (key,) in SignInTry.select(SignInTry.key).tuples()}
    assert kept == {sign_in_tries.key("email", f"{second}@x.example") for second in (2, 3, 4)}


def test_a_try_that_was_good_frees_its_address_of_this_one_alone(world, try_):
    key = sign_in_tries.key("email", ANA)
    with time_machine.travel(AT_S, tick=False):
        for _ in range(5):
            try_()
        world.writer(lambda tx: sign_in_tries.give_back(tx, key, THROTTLE))
        assert [try_(), try_()] == [0, 1]
        world.writer(lambda tx: sign_in_tries.forget(tx, key))
        assert [try_() for _ in range(6)] == [0] * 5 + [1]


def test_free_tries_of_two_clocks_that_differ_do_not_wait_for_each_other(try_):
    with time_machine.travel(AT_S, tick=False) as clock:
        assert try_() == 0
        clock.shift(-0.2)
        assert try_() == 0


def test_a_clock_that_steps_back_keeps_nobody_waiting_for_longer_than_the_longest(try_):
    with time_machine.travel(AT_S, tick=False) as clock:
        for _ in range(5):
            try_()
        clock.shift(-40 * 60)
        assert 0 < try_() <= THROTTLE.longest

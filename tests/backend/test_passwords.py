"""Passwords are checked beside gevent's loop, not on it."""

import subprocess
import sys

import pytest
from argon2 import PasswordHasher

from backend.passwords import Passwords, WeakPassword, check_strength

# In a process of its own: patching cannot be undone.
UNDER_GEVENT = """
from gevent import monkey
monkey.patch_all()
import gevent
from argon2 import PasswordHasher
from backend.passwords import Passwords

passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=1024, parallelism=1))
turns, spent = 0, []

def others():
    global turns
    while True:
        turns += 1
        gevent.sleep(0)

def verify():
    before = turns
    passwords.verify(None, "guess")
    spent.append(turns - before)

gevent.spawn(others)
gevent.sleep(0)
gevent.joinall([gevent.spawn(verify) for _ in range(3)])
print(min(spent))
"""


def test_the_loop_goes_on_while_a_password_is_checked():
    done = subprocess.run(
        [sys.executable, "-c", UNDER_GEVENT], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 0


@pytest.mark.parametrize("known", ["", "$argon2id$broken", "plain text", "$2b$12$bcrypt"])
def test_a_hash_that_is_none_lets_nobody_in(known):
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    assert passwords.verify(known, "guess") is False
    assert passwords.verify(known, "nobody") is False
    assert passwords.verify(None, "nobody") is False


@pytest.mark.parametrize("password", ["", "nine char", "x" * 1001, "with\x00a nul in it"])
def test_weak_passwords_are_told_from_good_ones(password):
    with pytest.raises(WeakPassword):
        check_strength(password)
    check_strength("ten chars!")


def test_ones_own_email_is_no_password():
    with pytest.raises(WeakPassword, match="e-mail"):
        check_strength("Ana@Brightpath.example", "ana@brightpath.example")
    check_strength("ben@brightpath.example", "ana@brightpath.example")

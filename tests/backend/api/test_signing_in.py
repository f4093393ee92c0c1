"""Who may sign in, and what they are told when they may not."""

import statistics
import time

import pytest
import time_machine
from argon2 import PasswordHasher

from backend.models import Audit, Session
from backend.passwords import Passwords
from backend.signing_in import Sessions, SignInRefused
from backend.store import sign_in_tries, users
from backend.throttle import network
from backend.tokens import Tokens
from tests.backend.api.conftest import PASSWORD


def test_who_signs_in_gets_tokens_and_learns_who_they_are(api_):
    answer = api_.sign_in()
    assert answer.status_code == 201
    assert answer.json["user"]["name"] == "Ana Ruiz"
    assert answer.json["team"]["name"] == "Brightpath"
    me = api_.call("GET", "/me", token=answer.json["access_token"])
    assert me.json["user"] == answer.json["user"]
    assert [each["e164"] for each in me.json["numbers"]] == ["+14045550123"]


def test_capitals_and_spaces_around_the_email_do_not_matter(api_):
    assert api_.sign_in(" ANA@Brightpath.Example ").status_code == 201


def test_wrong_passwords_strangers_and_disabled_users_hear_the_same(api_):
    api_.world.writer(lambda tx: users.disable(tx, api_.world.team.id, api_.world.ben.id))
    wrong = api_.sign_in(password="wrong")
    unknown = api_.sign_in("nobody@brightpath.example")
    disabled = api_.sign_in("ben@brightpath.example")
    assert wrong.status_code == unknown.status_code == disabled.status_code == 401
    assert wrong.data == unknown.data == disabled.data


def test_an_unknown_email_takes_as_long_as_a_wrong_password(world, config):
    slow = Passwords(PasswordHasher(time_cost=2, memory_cost=4096, parallelism=1))
    world.ana.password_hash = slow.hash(PASSWORD)
    world.ana.save()

    def median(email: str) -> float:
        spent = []
        for number in range(7):
            sessions = Sessions(world.writer, Tokens(config), slow)
            began = time.process_time()  # of this process alone, whatever else runs
            with pytest.raises(SignInRefused):
                sessions.sign_in(email, "wrong", "", f"192.0.2.{number}")
            spent.append(time.process_time() - began)
            by_email = sign_in_tries.key("email", email)
            world.writer(lambda tx, key=by_email: sign_in_tries.forget(tx, key))
        return statistics.median(spent)

    known, unknown = median("ana@brightpath.example"), median("nobody@brightpath.example")
    # Without the dummy hash the difference is a hundredfold.
    assert 0.4 < unknown / known < 2.5


def test_nothing_that_lets_one_in_is_kept_readable(api_, database):
    answer = api_.sign_in().json
    kept = str(list(Session.select().tuples()))
    assert answer["refresh_token"] not in kept
    assert answer["access_token"] not in kept
    assert PASSWORD not in kept


def test_a_hash_of_another_cost_is_made_anew_at_sign_in(api_, passwords):
    dear = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    api_.world.ana.password_hash = dear.hash(PASSWORD)
    api_.world.ana.save()
    assert api_.sign_in().status_code == 201
    renewed = users.secret_of("ana@brightpath.example").password_hash
    assert not passwords.outdated(renewed)
    assert api_.sign_in().status_code == 201


def test_guessing_one_email_slows_down_and_recovers(api_):
    with time_machine.travel(1_800_000_000, tick=False) as clock:
        for _ in range(5):
            assert api_.sign_in(password="guess").status_code == 401
        refused = api_.sign_in(password="guess")
        assert refused.status_code == 429
        assert refused.json["type"] == "urn:repline:throttled"
        wait = int(refused.headers["Retry-After"])
        clock.shift(wait)
        assert api_.sign_in(password="guess").status_code == 401
        # Twice as long, and the right password has to wait as well: being told apart would help.
        assert int(api_.sign_in(password="guess").headers["Retry-After"]) == 2 * wait
        assert api_.sign_in().status_code == 429
        clock.shift(2 * wait)
        assert api_.sign_in().status_code == 201
        assert api_.sign_in(password="guess").status_code == 401


def test_a_throttled_stranger_hears_what_a_throttled_user_hears(api_):
    with time_machine.travel(1_800_000_000, tick=False):
        for email in ("ana@brightpath.example", "nobody@brightpath.example"):
            for _ in range(5):
                api_.sign_in(email, "guess")
        known = api_.sign_in(password="guess")
        unknown = api_.sign_in("nobody@brightpath.example", "guess")
        assert known.status_code == unknown.status_code == 429
        assert known.data == unknown.data


def test_guessing_many_emails_from_one_address_slows_down_and_leaves_others_alone(api_):
    def from_(address: str, email: str, password: str = "guess"):
        return api_.sign_in(email, password, environ_base={"REMOTE_ADDR": address})

    with time_machine.travel(1_800_000_000, tick=False):
        said = [from_("192.0.2.9", f"{n}@x.example").status_code for n in range(22)]
        assert said[:20] == [401] * 20
        assert said[-1] == 429
        assert from_("192.0.2.10", "ana@brightpath.example", PASSWORD).status_code == 201


def test_an_office_that_signs_in_rightly_is_never_throttled(api_):
    with time_machine.travel(1_800_000_000, tick=False):
        assert {api_.sign_in().status_code for _ in range(60)} == {201}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:192.0.2.1", "192.0.2.1", True),
        ("not an address", "not an address", True),
    ],
)
def test_an_ipv6_customer_counts_as_one_caller(one, other, same):
    assert (network(one) == network(other)) is same


def test_signing_in_and_out_are_noted_with_the_address(api_):
    api_.sign_in(password="wrong")
    token = api_.sign_in().json["access_token"]
    api_.call("DELETE", "/session", token=token)
    noted = Audit.select().order_by(Audit.id)
    assert [(each.action, each.actor, each.address, each.user_id) for each in noted] == [
        ("session.refused", "ana@brightpath.example", "127.0.0.1", None),
        ("session.started", "ana@brightpath.example", "127.0.0.1", api_.world.ana.id),
        ("session.ended", "ana@brightpath.example", "127.0.0.1", api_.world.ana.id),
    ]

"""Refresh tokens are good once; a lost answer is forgiven, a theft is not."""

import time_machine

from backend import signing_in
from backend.models import Session
from backend.store import sessions, users

START = 1_800_000_000
DAY = 24 * 3600


def refresh(api_, token: str):
    return api_.call("POST", "/session/refresh", {"refresh_token": token})


def test_a_refresh_token_is_exchanged_for_a_new_pair(api_):
    first = api_.sign_in().json
    second = refresh(api_, first["refresh_token"])
    assert second.status_code == 200
    assert second.json["refresh_token"] != first["refresh_token"]
    assert api_.call("GET", "/me", token=second.json["access_token"]).status_code == 200
    assert refresh(api_, second.json["refresh_token"]).status_code == 200


def test_a_lost_answer_is_given_again(api_):
    with time_machine.travel(START, tick=False) as clock:
        first = api_.sign_in().json["refresh_token"]
        lost = refresh(api_, first).json["refresh_token"]
        clock.shift(59)
        again = refresh(api_, first)
        assert again.status_code == 200
        # The same one: whoever of two holds it second is found out.
        assert again.json["refresh_token"] == lost
        assert refresh(api_, lost).status_code == 200


def test_a_reuse_after_a_minute_ends_the_session_for_both_hands(api_):
    with time_machine.travel(START, tick=False) as clock:
        answer = api_.sign_in().json
        stolen = answer["refresh_token"]
        current = refresh(api_, stolen).json
        clock.shift(61)
        assert refresh(api_, stolen).status_code == 401
        assert refresh(api_, current["refresh_token"]).status_code == 401
        assert api_.call("GET", "/me", token=current["access_token"]).status_code == 401


def test_a_thief_who_went_ahead_by_several_tokens_is_found_out_too(api_):
    stolen = api_.sign_in().json["refresh_token"]
    ahead = stolen
    for _ in range(3):
        ahead = refresh(api_, ahead).json["refresh_token"]
    assert refresh(api_, stolen).status_code == 401
    assert refresh(api_, ahead).status_code == 401


def test_a_forged_token_ends_nobodys_session(api_):
    good = api_.sign_in().json["refresh_token"]
    flipped = good[:20] + ("A" if good[20] != "A" else "B") + good[21:]
    for forged in (flipped, "A" * len(good), good[:-4], good + "AAAA", "x" * 40, "ü" * 40):
        assert refresh(api_, forged).status_code == 401
    assert refresh(api_, good).status_code == 200


def test_a_session_lives_for_thirty_days_however_often_it_is_refreshed(api_):
    with time_machine.travel(START, tick=False) as clock:
        token = api_.sign_in().json["refresh_token"]
        clock.shift(29 * DAY)
        token = refresh(api_, token).json["refresh_token"]
        clock.shift(DAY)
        assert refresh(api_, token).status_code == 401


def test_signing_out_ends_tokens_and_sockets(api_):
    answer = api_.sign_in().json
    assert api_.call("DELETE", "/session", token=answer["access_token"]).status_code == 204
    assert api_.closed == [Session.get().id]
    assert api_.call("GET", "/me", token=answer["access_token"]).status_code == 401
    assert refresh(api_, answer["refresh_token"]).status_code == 401


def test_signing_out_leaves_the_users_other_browsers_alone(api_):
    here, there = api_.token(), api_.token()
    api_.call("DELETE", "/session", token=here)
    assert api_.call("GET", "/me", token=there).status_code == 200


def test_a_disabled_users_tokens_stop_at_once(api_):
    answer = api_.sign_in().json
    api_.world.writer(lambda tx: users.disable(tx, api_.world.team.id, api_.world.ana.id))
    assert api_.call("GET", "/me", token=answer["access_token"]).status_code == 401
    assert refresh(api_, answer["refresh_token"]).status_code == 401


def test_the_sweep_is_told_which_sessions_have_ended(api_):
    world = api_.world
    for email in ("ana@brightpath.example", "ben@brightpath.example", "eve@rivals.example"):
        api_.sign_in(email)
    ana, ben, eve = (session.id for session in Session.select().order_by(Session.id))
    assert signing_in.ended([ana, ben, eve, 999]) == [999]
    world.writer(lambda tx: sessions.end(tx, world.team.id, ana))
    world.writer(lambda tx: users.disable(tx, world.others.id, world.stranger.id))
    assert signing_in.ended([ana, ben, eve]) == [ana, eve]
    with time_machine.travel(4_000_000_000):
        assert signing_in.ended([ben]) == [ben]
    assert signing_in.ended([ben] * 1200) == []


def test_another_team_cannot_end_a_session(api_):
    world = api_.world
    token = api_.token()
    session = Session.get().id
    assert not world.writer(lambda tx: sessions.end(tx, world.others.id, session))
    assert api_.call("GET", "/me", token=token).status_code == 200


def test_old_sessions_are_forgotten_with_what_hangs_on_them(api_):
    api_.sign_in()
    assert api_.world.writer(lambda tx: sessions.prune(tx, 1000)) == 0
    assert api_.world.writer(lambda tx: sessions.prune(tx, 4_000_000_000_000)) == 1
    assert Session.select().count() == 0

"""What a rep's socket gives and refuses: teams, reconnects, ended sign-ins, bad frames."""

import json
import time

import jwt
import pytest
import requests
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from backend.store.rows import now
from demo.seed import ANA_NUMBER, BEN_NUMBER
from tests.running.rep import ORIGIN, Rep, closed_with, fresh_mobile, fresh_ref, hire, sign_in


def test_an_inbound_text_comes_to_every_socket_of_its_rep_and_to_nobody_else(
    url, token, ben_token, phones
):
    with Rep(url, token) as one, Rep(url, token) as two, Rep(url, ben_token) as ben:
        mobile = fresh_mobile()
        phones.text(mobile, ANA_NUMBER, "For Ana")
        for rep in (one, two):
            assert rep.wait("message.created")["message"]["body"] == "For Ana"
        phones.text(mobile, BEN_NUMBER, "For Ben")
        assert ben.wait("message.created")["message"]["body"] == "For Ben"


def test_a_reconnect_gets_exactly_what_it_missed(url, token, phones):
    mobile = fresh_mobile()
    with Rep(url, token) as rep:
        phones.text(mobile, ANA_NUMBER, "seen")
        seen = rep.wait("message.created", lambda f: f["message"]["body"] == "seen")["seq"]
    for n in range(3):
        phones.text(mobile, ANA_NUMBER, f"missed {n}")
    with Rep(url, token, since=seen) as rep:
        assert rep.seen[0]["resumed"] is True
        missed = [rep.wait("message.created") for _ in range(3)]
    assert [each["message"]["body"] for each in missed] == ["missed 0", "missed 1", "missed 2"]
    assert [each["seq"] for each in missed] == [seen + 1, seen + 2, seen + 3]


def test_a_position_that_the_feed_never_reached_starts_afresh(url, token):
    with Rep(url, token, since=10**9) as rep:
        assert rep.seen[0]["resumed"] is False


def test_a_text_comes_back_with_the_clients_ref(rep):
    ref = fresh_ref()
    conversation = rep.open(fresh_mobile())
    rep.text(conversation, "Hi", ref)
    created = next(frame for frame in rep.seen if frame["type"] == "message.created")
    assert created["message"]["ref"] == ref


def test_a_double_click_is_one_text_also_over_two_sockets(url, token, phones):
    mobile, ref = fresh_mobile(), fresh_ref()
    with Rep(url, token) as one, Rep(url, token) as two:
        conversation = one.open(mobile)
        first = one.text(conversation, "Once", ref)
        assert {one.text(conversation, "Once", ref), two.text(conversation, "Once", ref)} == {first}
        one.status(first, "delivered")
    assert phones.received(mobile) == ["Once"]


def test_the_same_ref_with_another_text_is_refused(rep):
    ref, conversation = fresh_ref(), rep.open(fresh_mobile())
    rep.text(conversation, "One", ref)
    rep.send("message.send", ref=ref, conversation=conversation, body="Two")
    assert rep.wait("frame.refused")["reason"] == "conflict"


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("message.send", {"ref": "ref-stranger", "body": "Hi"}),
        ("message.list", {"request": "req-stranger"}),
        ("conversation.get", {"request": "req-stranger"}),
        ("conversation.read", {"upto": 1}),
    ],
)
def test_a_conversation_of_somebody_else_does_not_exist(url, rep, ben_token, kind, fields):
    conversation = rep.open(fresh_mobile())
    with Rep(url, ben_token) as ben:
        ben.send(kind, conversation=conversation, **fields)
        assert ben.wait("frame.refused")["reason"] == "not_found"


def test_a_person_of_somebody_else_cannot_be_named(url, rep, ben_token, phones):
    phones.text(fresh_mobile(), ANA_NUMBER, "Who am I?")
    person = rep.wait("message.created")["conversation"]["person"]["id"]
    with Rep(url, ben_token) as ben:
        ben.send("person.name", request="req-stranger", person=person, name="Mine")
        assert ben.wait("frame.refused")["reason"] == "not_found"
    named = rep.ask("person.name", "person.named", person=person, name="  Grace   Kim ")
    assert named["person"]["name"] == "Grace Kim"


def test_reading_clears_the_count_on_every_socket(url, token, phones):
    with Rep(url, token) as one, Rep(url, token) as two:
        phones.text(fresh_mobile(), ANA_NUMBER, "Unread")
        arrived = one.wait("message.created")
        conversation = arrived["conversation"]["id"]
        one.send("conversation.read", conversation=conversation, upto=arrived["message"]["id"])
        for rep in (one, two):
            updated = rep.wait(
                "conversation.updated", lambda f: f["conversation"]["id"] == conversation
            )
            assert updated["conversation"]["unread"] == 0
            assert updated["unread"] == arrived["unread"] - 1


def test_the_list_is_paged_without_gaps_and_searched_by_name_and_number(rep):
    names = [f"Paged {n:02}" for n in range(5)]
    mobiles = [fresh_mobile() for _ in names]
    for name, mobile in zip(names, mobiles, strict=True):
        rep.text(rep.open(mobile, name))
    found, cursor = [], ""
    while True:
        page = rep.ask(
            "conversation.list", "conversation.page", search="Paged", before=cursor, limit=2
        )
        found += [each["person"]["name"] for each in page["conversations"]]
        cursor = page["next"]
        if not cursor:
            break
    assert sorted(found) == names
    page = rep.ask("conversation.list", "conversation.page", search=mobiles[3][-7:])
    assert "Paged 03" in [each["person"]["name"] for each in page["conversations"]]


def test_a_conversation_that_was_opened_and_never_used_is_not_listed(rep):
    rep.open(fresh_mobile(), "Never texted")
    page = rep.ask("conversation.list", "conversation.page", search="Never texted")
    assert page["conversations"] == []


def test_a_cursor_that_is_not_ours_is_refused(rep):
    rep.send("conversation.list", request="req-00000001", before="'; DROP TABLE--")
    assert rep.wait("frame.refused")["reason"] == "malformed"


def test_a_number_that_cannot_be_texted_is_refused_with_the_reason(rep):
    person = {"mobile": "(404) 555-0187 ext. 2", "name": "X"}
    rep.send("conversation.open", request="req-00000002", person=person)
    assert rep.wait("frame.refused")["blocked"]["reason"] == "extension"
    opened = rep.ask(
        "conversation.open", "conversation.opened", person={"mobile": "+44 7700 900123"}
    )
    assert opened["conversation"]["blocked"]["reason"] == "country"


# Bad frames


@pytest.mark.parametrize(
    "data",
    ["hello", "", "[]", '{"type":"x.y","v":1}', '{"type":"session.ping","v":2}', '{"a":' * 5000],
)
def test_a_bad_frame_is_answered_with_a_reason_and_the_socket_lives(rep, data):
    rep.socket.send(data)
    assert rep.wait("frame.refused")["text"]
    rep.send("session.ping")
    rep.wait("session.pong")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"\x00\x01", 1003),
        ("x" * 70_000, 1009),
        ("x" * 30_000_000, 1009),
    ],
    ids=["binary", "70 kB", "30 MB"],
)
def test_what_is_no_frame_closes_the_socket_with_the_right_code(url, token, data, code):
    with Rep(url, token) as rep:
        try:
            rep.socket.send(data)
        except ConnectionClosed:
            pass  # closed while we were still sending
        assert closed_with(rep) == code


def test_a_lone_surrogate_changes_nothing(rep, phones):
    mobile = fresh_mobile()
    conversation = rep.open(mobile)
    frame = {"type": "message.send", "v": 1, "ref": "ref-surrogate", "conversation": conversation}
    rep.socket.send(json.dumps({**frame, "body": "\ud83d"}))
    assert rep.wait("frame.refused")["reason"] == "malformed"
    page = rep.ask("message.list", "message.page", conversation=conversation)
    assert page["messages"] == []


# Sign-ins


def test_a_frame_before_session_start_is_closed_with_4401(url):
    with Rep(url, "", start=False) as nobody:
        nobody.send("conversation.list", request="req-00000001")
        assert closed_with(nobody) == 4401


def forged(token: str, **changes: object) -> str:
    claims = {**jwt.decode(token, options={"verify_signature": False}), **changes}
    return jwt.encode(claims, "a guessed secret that is long enough", headers={"typ": "at+jwt"})


@pytest.mark.parametrize(
    "make",
    [
        lambda token: "",
        lambda token: "x.y.z",
        lambda token: token[:-2],
        lambda token: forged(token),
        lambda token: forged(token, exp=2**40),
        lambda token: jwt.encode(
            jwt.decode(token, options={"verify_signature": False}), None, algorithm="none"
        ),
    ],
    ids=["empty", "nonsense", "cut", "forged", "far future", "none"],
)
def test_a_bad_token_is_closed_with_4401(url, token, make):
    with Rep(url, "", start=False) as stranger:
        stranger.send("session.start", token=make(token))
        assert closed_with(stranger) == 4401


def test_signing_out_closes_the_sockets_of_that_sign_in_alone(url):
    leaving, staying = (sign_in(url)["access_token"] for _ in range(2))
    with Rep(url, leaving) as gone, Rep(url, staying) as here:
        requests.delete(
            f"{url}/api/v1/session", headers={"Authorization": f"Bearer {leaving}"}, timeout=5
        )
        assert closed_with(gone) == 4401
        here.send("session.ping")
        here.wait("session.pong")


def test_a_token_of_another_sign_in_does_not_renew_a_socket(url, token, ben_token):
    with Rep(url, token) as rep:
        rep.send("session.renew", token=ben_token)
        assert closed_with(rep) == 4401


def test_a_fresh_token_renews_a_socket(url):
    tokens = sign_in(url)
    with Rep(url, tokens["access_token"]) as rep:
        again = requests.post(
            f"{url}/api/v1/session/refresh",
            json={"refresh_token": tokens["refresh_token"]},
            timeout=5,
        ).json()
        rep.send("session.renew", token=again["access_token"])
        assert rep.wait("session.renewed")["expires_at"] > now()


def test_a_disabled_users_socket_is_closed_within_five_seconds(stack, url):
    email = "gone@brightpath.example"
    hire(url, email)
    with Rep(url, sign_in(url, email)["access_token"]) as gone:
        began = time.monotonic()
        stack.command("user", "disable", email)
        assert closed_with(gone) == 4401
        assert time.monotonic() - began < 5 + command_seconds(stack)


def command_seconds(stack) -> float:
    began = time.monotonic()
    stack.command("user", "list")
    return time.monotonic() - began


# Origins


def test_a_page_of_another_origin_cannot_open_a_socket(url):
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{url.replace('http', 'ws', 1)}/ws", origin="https://evil.example", legacy=True)
    assert refused.value.response.status_code == 403


def test_a_token_in_the_address_is_refused_since_addresses_are_logged(url, token):
    with pytest.raises(InvalidStatus) as refused:
        connect(f"{url.replace('http', 'ws', 1)}/ws?token={token}", origin=ORIGIN, legacy=True)
    assert refused.value.response.status_code == 400


def test_ten_thousand_frames_from_one_socket_do_not_hold_up_another(url, token, ben_token):
    with Rep(url, token) as flood, Rep(url, ben_token) as quiet:
        ping = json.dumps({"type": "session.ping", "v": 1})
        try:
            for _ in range(10_000):
                flood.socket.send(ping)
        except ConnectionClosed:
            pass
        quiet.send("session.ping")
        quiet.wait("session.pong")
        assert closed_with(flood) == 1008

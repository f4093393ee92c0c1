"""The log tells what happened, and nothing that people wrote or that lets one in."""

import io
import json
import logging

import gevent
import pytest
import structlog
from flask import Flask

from backend import log, request_ids
from backend.store.group_writer import GroupWriter
from backend.web import requests


@pytest.fixture
def lines():
    """Read what was logged since: a list of entries."""
    stream = io.StringIO()
    kept = logging.getLogger().handlers[:], logging.getLogger().level
    usual = structlog.get_config()
    log.configure(stream)
    # A logger that was used before holds on to what it was made with.
    yield lambda: [json.loads(line) for line in stream.getvalue().splitlines()]
    logging.getLogger().handlers[:], level = kept
    logging.getLogger().setLevel(level)
    structlog.configure(**usual)
    structlog.contextvars.clear_contextvars()


def test_an_entry_is_a_line_of_json(lines):
    structlog.get_logger().info("text.filed", message=5)
    (entry,) = lines()
    assert (entry["event"], entry["level"], entry["message"]) == ("text.filed", "info", 5)
    assert entry["timestamp"].endswith("Z")


def test_libraries_speak_the_same_way(lines):
    logging.getLogger("somebody").warning("went %s", "wrong")
    (entry,) = lines()
    assert (entry["event"], entry["level"]) == ("went wrong", "warning")


def test_secrets_are_dropped_however_deep_they_lie(lines):
    structlog.get_logger().info(
        "tried",
        body="Call me at home",
        Authorization="Bearer hunter2",
        nested={"deeper": [{"password": "hunter2", "email": "a@b.example"}]},
        pair=({"refresh_token": "hunter2"},),
    )
    logging.getLogger("somebody").warning("tried", extra={"token": "hunter2"})
    said = json.dumps(lines())
    assert "hunter2" not in said
    assert "at home" not in said
    assert "a@b.example" in said


def test_a_traceback_does_not_show_what_variables_held(lines):
    def fail(secret: str) -> None:
        assert len(secret) == 7
        raise RuntimeError("broken")

    password = "hunter" + str(2)
    try:
        fail(password)
    except RuntimeError:
        structlog.get_logger().exception("failed")
    (entry,) = lines()
    assert "RuntimeError: broken" in entry["exception"]
    assert "hunter2" not in entry["exception"]


def test_what_is_said_during_a_request_carries_its_name_and_no_other(lines):
    app = Flask("test")
    requests.register(app)

    @app.get("/")
    def answer() -> str:
        structlog.get_logger().info("inside")
        return ""

    names = [app.test_client().get("/").headers["X-Request-Id"] for _ in range(2)]
    assert [entry["request_id"] for entry in lines()] == names
    assert len(set(names)) == 2


def test_a_caller_cannot_choose_the_name(lines):
    app = Flask("test")
    requests.register(app)
    app.get("/")(lambda: "")
    said = app.test_client().get("/", headers={"X-Request-Id": "mine"}).headers["X-Request-Id"]
    assert said != "mine"


def test_a_line_break_in_a_value_begins_no_new_entry(lines):
    structlog.get_logger().info("seen", name='x\n{"event": "forged"}')
    assert [entry["event"] for entry in lines()] == ["seen"]


def test_a_number_is_never_told_in_full_whoever_tells_it(lines):
    try:
        raise ValueError("Key (mobile)=(+14045550187) is there")
    except ValueError:
        structlog.get_logger().exception("failed", url="/people?mobile=%2B14045550187&x=1")
    logging.getLogger("somebody").warning("no answer of %s at 2026-11-22T13:00:00+00:00", "+1404")
    said = json.dumps(lines(), ensure_ascii=False)
    assert "404555" not in said
    assert said.count("…0187") == 3  # the traceback shows the line that raised it
    assert "13:00:00+00:00" in said


def test_what_the_writer_says_and_wakes_belongs_to_whoever_asked(lines, database):
    told = []
    writer = GroupWriter(told.append)

    def ask(name):
        request_ids.begin(name)

        def work(tx):
            structlog.get_logger().info("written")
            tx.wake("hand_over", 1)

        writer(work)

    names = [character * 32 for character in "abcdef"]
    gevent.joinall([gevent.spawn(ask, name) for name in names], timeout=10)
    assert [entry["request_id"] for entry in lines()] == names
    assert [wake.request_id for tx in told for wake in tx.wakes] == names


@pytest.mark.parametrize("given", ["", "short", "A" * 32, "a" * 33, '"}\n' + "a" * 29])
def test_only_a_name_of_ours_goes_on(given):
    name = request_ids.begin(given)
    assert name != given
    assert request_ids.current() == name
    assert request_ids.begin(name) == name


class FullDisk(io.StringIO):
    def write(self, text: str) -> int:
        raise OSError(28, "No space left on device")


def test_a_log_that_cannot_be_written_undoes_nothing(lines):
    log.configure(FullDisk())
    structlog.get_logger().info("text.filed", message=5)
    assert lines() == []


def test_half_a_character_in_what_somebody_answered_undoes_nothing(lines):
    structlog.get_logger().warning("crm.not_read", cause="it said \ud83d", size=1 << 80)
    (entry,) = lines()
    assert (entry["event"], entry["cause"]) == ("crm.not_read", "it said \ud83d")

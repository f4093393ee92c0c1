"""The database of the first release is served by this one: nothing in it is lost, and what waited
goes on. It is a SQLite file."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from demo.browser import Process, free_port
from demo.stack import BACKEND, NOON, ROOT
from simulator.server import Simulator
from simulator.settings import Settings
from tests.running.rep import Rep, sign_in

pytestmark = pytest.mark.only_on("sqlite")
FIRST_RELEASE = Path(__file__).parents[1] / "backend/first_release.sql"
ANA_NUMBER, MAYA, JONAS = "+14045550123", 1, 2
"""A number of ours, and conversations."""


@pytest.fixture
def carrier():
    settings = Settings(
        account_sid="AC" + "0" * 32,
        auth_token="token",
        backend_url=f"http://127.0.0.1:{free_port()}",
        numbers=(ANA_NUMBER, "+12125550150"),
        registered=True,
    )
    with Simulator(settings) as running:
        yield running


@pytest.fixture
def url(carrier, tmp_path):
    with closing(sqlite3.connect(tmp_path / "first.sqlite3")) as held:
        held.executescript(FIRST_RELEASE.read_text("utf-8"))
    environment = {
        "SECRET_KEY": "a secret for tests that is long enough to pass",
        "PUBLIC_URL": carrier.backend_url,
        "PORT": carrier.backend_url.rpartition(":")[2],
        "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
        "TWILIO_AUTH_TOKEN": "token",
        "TWILIO_API_BASE_URL": carrier.url,
        "SIMULATED_TIME": NOON,
        "DATABASE_URL": f"sqlite:///{tmp_path}/first.sqlite3",
    }
    with Process(BACKEND, env=environment, cwd=ROOT) as backend:
        yield backend.url


def test_it_serves_what_the_first_release_left(carrier, url):
    token = sign_in(url, "ana@brightpath.example", "correct horse battery")["access_token"]
    with Rep(url, token) as rep:
        message = rep.text(MAYA, "Still here?")
        rep.status(message, "delivered")
        page = rep.ask("message.list", "message.page", conversation=MAYA)
        found = {each["body"]: each["status"] for each in page["messages"]}
        assert found["Yes! 🙌"] == "received"
        assert found["Shall we talk?"] == "delivered"
        assert found["Waits since the first release"] in ("sending", "sent", "delivered")
        assert (found["Nobody knows"], found["In doubt"]) == ("unknown", "unknown")
        rep.send("message.send", ref="ref-again-0001", conversation=JONAS, body="Hello?")
        assert rep.wait("frame.refused")["blocked"]["reason"] == "opted_out"
        rep.send("message.send", ref="ref-again-0002", conversation=3, body="Not mine")
        refused = rep.wait("frame.refused", lambda frame: frame["request"] == "ref-again-0002")
        assert refused["reason"] == "not_found"
        with carrier.state.look() as books:
            sent = [each.body for each in books.messages.values() if each.direction != "inbound"]
    assert sorted(sent) == ["Still here?", "Waits since the first release"]

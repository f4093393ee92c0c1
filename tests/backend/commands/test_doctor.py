"""`repline doctor`: each thing that can be wrong is told, and how to mend it."""

import json
import threading
from collections import namedtuple
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import time

import pytest

from backend.commands.doctor import database as storage
from backend.models import Conversation, Message, Number, Outbox, Person, sqlite
from backend.store import heartbeats
from backend.store.rows import now
from backend.store.writer import InlineWriter
from tests.backend.commands.test_commands import PASSWORD, carrier, furnished, office, run

__all__ = ["carrier", "furnished", "office", "run"]
MINUTE = 60_000


def test_the_doctor_finds_nothing_wrong(office, carrier):
    office("license grant ana@brightpath.example messenger")
    office("number assign 4045550123 ana@brightpath.example")
    answer = office("doctor")
    assert answer.exit_code == 0, answer.output
    assert [line.split()[:2] for line in answer.output.splitlines()] == [
        ["ok", "configuration:"],
        ["ok", "database:"],
        ["ok", "storage:"],
        ["ok", "carrier:"],
        ["ok", "clock:"],
        ["ok", "numbers:"],
        ["ok", "jobs:"],
        ["ok", "push:"],
    ]


def test_the_doctor_tells_credentials_that_do_not_fit(office, carrier, monkeypatch):
    monkeypatch.setenv("TWILIO_AUTH_TOKEN", "another")
    answer = office("doctor")
    assert answer.exit_code == 1
    assert "do not belong together" in answer.output


def test_the_doctor_tells_a_carrier_that_is_away(office, carrier, monkeypatch):
    monkeypatch.setenv("TWILIO_API_BASE_URL", "http://127.0.0.1:1")
    answer = office("doctor")
    assert answer.exit_code == 1
    assert "http://127.0.0.1:1 does not answer: check the network" in answer.output


def test_the_doctor_tells_all_that_is_missing_at_once(run, carrier, monkeypatch):
    answer = run("doctor")
    assert answer.exit_code == 1
    assert "repline migrate" in answer.output
    run("migrate")
    assert "repline team add" in run("doctor").output
    run("team add Brightpath")
    assert "repline user add" in run("doctor").output
    run("user add ana@b.example --name Ana --password-stdin", PASSWORD)
    assert "repline number add" in run("doctor").output
    run("number add 4045550123")
    run("number assign 4045550123 ana@b.example")
    assert "repline license grant" in run("doctor").output
    monkeypatch.delenv("SECRET_KEY")
    monkeypatch.delenv("PUBLIC_URL")
    said = run("doctor").output
    assert "SECRET_KEY" in said
    assert "PUBLIC_URL" in said


def test_the_doctor_tells_of_texts_that_are_posted_elsewhere_and_a_sync_mends_it(office, carrier):
    office("license grant ana@brightpath.example messenger")
    office("number assign 4045550123 ana@brightpath.example")
    carrier.backend_url = "https://old.example.com"
    said = office("doctor")
    assert said.exit_code == 1
    assert "+14045550123 posts its texts to https://old.example.com/twilio/messages" in said.output
    assert "`repline number sync --webhooks`" in said.output
    answer = office("number sync")
    assert answer.exit_code == 1
    assert "posts its texts to https://old.example.com/twilio/messages" in answer.output
    mended = office("number sync --webhooks")
    assert mended.exit_code == 0, mended.output
    assert "+14045550123\tposts its texts here from now on" in mended.output
    assert office("doctor").exit_code == 0


@pytest.fixture
def well(office, carrier):
    """An office that wants for nothing."""
    office("license grant ana@brightpath.example messenger")
    office("number assign 4045550123 ana@brightpath.example")
    return office


def wrong(answer):
    """What each check that failed says; it exits with 1 exactly when there are any."""
    told = json.loads(answer.output)
    faults = {each["name"]: each["said"] for each in told["checks"] if not each["ok"]}
    assert (told["ok"], answer.exit_code) == (not faults, 1 if faults else 0)
    return faults


def test_programs_are_told_in_json(well, monkeypatch):
    assert wrong(well("doctor --json")) == {}
    monkeypatch.delenv("PUBLIC_URL")
    faults = wrong(well("doctor --json"))
    assert list(faults) == ["configuration"]
    assert "PUBLIC_URL is not set" in faults["configuration"][0]


@pytest.mark.parametrize(("off", "said"), [(-3600, "ahead of"), (3600, "behind")])
def test_a_clock_that_is_wrong_is_told(well, monkeypatch, off, said):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response_only(404)
            self.send_header("Date", formatdate(time() + off, usegmt=True))
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setenv("TWILIO_API_BASE_URL", f"http://127.0.0.1:{server.server_port}")
    (fault,) = wrong(well("doctor --json"))["clock"]
    server.shutdown()
    server.server_close()
    assert f"seconds {said} the carrier: have NTP set it" in fault


def test_a_disk_that_is_nearly_full_is_told(well, monkeypatch):
    usage = namedtuple("usage", "free")
    monkeypatch.setattr(storage.shutil, "disk_usage", lambda place: usage(40_000_000))
    faults = wrong(well("doctor --json"))
    assert "only 40 MB are free at " in faults["storage"][0]


@pytest.mark.only_on("sqlite")
def test_a_disk_that_cannot_do_what_sqlite_needs_is_told(well, monkeypatch):
    monkeypatch.setitem(sqlite.PRAGMAS, "synchronous", "normal")
    (fault,) = wrong(well("doctor --json"))["storage"]
    assert "Move " in fault


@pytest.mark.only_on("sqlite")
def test_a_database_that_is_none_is_told_once(well, tmp_path, monkeypatch):
    (tmp_path / "text.sqlite3").write_text("this is no database, it is a file of text" * 100)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/text.sqlite3")
    faults = wrong(well("doctor --json"))
    assert list(faults) == ["database"]
    assert "not a database" in faults["database"][0]


def test_it_makes_no_database(run, carrier, tmp_path):
    run("doctor")
    assert not (tmp_path / "repline.sqlite3").exists()


def test_a_number_that_may_not_text_businesswise_is_told(well, carrier):
    well("number sync")
    Number.update(a2p="missing").execute()
    (fault,) = wrong(well("doctor --json"))["numbers"]
    assert "+14045550123 is not registered for business texting (A2P missing)" in fault


def test_a_number_that_is_gone_is_told(well, carrier):
    Number.update(e164="+14045550199").execute()
    (fault,) = wrong(well("doctor --json"))["numbers"]
    assert "+14045550199 is not held by the carrier account: `repline number sync`" in fault


@pytest.fixture
def done():
    """``done(name, every, minutes)``: a job that was last done so long ago."""

    def note(name, every, minutes):
        writer = InlineWriter(lambda tx: None)
        at = now() - minutes * MINUTE
        writer(lambda tx: heartbeats.beat(tx, f"{every}:{name}", at))

    return note


def test_jobs_that_stand_still_are_told_and_what_starts_them(well, done, monkeypatch):
    done("catch_up", "minute", 1)
    done("expire", "day", 60 * 24)
    assert wrong(well("doctor --json")) == {}
    done("catch_up", "minute", 60)
    assert wrong(well("doctor --json"))["jobs"] == [
        "nothing has been done for 60 minutes: start `repline serve`"
    ]
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    faults = wrong(well("doctor --json"))
    assert "start `repline work`" in faults["jobs"][0]
    assert "cannot be reached at REDIS_URL" in faults["redis"][0]


def test_one_job_that_fails_is_told_by_its_name(well, done):
    done("prune_feed", "minute", 1)
    done("catch_up", "minute", 90)
    done("expire", "day", 60 * 72)
    catch_up, expire = wrong(well("doctor --json"))["jobs"][::-1]
    assert catch_up.startswith("catch_up was last done 90 minutes ago: look for job.failed")
    assert expire.startswith("expire was last done 72 hours ago")


def test_a_round_that_comes_to_no_end_is_told_with_its_cause(well, done):
    def tried(name, minutes, cause):
        at = now() - minutes * MINUTE
        InlineWriter(lambda tx: None)(lambda tx: heartbeats.tried(tx, name, at, cause))

    done("prune_feed", "minute", 1)
    tried("reconcile", 1, "")
    tried("drift", 60 * 20, "")
    assert wrong(well("doctor --json")) == {}
    tried("reconcile", 0, "HTTP 503.")
    tried("statuses", 30, "")
    assert wrong(well("doctor --json"))["jobs"] == [
        "the round reconcile (Carrier’s list read) did not come to its end"
        " (look for job.failed, job.carrier and round.unfinished in the log): HTTP 503.",
        "the round statuses (Silent texts asked for) was last done 30 minutes ago:"
        " look for job.failed, job.carrier and round.unfinished in the log",
    ]


def test_a_text_that_does_not_leave_is_told(well, done):
    done("catch_up", "minute", 1)
    person = Person.create(team=1, mobile="+14045550187", created_at=1)
    talk = Conversation.create(team=1, number=1, person=person, last_at=1)
    text = Message.create(
        team=1,
        conversation=talk,
        direction="outbound",
        status="queued",
        body="x",
        mobile=person.mobile,
        at=now() - 20 * MINUTE,
    )
    Outbox.create(team=1, message=text, not_before=0)
    (fault,) = wrong(well("doctor --json"))["jobs"]
    assert fault.startswith("a text has been due for 20 minutes")


def test_nobody_to_write_to_is_told_where_pushes_are_real(well, monkeypatch):
    monkeypatch.delenv("TWILIO_API_BASE_URL")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")  # nobody is asked
    faults = wrong(well("doctor --json"))
    assert "WEB_PUSH_CONTACT is not set" in faults["push"][0]
    assert "Twilio (api.twilio.com) does not answer" in faults["carrier"][0]
    monkeypatch.setenv("WEB_PUSH_CONTACT", "mailto:ada@brightpath.example")
    assert "push" not in wrong(well("doctor --json"))

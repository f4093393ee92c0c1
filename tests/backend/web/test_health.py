"""What those who watch over the backend are told, and who may ask."""

import psycopg
import pytest
from flask import Flask

from backend import metrics
from backend.models import (
    Activity,
    Conversation,
    CrmConnection,
    CrmLog,
    Message,
    OptOut,
    Outbox,
    Quarantine,
    StatusAsk,
    postgres,
)
from backend.store import heartbeats, quarantine
from backend.store.rows import now
from backend.web import health
from tests.databases import kind


@pytest.fixture
def app(world):
    return Flask("test")


@pytest.fixture
def client(app, world):
    app.register_blueprint(health.blueprint(world.writer))
    return app.test_client()


@pytest.fixture
def guarded(app, world):
    app.register_blueprint(health.blueprint(world.writer, metrics_token="let-me-in"))
    return app.test_client()


def test_a_backend_that_can_work_says_so(client):
    assert client.get("/healthz").json == {"up": True}
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json == {"ready": True, "database": True, "migrations": True, "writer": True}


def test_a_migration_that_waits_makes_it_unready_but_not_dead(client, database):
    database.execute_sql("DELETE FROM schema_migration")
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {"ready": False, "database": True, "migrations": False, "writer": True}
    assert client.get("/healthz").status_code == 200


@pytest.fixture
def unwritable(world, database, database_url):
    """On PostgreSQL: another process that writes, and does not come to an end."""
    if kind() == "sqlite":
        database.execute_sql("PRAGMA query_only = 1")
        yield
        return
    database.execute_sql("SET lock_timeout = '10ms'")
    with psycopg.connect(database_url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (postgres.WRITER,))
        yield


@pytest.mark.usefixtures("unwritable")
def test_a_database_that_cannot_be_written_makes_it_unready(client):
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert (answer.json["database"], answer.json["writer"]) == (True, False)


def value(text: str, series: str) -> float:
    (line,) = [each for each in text.splitlines() if each.startswith(series + " ")]
    return float(line.rsplit(" ", 1)[1])


def test_metrics_tell_what_waits(client, world):
    person = world.person("+14045550187")
    talk = Conversation.create(team=world.team, number=world.number, person=person, last_at=now())
    for status, age in (("queued", 90_000), ("queued", 30_000), ("unknown", 0)):
        text = Message.create(
            team=world.team,
            conversation=talk,
            direction="outbound",
            status=status,
            body="x",
            mobile=person.mobile,
            at=now() - age,
        )
        Outbox.create(team=world.team, message=text, not_before=0)
    said = client.get("/metrics").text
    assert value(said, "repline_outbox_waiting") == 3
    assert 90 <= value(said, "repline_outbox_oldest_seconds") < 100
    assert value(said, "repline_texts_unknown") == 1


def test_a_text_that_may_leave_in_the_morning_is_not_late(client, world):
    person = world.person("+14045550187")
    talk = Conversation.create(team=world.team, number=world.number, person=person, last_at=now())
    text = Message.create(
        team=world.team,
        conversation=talk,
        direction="outbound",
        status="queued",
        body="x",
        mobile=person.mobile,
        at=now() - 3_600_000,
    )
    Outbox.create(team=world.team, message=text, not_before=now() + 3_600_000)
    assert value(client.get("/metrics").text, "repline_outbox_oldest_seconds") == 0


def test_nobody_can_grow_the_series(client):
    before = len(client.get("/metrics").text.splitlines())
    for number in range(100):
        metrics.webhooks.count(f"result {number}")
        metrics.requests.count("2xx")
    said = client.get("/metrics").text
    assert len(said.splitlines()) == before
    assert value(said, 'repline_webhooks_total{result="other"}') >= 100


@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("127.0.0.1", {}, 200),
        ("::1", {}, 200),
        ("192.0.2.1", {}, 404),
        ("10.0.0.1", {}, 404),
        ("", {}, 404),
        # A proxy on this machine, for somebody who is not.
        ("127.0.0.1", {"X-Forwarded-For": "192.0.2.1"}, 404),
        ("127.0.0.1", {"Forwarded": "for=192.0.2.1"}, 404),
    ],
)
def test_metrics_are_for_this_machine(client, address, headers, status):
    answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("Bearer let-me-in", 200),
        ("Bearer let-me", 404),
        ("Bearer ", 404),
        ("let-me-in", 404),
        ("Bearer ü", 404),
        (None, 404),
    ],
)
def test_with_a_token_it_opens_metrics_from_anywhere(guarded, header, status):
    headers = {"Authorization": header} if header else {}
    answer = guarded.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": "192.0.2.1"})
    assert answer.status_code == status


def test_a_token_is_needed_on_this_machine_too(guarded):
    assert guarded.get("/metrics").status_code == 404


def test_metrics_tell_of_each_crm_what_waits_what_failed_and_which_sign_ins_are_broken(
    client, world
):
    broken = {"state": "broken", "team": world.others}
    for more in ({"team": world.team, "parked_until": now() + 60_000}, broken):
        CrmConnection.create(
            crm="salesforce", org="00D", base_url="https://a.example", connected_at=1, **more
        )
    person = world.person("+14045550187")
    for state, age in (
        ("waiting", 90_000),
        ("waiting", 30_000),
        ("failed", 0),
        ("logged", 900_000),
    ):
        activity = Activity.create(team=world.team, person=person, kind="note", at=now())
        CrmLog.create(
            team=world.team,
            activity=activity,
            person=person,
            crm="salesforce",
            state=state,
            made_at=now() - age,
        )
    said = client.get("/metrics").text
    assert value(said, 'repline_crm_logs_waiting{crm="salesforce"}') == 2
    assert 90 <= value(said, 'repline_crm_logs_oldest_seconds{crm="salesforce"}') < 100
    assert value(said, 'repline_crm_logs_failed{crm="salesforce"}') == 1
    assert value(said, 'repline_crms_connected{crm="salesforce"}') == 1
    assert value(said, 'repline_crms_parked{crm="salesforce"}') == 1
    assert value(said, 'repline_crms_broken{crm="salesforce"}') == 1
    assert value(said, 'repline_crm_logs_waiting{crm="hubspot"}') == 0
    CrmLog.delete().execute()
    said = client.get("/metrics").text
    assert value(said, 'repline_crm_logs_waiting{crm="salesforce"}') == 0


def test_metrics_tell_who_opted_out_and_when_jobs_were_done(client, world):
    OptOut.create(team=world.team, mobile="+14045550187", cause="stop", at=1)
    world.writer(lambda tx: heartbeats.job_done(tx, "catch_up", "minute"))
    said = client.get("/metrics").text
    assert value(said, "repline_opt_outs") == 1
    series = 'repline_job_last_success_timestamp_seconds{every="minute",job="catch_up"}'
    assert now() / 1000 - value(said, series) < 60


def test_a_commit_is_timed_with_all_that_shared_it(client, world):
    before = client.get("/metrics").text
    world.writer(lambda tx: None)
    said = client.get("/metrics").text
    for series in ("repline_commit_seconds_count", "repline_commit_works_sum"):
        assert value(said, series) == value(before, series) + 1


def test_metrics_tell_of_the_quarantine_of_what_was_given_up_and_of_rounds(client, world):
    def work(tx):
        for key, team, reason in (("a", None, "no_number"), ("b", world.team.id, "failed")):
            quarantine.put(tx, team, key=key, kind="text", reason=reason)
        heartbeats.tried(tx, "reconcile", 5_000, "")
        heartbeats.tried(tx, "drift", 6_000, "HTTP 503")

    world.writer(work)
    Quarantine.update(at=now() - 90_000).where(Quarantine.key == "a").execute()
    person = world.person("+14045550187")
    talk = Conversation.create(team=world.team, number=world.number, person=person, last_at=now())
    for status in ("sent", "delivered"):
        more = {"direction": "outbound", "body": "x", "mobile": person.mobile, "at": now()}
        text = Message.create(team=world.team, conversation=talk, status=status, **more)
        StatusAsk.create(team=world.team, message=text, not_before=0, given_up_at=1)
    said = client.get("/metrics").text
    assert 90 <= value(said, "repline_quarantine_oldest_seconds") < 100
    assert value(said, 'repline_quarantine_entries{reason="no_number"}') == 1
    assert value(said, 'repline_quarantine_entries{reason="failed"}') == 1
    assert value(said, 'repline_quarantine_entries{reason="schema"}') == 0
    assert value(said, "repline_texts_given_up") == 1
    assert value(said, 'repline_round_last_done_timestamp_seconds{round="reconcile"}') == 5
    assert value(said, 'repline_round_last_done_timestamp_seconds{round="drift"}') == 0
    assert value(said, 'repline_round_failing{round="drift"}') == 1
    assert value(said, 'repline_round_failing{round="reconcile"}') == 0
    Quarantine.delete().execute()
    assert value(client.get("/metrics").text, "repline_quarantine_oldest_seconds") == 0

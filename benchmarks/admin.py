"""How fast the admin's tables come with a million rows each, through the whole stack of a request
but the network, beside the bare query of their newest rows from the same database."""

import time
from dataclasses import dataclass
from pathlib import Path

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient

from backend.apart import Apart
from backend.carrier.numbers import TwilioNumbers
from backend.config import Config
from backend.connections.connecting import Connecting
from backend.connections.sealing import Seal
from backend.crm_pages.records import Records
from backend.crm_pages.table import load
from backend.hooks.managing import Secrets
from backend.importing.managing import Imports
from backend.media.files import Files
from backend.models import Team, User, database
from backend.models.connection import connect, migrate
from backend.page_sessions import PageSessions
from backend.passwords import Passwords
from backend.signing_in import Sessions
from backend.store import pseudonym, rows
from backend.store.writer import InlineWriter
from backend.tokens import Tokens
from backend.web import admin
from benchmarks import machine
from benchmarks.arrivals import percentile

HERE = "https://bench.example"
EMAIL, PASSWORD = "admin@bench.example", "a password of the benchmark"
PAGES = {
    "decisions, newest": "/admin/decisions",
    "decisions of one reason": "/admin/decisions?reason=quiet_hours",
    "decisions of one user": "/admin/decisions?user=2",
    "audit log, newest": "/admin/audit",
    "audit log, one action": "/admin/audit?action=license.granted",
    "opt-outs, newest": "/admin/opt-outs",
    "opt-outs, searched": "/admin/opt-outs?search=4042000",
    "users, searched": "/admin/users?search=rep+77",
}
BARE = "SELECT * FROM decision WHERE team_id = 1 ORDER BY at DESC, id DESC LIMIT 51"
USERS = 1000


@dataclass(frozen=True)
class Page:
    """Milliseconds from the request to the last byte."""

    name: str
    p50: float
    p99: float


@dataclass(frozen=True)
class Pages:
    rows: int
    pages: list[Page]
    bare: Page


def measure(folder: Path, count: int, asked: int) -> Pages:
    path = folder / f"admin-{count}.sqlite3"
    path.unlink(missing_ok=True)
    opened = connect(f"sqlite:///{path}")
    migrate(opened)
    pseudonym.configure(b"key of the benchmark")
    try:
        passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        _fill(count, passwords.hash(PASSWORD))
        opened.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        opened.optimize()
        client = _browser(passwords, folder)
        with machine.no_collector():
            pages = [_timed(client, name, url, asked) for name, url in PAGES.items()]
            bare = _bare(asked)
        return Pages(count, pages, bare)
    finally:
        opened.close()
        for left in folder.glob(f"{path.name}*"):
            left.unlink()


def _browser(passwords: Passwords, folder: Path) -> FlaskClient:
    config = Config(
        secret_key="a secret of the benchmark that is long enough",
        public_url=HERE,
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token="token",
    )
    writer = InlineWriter(lambda tx: None)
    services = admin.Services(
        writer=writer,
        sessions=PageSessions(config, writer, Sessions(writer, Tokens(config), passwords)),
        passwords=passwords,
        public_url=HERE,
        notice_key=b"a key of the benchmark",
        session_ended=lambda session: None,
        desk=TwilioNumbers("AC" + "0" * 32, "token", "http://127.0.0.1:1"),
        webhook=f"{HERE}/twilio/messages",
        hook_secret=Secrets(config.secret_key),
        imports=Imports(writer, Files(folder), Apart(1), Records(load(""))),
        connecting=Connecting(*(writer, {}, Seal(config.secret_key)), f"{HERE}/crm/signed-in"),
    )
    app = Flask("bench", static_folder=None)
    admin.register(app, services)
    client = app.test_client()
    form = {"email": EMAIL, "password": PASSWORD}
    client.post("/admin/sign-in", base_url=HERE, data=form, headers={"Origin": HERE})
    return client


def _timed(client: FlaskClient, name: str, url: str, asked: int) -> Page:
    times: list[float] = []
    for _ in range(asked + 1):
        begun = time.perf_counter()
        answer = client.get(url, base_url=HERE)
        text = answer.get_data(as_text=True)
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200 or "<table" not in text:
            raise RuntimeError(f"{url} is no table: {answer.status}")
    return _page(name, times[1:])


def _bare(asked: int) -> Page:
    times: list[float] = []
    for _ in range(asked + 1):
        begun = time.perf_counter()
        rows.all_rows(BARE)
        times.append((time.perf_counter() - begun) * 1000)
    return _page("bare query", times[1:])


def _page(name: str, times: list[float]) -> Page:
    middle, worst = percentile(times, 0.5), percentile(times, 0.99)
    return Page(name, round(middle or 0, 2), round(worst or 0, 2))


def _fill(count: int, hashed: str) -> None:
    at = rows.now()
    Team.create(id=1, name="Bench", created_at=at)
    User.create(
        id=1, team=1, email=EMAIL, name="Ada", role="admin", password_hash=hashed, created_at=at
    )
    raw = database.connection()
    raw.execute("BEGIN")
    raw.executemany(
        'INSERT INTO "user" (id, team_id, email, name, role, password_hash, created_at)'
        " VALUES (?, 1, ?, ?, 'rep', '', ?)",
        ((n, f"rep{n}@bench.example", f"Rep {n}", at) for n in range(2, USERS)),
    )
    reasons = ("", "", "", "", "", "", "quiet_hours", "opted_out", "user_cap", "landline")
    raw.executemany(
        "INSERT INTO decision (team_id, user_id, moment, allowed, reason, detail, mobile, road, at)"
        " VALUES (1, ?, 'compose', ?, ?, '', ?, 'pane', ?)",
        (
            (2 + n % (USERS - 2), not reasons[n % 10], reasons[n % 10], _mobile(n), at - n * 1000)
            for n in range(count)
        ),
    )
    actions = ("session.started", "session.started", "license.granted", "opt_out.added")
    raw.executemany(
        "INSERT INTO audit (team_id, user_id, actor, address, action, subject, before, after, at)"
        " VALUES (1, 1, ?, '192.0.2.1', ?, ?, '', '', ?)",
        ((EMAIL, actions[n % 4], f"rep{n % USERS}", at - n * 1000) for n in range(count)),
    )
    raw.executemany(
        "INSERT INTO opt_out (team_id, mobile, cause, at) VALUES (1, ?, 'stop', ?)",
        ((_mobile(n), at - n * 1000) for n in range(count)),
    )
    raw.execute("COMMIT")


def _mobile(number: int) -> str:
    return f"+1404{2_000_000 + number}"

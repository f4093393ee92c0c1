"""A backup is made under traffic, and read back whole, once, and so that no text leaves twice."""

import errno
import io
import json
import os
import sqlite3
import tarfile
import threading
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

from backend.backups import reading
from backend.cli import main
from backend.messaging import inbound, outbound, reconcile
from backend.messaging.hand_over import HandOver
from backend.models import Message, Outbox
from backend.models.connection import connect
from backend.ports import CarrierText
from backend.store import feed
from backend.store.rows import now
from backend.store.writer import InlineWriter
from tests.backend.world import ANA_NUMBER, SECRET

pytestmark = pytest.mark.only_on("sqlite")
MAYA = "+14045550187"


@pytest.fixture
def run(tmp_path):
    """A command line on the installation in a folder; the result has exit_code and output."""

    def command(folder, *words, **more):
        environment = {
            "DATABASE_URL": f"sqlite:///{folder}/repline.sqlite3",
            "MEDIA_DIR": f"{folder}/media",
            "SECRET_KEY": SECRET,
            "PUBLIC_URL": "https://repline.example.com",
            "TWILIO_ACCOUNT_SID": "AC" + "0" * 32,
            "TWILIO_AUTH_TOKEN": "token",
            "TWILIO_API_BASE_URL": "http://127.0.0.1:1",
        } | more
        return CliRunner().invoke(main, [str(word) for word in words], env=environment)

    return command


@pytest.fixture
def elsewhere(tmp_path):
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


@pytest.fixture
def file(tmp_path):
    return tmp_path / "repline.backup"


def arrive(writer, sid, body="Hello"):
    text = inbound.Inbound(sid=sid, sender=MAYA, recipient=ANA_NUMBER, body=body, at=now())
    writer(lambda tx: inbound.receive(tx, text, {}))


@pytest.fixture
def send(world):
    person = world.person(MAYA, "Maya")
    conversation = world.conversation(person)

    def one(body, at=None):
        draft = outbound.Draft(f"ref-{body:0>8}", body, at=at)
        ids = {"team": world.team.id, "user": world.ana.id, "conversation": conversation}
        return outbound.send(world.writer, **ids, draft=draft, road="pane").message.id

    return one


def rows(folder, sql):
    with closing(sqlite3.connect(folder / "repline.sqlite3")) as held:
        return held.execute(sql).fetchall()


def test_what_is_filed_while_it_is_made_is_in_it_whole_or_not_at_all(
    world, run, tmp_path, elsewhere, file
):
    (tmp_path / "media/1/ab").mkdir(parents=True)
    (tmp_path / "media/1/ab/abc").write_bytes(b"a picture")
    (tmp_path / "media/incoming").mkdir()
    (tmp_path / "media/incoming/half").write_bytes(b"half a pic")
    for number in range(50):
        arrive(world.writer, f"SM{number}")
    enough, filed = threading.Event(), []

    def traffic():
        while not enough.is_set():
            arrive(world.writer, f"SM{50 + len(filed)}")
            filed.append(1)

    busy = threading.Thread(target=traffic)
    busy.start()
    while len(filed) < 5:
        enough.wait(0.01)
    made = run(tmp_path, "backup", file)
    enough.set()
    busy.join()
    assert made.exit_code == 0, made.output
    assert file.stat().st_mode & 0o077 == 0
    back = run(elsewhere, "restore", file)
    assert back.exit_code == 0, back.output
    sids = [sid for (sid,) in rows(elsewhere, "SELECT carrier_sid FROM message ORDER BY id")]
    assert len(sids) >= 55
    assert sids == [f"SM{number}" for number in range(len(sids))]
    for table in ("activity", "webhook_event"):
        assert rows(elsewhere, f"SELECT count(*) FROM {table}") == [(len(sids),)]
    before, after = (
        rows(place, "SELECT * FROM user ORDER BY id") for place in (tmp_path, elsewhere)
    )
    assert before == after
    assert (elsewhere / "media/1/ab/abc").read_bytes() == b"a picture"
    assert not (elsewhere / "media/incoming").exists()
    assert sorted(path.name for path in elsewhere.iterdir()) == ["media", "repline.sqlite3"]


class Carrier:
    """Has what it was given since the backup was made."""

    def __init__(self, listed=()):
        self.taken, self.listed = [], list(listed)

    def send(self, text):
        self.taken.append(text.body)
        return CarrierText("SM9", "sent", text.sender, text.recipient, text.body, now())

    def sent_since(self, since):
        return self.listed


def test_nothing_leaves_twice_after_it_was_read_back(world, run, send, tmp_path, elsewhere, file):
    soon = send("due meanwhile", at=now() + 60_000)
    queued, lost, later = send("queued"), send("never left"), send("later", at=now() + 3_600_000)
    assert run(tmp_path, "backup", file).exit_code == 0
    told = feed.position(world.ana.id)
    rows_of_soon = Outbox.update(not_before=1).where(Outbox.message == soon)
    rows_of_soon.execute()
    with_due = tmp_path / "due.backup"
    assert run(tmp_path, "backup", with_due).exit_code == 0
    sent_meanwhile = CarrierText("SM7", "delivered", ANA_NUMBER, MAYA, "queued", now())
    back = run(elsewhere, "restore", with_due)
    assert back.exit_code == 0, back.output
    assert "3 texts are in doubt" in back.output
    connect(f"sqlite:///{elsewhere}/repline.sqlite3")
    writer, carrier = InlineWriter(lambda tx: None), Carrier([sent_meanwhile])
    assert feed.after(world.ana.id, told) is None, "clients start afresh"
    for message in (soon, queued, lost, later):
        HandOver(writer, carrier, "{}".format)(message)
    assert carrier.taken == []
    reconcile.reconcile(writer, carrier)
    found = {each.id: each.status for each in Message.select()}
    assert found == {soon: "unknown", queued: "delivered", lost: "unknown", later: "scheduled"}
    arrive(writer, "SM8")
    assert Message.select().order_by(Message.id.desc()).get().id > later + 1000


@pytest.mark.parametrize(
    ("where", "name", "error"),
    [(reading.os, "link", errno.EPERM), (Path, "rmdir", errno.EBUSY)],
)
def test_what_the_disk_refuses_leaves_nothing_and_works_once_that_is_mended(
    world, run, tmp_path, elsewhere, file, monkeypatch, where, name, error
):
    (tmp_path / "media/1").mkdir(parents=True)
    (tmp_path / "media/1/abc").write_bytes(b"a picture")
    (elsewhere / "media").mkdir()
    assert run(tmp_path, "backup", file).exit_code == 0

    def refuse(*_):
        raise OSError(error, os.strerror(error))

    with monkeypatch.context() as broken:
        broken.setattr(where, name, refuse)
        refused = run(elsewhere, "restore", file)
    assert (refused.exit_code, "Nothing was restored" in refused.output) == (1, True)
    assert [path for path in elsewhere.rglob("*") if path.is_file()] == []
    assert run(elsewhere, "restore", file).exit_code == 0
    assert (elsewhere / "media/1/abc").read_bytes() == b"a picture"


def test_it_is_never_written_over_anything(world, run, tmp_path, elsewhere, file):
    assert run(tmp_path, "backup", file).exit_code == 0
    again = run(tmp_path, "backup", file)
    assert (again.exit_code, "is there already" in again.output) == (1, True)
    for name in ("repline.sqlite3", "repline.sqlite3-wal", "media/1/kept"):
        (elsewhere / name).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere / name).write_bytes(b"mine")
        refused = run(elsewhere, "restore", file)
        assert (refused.exit_code, "never written over" in refused.output) == (1, True)
        assert (elsewhere / name).read_bytes() == b"mine"
        (elsewhere / name).unlink()


def spoiled(file, how):
    """The backup with its parts changed by ``how(name, bytes)``, which gives what is in it."""
    into = file.with_name("spoiled.backup")
    with tarfile.open(file) as old, tarfile.open(into, "w") as new:
        for member in old:
            for name, data in how(member.name, old.extractfile(member).read()):
                entry = tarfile.TarInfo(name)
                entry.size = len(data)
                new.addfile(entry, io.BytesIO(data))
    return into


def newer(name, data):
    if name == "manifest.json":
        data = json.dumps({**json.loads(data), "migrations": ["9999_flying"]}).encode()
    return [(name, data)]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        (lambda name, data: [(name, data)] * (name != "manifest.json"), "end is missing"),
        (lambda name, data: [(name, data[:-9] + b"123456789")], "cannot be read"),
        (lambda name, data: [(name, data[:-9] + b"x" * 9 if "sql" in name else data)], "not what"),
        (lambda name, data: [("media/../../../taken", b"x"), (name, data)], "no backup of ours"),
        (lambda name, data: [("/tmp/taken", b"x"), (name, data)], "no backup of ours"),
        (lambda name, data: [("else", b"x"), (name, data)], "no backup of ours"),
        (newer, "newer Repline (9999_flying)"),
    ],
)
def test_what_is_spoiled_leaves_nothing_behind(world, run, tmp_path, elsewhere, file, how, said):
    assert run(tmp_path, "backup", file).exit_code == 0
    refused = run(elsewhere, "restore", spoiled(file, how))
    assert (refused.exit_code, said in refused.output) == (1, True), refused.output
    assert list(elsewhere.iterdir()) == []


def test_half_a_file_or_another_key_is_refused(world, run, tmp_path, elsewhere, file):
    assert run(tmp_path, "backup", file).exit_code == 0
    another = run(elsewhere, "restore", file, SECRET_KEY="another secret that is long enough, too")
    assert "under another SECRET_KEY" in another.output
    half = tmp_path / "half.backup"
    half.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    refused = run(elsewhere, "restore", half)
    assert (refused.exit_code, "Take another" in refused.output) == (1, True)
    assert list(elsewhere.iterdir()) == []

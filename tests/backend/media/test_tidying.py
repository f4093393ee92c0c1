"""What nobody needs any more goes from the disk, and nothing else does."""

import hashlib
import os

import pytest

from backend.apart import Apart
from backend.media.files import STALE_S, Files
from backend.media.tidying import Tidying
from backend.media.uploading import Uploads
from backend.models import Conversation, Media, Message, database
from backend.store import media as store
from backend.store.rows import now
from tests.backend.media.conftest import picture

DAY_MS = 24 * 3600 * 1000


@pytest.fixture
def files(tmp_path):
    return Files(tmp_path / "media")


@pytest.fixture
def tidying(world, files):
    return Tidying(world.writer, files)


@pytest.fixture
def pick(world, files):
    uploads = Uploads(world.writer, files, Apart(1))

    def upload(data=None, user=None):
        owner = user or world.ana
        made = uploads.add(owner.team_id, owner.id, [data or picture()], "", "")
        return Media.get_by_id(made.id)

    return upload


@pytest.fixture
def there(files):
    return lambda media: files.path(media.team_id, media.sha256).exists()


@pytest.fixture
def attach(world):
    def to_a_text(media):
        person = world.person("+14045550187")
        talk = Conversation.create(
            team=world.team, number=world.number, person=person, last_at=now()
        )
        message = Message.create(
            team=world.team,
            conversation=talk,
            direction="outbound",
            status="queued",
            body="",
            mobile="+14045550187",
            at=now(),
        )
        assert world.writer(
            lambda tx: store.attach(tx, world.team.id, world.ana.id, message.id, (media.id,))
        )
        return message

    return to_a_text


def long_ago(monkeypatch, ms=DAY_MS + 1):
    later = now() + ms
    monkeypatch.setattr(store, "now", lambda: later)


def test_an_upload_whose_text_never_came_goes_after_a_day_with_its_bytes(
    tidying, pick, there, monkeypatch
):
    media = pick()
    assert tidying.expire() == 0
    long_ago(monkeypatch)
    assert tidying.expire() == 1
    assert Media.select().count() == 0
    assert not there(media)


def test_what_is_part_of_a_text_stays(tidying, pick, there, attach, monkeypatch):
    media = pick()
    attach(media)
    long_ago(monkeypatch, 400 * DAY_MS)
    assert tidying.expire() == 0
    assert there(media)


def test_an_upload_that_finds_its_text_while_it_is_swept_stays(world, pick, attach, there):
    media = pick()
    attach(media)
    assert world.writer(lambda tx: store.delete_waiting(tx, world.team.id, [media.id])) == []
    assert there(media)


def test_bytes_stay_while_another_media_of_the_team_has_the_same(world, tidying, pick, there):
    first, second = pick(), pick()
    assert first.sha256 == second.sha256

    def erase(media):
        gone = world.writer(lambda tx: store.delete(tx, world.team.id, [media.id]))
        tidying.remove_unused(world.team.id, gone)

    erase(first)
    assert there(second)
    erase(second)
    assert not there(second)


def test_teams_share_no_bytes(world, tidying, pick, there):
    ours, theirs = pick(), pick(user=world.stranger)
    assert ours.sha256 == theirs.sha256
    gone = world.writer(lambda tx: store.delete(tx, world.team.id, [ours.id, theirs.id]))
    tidying.remove_unused(world.team.id, gone)
    assert not there(ours)
    assert there(theirs)
    assert [media.id for media in Media.select()] == [theirs.id]


def test_erasing_texts_erases_their_media(world, tidying, pick, attach, there):
    media = pick()
    message = attach(media)
    gone = world.writer(lambda tx: store.delete_of_messages(tx, world.team.id, [message.id]))
    tidying.remove_unused(world.team.id, gone)
    assert not there(media)
    assert Media.select().count() == 0


def test_what_a_killed_process_left_goes_after_a_day(world, files, tidying, pick, there):
    kept = pick()
    sha256 = hashlib.sha256(b"nobody's").hexdigest()
    files.prepare(files.receive([b"nobody's"], 100), world.team.id, sha256)
    half = files.receive([b"half"], 100)
    orphan = files.path(world.team.id, sha256)
    tidying.sweep_files(Apart(1))
    assert orphan.exists()
    assert half.exists()
    old = now() / 1000 - STALE_S - 1
    for path in (orphan, half, files.path(kept.team_id, kept.sha256)):
        os.utime(path, (old, old))
    tidying.sweep_files(Apart(1))
    assert not orphan.exists()
    assert not half.exists()
    assert there(kept)


def test_the_writer_waits_for_no_disk_but_its_own(world, files, pick, there, monkeypatch):
    """A folder whose sync lasts holds up nobody else's transaction."""
    inside = []
    sync = os.fsync
    monkeypatch.setattr(
        os, "fsync", lambda handle: (inside.append(database.in_transaction()), sync(handle))
    )
    assert there(pick())
    assert inside
    assert not any(inside)


def test_bytes_that_the_last_row_took_with_it_while_the_next_came_are_put_back(
    world, files, tidying, pick, there, monkeypatch
):
    first, keep = pick(), files.keep

    def raced(received, team, sha256):
        files.remove(team, sha256)
        keep(received, team, sha256)

    monkeypatch.setattr(files, "keep", raced)
    second = pick()
    assert first.sha256 == second.sha256
    assert there(second)
    assert not list(files._folder.glob("incoming/*"))


def test_many_files_that_have_no_row_go_in_several_transactions(world, files, tidying, monkeypatch):
    old = now() / 1000 - STALE_S - 1
    for number in range(45):
        received = files.receive([str(number).encode()], 100)
        sha256 = hashlib.sha256(str(number).encode()).hexdigest()
        files.prepare(received, world.team.id, sha256)
        os.utime(received, (old, old))
    before = len(world.committed)
    tidying.sweep_files(Apart(1))
    assert len(world.committed) - before == 3
    assert not [path for path in files._folder.glob("**/*") if path.is_file()]


def test_only_the_backend_may_read_the_folder(files, pick):
    media = pick()
    path = files.path(media.team_id, media.sha256)
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0

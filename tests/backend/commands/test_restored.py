"""What was put back by the database's own means counts as a backup that was read back."""

from datetime import UTC, datetime

from peewee import fn

from backend.models import Activity, Message, Outbox
from backend.models.connection import connect
from backend.store import feed
from backend.store.rows import now
from tests.backend.commands.test_backups import arrive, run, send

__all__ = ["run", "send"]


def test_what_was_put_back_by_other_means_is_doubted_and_starts_afresh_too(
    world, run, send, tmp_path, database_url
):
    made_at, told = datetime.now(UTC), feed.position(world.ana.id)
    due, later = send("due", at=now() + 60_000), send("later", at=now() + 3_600_000)
    queued = send("queued")
    Outbox.update(not_before=1).where(Outbox.message == due).execute()

    def restored(at):
        return run(tmp_path, "restored", "--made-at", at, DATABASE_URL=database_url)

    for wrong in ("yesterday", "2026-11-22T10:00:00", "2999-01-01T00:00:00Z"):
        assert restored(wrong).exit_code != 0
    done = restored(f"{made_at:%Y-%m-%dT%H:%M:%SZ}")
    assert done.exit_code == 0, done.output
    assert "2 texts are in doubt" in done.output
    connect(database_url)
    found = {each.id: each.status for each in Message.select()}
    assert found == {due: "unknown", queued: "unknown", later: "scheduled"}
    claims = {each.claimed_at for each in Outbox.select().where(Outbox.state == "uncertain")}
    assert claims == {int(made_at.timestamp()) * 1000}
    assert feed.after(world.ana.id, told) is None, "clients start afresh"
    arrive(world.writer, "SM8")
    newest = [table.select(fn.max(table.id)).scalar() for table in (Message, Activity)]
    assert min(newest) > 1_000_000

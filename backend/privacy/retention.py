"""How long texts are kept: a team's own period, after which they go here and at the carrier."""

from collections.abc import Callable
from functools import partial

import structlog

from backend.ports import Carrier, CarrierError, Missing
from backend.store import audit, erasing, quarantine, redactions, settings, teams
from backend.store.audit import Actor
from backend.store.redactions import Redaction
from backend.store.rows import now
from backend.store.writer import Transaction, Writer

DAY_MS = 24 * 3600 * 1000
LONGEST_WAIT_MS = 24 * 3600 * 1000
LEASE_MS = 10 * 60_000
"""Longer than a text with ten pictures takes at a carrier that is slow."""
log = structlog.get_logger()


class Retention:
    """``remove_files(team, contents)`` removes files that nobody needs any more."""

    def __init__(
        self, writer: Writer, carrier: Carrier, remove_files: Callable[[int, list[str]], None]
    ) -> None:
        self._writer = writer
        self._carrier = carrier
        self._remove_files = remove_files

    def expire(self) -> int:
        """Forget what has been kept long enough, of every team; returns how many texts."""
        count = 0
        for team in teams.all_teams():
            days = settings.of_team(team.id).retention_days
            if days is not None:
                count += self._expire(team.id, now() - days * DAY_MS)
        return count

    def _expire(self, team: int, before: int) -> int:
        count = 0
        # In batches, so that nobody waits long for the writer.
        while texts := erasing.older_than(team, before):
            files = self._writer(partial(erasing.drop_texts, team=team, messages=texts))
            self._remove_files(team, files)
            count += len(texts)
        self._writer(lambda tx: _finish(tx, team, before, count))
        return count

    def redact(self, redaction: int) -> None:
        """Have the carrier empty a text that is to go there too, if its turn has come."""
        claimed = self._writer(lambda tx: redactions.claim(tx, redaction, LEASE_MS))
        if claimed is None:
            return
        try:
            for media in self._carrier.media_of(claimed.sid):
                self._carrier.delete_media(claimed.sid, media)
            self._carrier.redact(claimed.sid)
        except Missing:
            pass  # nothing is left to empty
        except CarrierError as error:
            self._put_back(claimed, str(error))
            return
        self._writer(lambda tx: redactions.done(tx, claimed))

    def _put_back(self, redaction: Redaction, answer: str) -> None:
        log.warning("redaction.put_back", redaction=redaction.id, answer=answer)
        wait = min(60_000 * 2**redaction.attempts, LONGEST_WAIT_MS)
        self._writer(lambda tx: redactions.put_back(tx, redaction, wait, answer))


def _finish(tx: Transaction, team: int, before: int, count: int) -> None:
    erasing.drop_notes(tx, team, before)
    quarantine.prune(tx, before, team)
    if count:
        actor = Actor(team, None, "retention")
        audit.add(tx, actor, "texts.expired", before={"older_than": before, "texts": count})

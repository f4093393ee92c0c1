"""Logging what waits to a CRM: one worker at a time for each connection, in order, and once each.

A key is committed before the CRM is asked, so whatever fails in between is asked again under the
same key. What concerns all entries (no answer, a rate limit, a sign-in that ended) parks the
connection and settles nothing; what concerns one is its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import structlog

from backend.connections.calling import Calling
from backend.connections.opt_outs import write_standing
from backend.connections.records import Reading
from backend.crm_logs import entries, parking, parts, receipts, settling
from backend.crm_port import (
    CRMS,
    CrmError,
    Declined,
    Entry,
    Failed,
    Logged,
    Outcome,
    Refused,
    Unreachable,
)
from backend.store import crm_connections, crm_logs, crm_people, refiling
from backend.store.crm_connections import Connection
from backend.store.crm_logs import Log
from backend.store.crm_told import Told
from backend.store.rows import now
from backend.store.writer import Transaction, Writer

LEASE_MS = 5 * 60_000
STALE_MS = 15 * 60_000
"""A record that was read longer ago is read before something is logged: its opportunities may have
been closed since."""
UNKEYED = 10
"""Entries in one call to a CRM that has no field for our key: each is looked for and made alone."""
AT_ONCE = 20
"""Outcomes that are settled in one transaction: whoever texts meanwhile must not wait for all of
them, of which each is told to the users of its number."""
log = structlog.get_logger()


@dataclass(frozen=True)
class Draining:
    """``at_once`` is how many entries each CRM takes in one call, by its name."""

    writer: Writer
    calling: Calling
    reading: Reading
    at_once: dict[str, int]

    def __call__(self, connection: int) -> None:
        """Log what waits, until nothing is due. Nothing where another worker is at it, or the
        connection is parked."""
        held = self.writer(lambda tx: crm_connections.claim(tx, connection, LEASE_MS))
        if held is None:
            return
        try:
            while self._some(held):
                self.writer(lambda tx: crm_connections.keep_claim(tx, held, LEASE_MS))
        except CrmError as error:
            self._park(held, error)
        except Exception:
            # Ours to mend. It is tried again in a while, and not over and over at once.
            log.exception("crm.stopped", crm=held.crm, team=held.team)
            self._park(held, CrmError("Something went wrong here, and is in our log."))
        finally:
            self.writer(lambda tx: self._release(tx, held))

    def _some(self, connection: Connection) -> bool:
        """Log the next few; False when nothing is due any more."""
        team, crm = connection.team, connection.crm
        fresh = crm_connections.by_id(connection.id)
        if fresh is None or fresh.state != "connected" or fresh.parked_until > now():
            return False
        due = entries.all_of(team, crm_logs.due(team, crm, self._limit(fresh)))
        if not due:
            return False
        first_log, first = due[0]
        if first.kind not in ("message", "note"):
            self._write_standing(fresh, first_log)
            return True
        texts = []
        for each in due:
            if each[1].kind not in ("message", "note"):
                break
            texts.append(each)
        self._log(fresh, texts)
        return True

    def _limit(self, connection: Connection) -> int:
        if _is_alone(connection):
            return 1
        most = self.at_once.get(connection.crm, 1)
        return most if connection.fields.key else min(most, UNKEYED)

    def _write_standing(self, connection: Connection, row: Log) -> None:
        if _is_alone(connection):
            self._read(connection, row.person)
        try:
            state, cause = write_standing(self.writer, self.calling, connection, row.person)
        except Unreachable as error:
            stumbled = _its_own(connection, error)
            self.writer(lambda tx: settling.settle(tx, row, stumbled))
        else:
            self.writer(lambda tx: crm_logs.settle(tx, row, state, cause=cause))

    def _log(self, connection: Connection, due: list[tuple[Log, Told]]) -> None:
        for person in dict.fromkeys(row.person for row, _ in due):
            read = crm_people.get(connection.team, person)
            if _is_alone(connection) or read.gone or now() - read.read_at > STALE_MS:
                self._read(connection, person)
                self.writer(lambda tx: crm_connections.keep_claim(tx, connection, LEASE_MS))
        part = parts.of(connection, due)
        if part.refused:
            self.writer(lambda tx: self._refuse(tx, part.refused))
        for row in part.leaving:
            self._leave(connection, row)
        if not part.entries:
            return
        keys = [
            (row.id, each.key)
            for each, rows in zip(part.entries, part.rows, strict=True)
            for row in rows
        ]
        self.writer(lambda tx: crm_logs.set_tried(tx, connection.team, keys))
        outcomes = self._outcomes(connection, part.entries)
        settled = [
            self._without_stale(connection, rows, outcome)
            for rows, outcome in zip(part.rows, outcomes, strict=True)
        ]
        done = list(zip(part.entries, part.rows, settled, strict=True))
        for start in range(0, len(done), AT_ONCE):
            some = done[start : start + AT_ONCE]
            self.writer(partial(_settle, some=some))
        self.writer(lambda tx: crm_connections.went_well(tx, connection))

    def _outcomes(self, connection: Connection, given: list[Entry]) -> list[Outcome]:
        try:
            return self.calling(
                connection, lambda crm, access: crm.log(access, connection.fields, given)
            )
        except Unreachable as error:
            stumbled = _its_own(connection, error)
            return [stumbled for _ in given]

    def _read(self, connection: Connection, person: int) -> None:
        try:
            self.reading.fetch(connection, person)
        except Declined as error:
            # What is known of the person stands. Whether it takes their texts, the CRM says itself.
            log.info("crm.not_read", crm=connection.crm, team=connection.team, cause=str(error))

    def _refuse(self, tx: Transaction, refused: Sequence[tuple[Log, str]]) -> None:
        for row, cause in refused:
            crm_logs.settle(tx, row, "failed", cause=cause)
            receipts.tell(tx, row)

    def _leave(self, connection: Connection, row: Log) -> None:
        """It was filed under somebody who is not in this CRM: nobody else keeps it there."""
        why = self._remove_stale(connection, row)

        def work(tx: Transaction) -> None:
            if why:
                crm_logs.settle(tx, row, "failed", cause=why)
            else:
                refiling.unlink(tx, row)
            receipts.tell(tx, row)

        self.writer(work)

    def _without_stale(
        self, connection: Connection, rows: Sequence[Log], outcome: Outcome
    ) -> Outcome:
        """What was filed elsewhere before has to go, now that it is here: it is not settled until
        then, so that what fails in between is tried again."""
        if isinstance(outcome, Logged):
            for row in rows:
                why = row.stale_id and self._remove_stale(connection, row, outcome.external_id)
                if why:
                    return Refused(why)
        return outcome

    def _remove_stale(self, connection: Connection, row: Log, kept: str = "") -> str:
        """What was filed elsewhere before has to go, unless it is what was ``kept``; returns why it
        does not."""
        try:
            if row.stale_id != kept:
                self.calling(connection, lambda crm, access: crm.remove(access, row.stale_id))
        except Declined as error:
            log.warning("crm.not_removed", crm=row.crm, team=row.team, cause=str(error))
            return f"{CRMS[row.crm]} still has it under the person before: {error}"
        self.writer(lambda tx: refiling.removed(tx, row))
        return ""

    def _park(self, connection: Connection, error: CrmError) -> None:
        held = crm_connections.by_id(connection.id) or connection
        wait, cause = parking.parked(connection.crm, error, held.failures)

        def work(tx: Transaction) -> None:
            crm_connections.park(tx, connection, wait, str(error))
            receipts.tell_waiting(tx, connection, cause)

        log.warning("crm.parked", crm=connection.crm, team=connection.team, cause=str(error))
        self.writer(work)

    def _release(self, tx: Transaction, connection: Connection) -> None:
        crm_connections.release(tx, connection)
        held = crm_connections.by_id(connection.id)
        if held is None or held.state != "connected":
            return
        # Who came after the last look found the connection claimed.
        if held.parked_until > now():
            tx.wake("log_to_crm", held.id, wait=held.parked_until - now())
        elif crm_logs.due(held.team, held.crm, 1):
            tx.wake("log_to_crm", held.id)


def _is_alone(connection: Connection) -> bool:
    """After calls that came to nothing there is one entry at a time, and before it a reading that
    tells a CRM that is away from an entry that it dies of."""
    return connection.failures > 2


def _settle(tx: Transaction, some: Sequence[tuple[Entry, list[Log], Outcome]]) -> None:
    for entry, rows, outcome in some:
        for row in rows:
            settling.settle(tx, row, outcome, entry.what_id)
            if row.state == "waiting":  # of a day, the others are as they were
                receipts.tell(tx, row)


def _its_own(connection: Connection, error: Unreachable) -> Failed:
    """What the CRM says to an entry that was given alone, after it has told of the person just now:
    it is this entry that it dies of. Otherwise it is the CRM that is away, and raised again."""
    if not _is_alone(connection):
        raise error
    return Failed(str(error))

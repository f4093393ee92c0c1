"""A small model of the promises, held against the real store and messaging step by step."""

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from backend.messaging import reconcile
from backend.messaging.status import CARRIER, RANK
from backend.ports import CarrierText, NotTaken, Rejected, Uncertain
from backend.store import feed
from backend.store.rows import all_rows, now
from tests.backend.faults.players import Players, Wrote, one
from tests.backend.faults.stage import Worker
from tests.backend.web.test_webhooks import FORM, post

LONGEST_MS = 7 * 3600_000
"""From noon on; then it is evening, and another promise begins."""
CALL_S = 20
"""No call to the carrier lasts longer."""
RULED_OUT = 21211
"""A number that the carrier does not text."""


class Promises(Players):
    """Workers, the carrier and time; and what must hold after every step."""

    which, workers = Players.which, st.integers(0, 1)

    # Workers and the carrier

    @precondition(lambda self: self._waiting())
    @rule(which=which, first=workers)
    def claim(self, which: int, first: int) -> None:
        """A wake-up comes twice, as a sweep's does: both workers want the text."""
        text = one(self._waiting(), which)
        for worker in (self.stage.workers[first], self.stage.workers[1 - first]):
            if worker.text is None:
                self._claim(worker, text)

    @precondition(lambda self: self._idle() and self.wrote)
    @rule(which=which)
    def claim_what_may_not_wait(self, which: int) -> None:
        self._claim(self._idle()[0], one(list(self.wrote.values()), which))

    def _claim(self, worker: Worker, text: Wrote) -> None:
        worker.begin(text.message)
        if worker.text is not None:
            assert (text.side.team, text.mobile) not in self.stopped, "handed over after a STOP"
            calls = self.carrier.calls
            assert calls.count(text.message) == 1 or text.refused, "handed over anew, in doubt"
            text.refused = False

    @precondition(lambda self: self._calling())
    @rule(which=which, how=st.sampled_from(["taken", "no", "not now", "lost, taken", "lost"]))
    def answer(self, which: int, how: str) -> None:
        self._answer(one(self._calling(), which), how)

    def _answer(self, worker: Worker, how: str) -> None:
        text = worker.text
        assert text is not None
        taken = self.carrier.take(text) if how.endswith("taken") else None
        self.wrote[text.message].refused = how in ("no", "not now")

        def said() -> CarrierText:
            if how == "no":
                raise Rejected("no", RULED_OUT)
            if how == "not now":
                raise NotTaken("not now")
            if how.startswith("lost"):
                raise Uncertain("no answer")
            assert taken is not None
            return taken

        worker.go_on(said)

    @precondition(lambda self: self._calling())
    @rule(which=which, taken=st.booleans())
    def kill(self, which: int, taken: bool) -> None:
        worker = one(self._calling(), which)
        if taken:
            assert worker.text is not None
            self.carrier.take(worker.text)
        worker.kill()

    @precondition(lambda self: self.carrier.taken)
    @rule(which=which, word=st.sampled_from(["queued", "sending", "sent", "delivered", "failed"]))
    def call_back(self, which: int, word: str) -> None:
        message, taken = one(list(self.carrier.taken.items()), which)
        form = {
            "AccountSid": FORM["AccountSid"],
            "MessageSid": taken.sid,
            "MessageStatus": word,
            "From": taken.sender,
            "To": taken.recipient,
        }
        path = f"/twilio/messages/status?message={message}"
        assert post(self.client, form, path).status_code == 204
        known = self._status(message)
        assert RANK[known] >= RANK[CARRIER[word]], f"{known} after the carrier said {word}"

    def _waiting(self) -> list[Wrote]:
        rows = all_rows(
            "SELECT message_id FROM outbox WHERE state IN ('queued', 'scheduled')"
            " AND not_before <= ? ORDER BY message_id",
            (now(),),
        )
        return [self.wrote[message] for (message,) in rows]

    def _idle(self) -> list[Worker]:
        return [each for each in self.stage.workers if each.text is None]

    # Time, and what it brings

    @precondition(lambda self: now() - self.began < LONGEST_MS)
    @rule(seconds=st.sampled_from([1, 5, 61, 1000]), taken=st.booleans())
    def wait(self, seconds: int, taken: bool) -> None:
        for worker in self._calling() if seconds > CALL_S else []:
            self._answer(worker, "lost, taken" if taken else "lost")
        self.time.shift(seconds)

    @rule()
    def recover(self) -> None:
        reconcile.recover(self.world.writer)

    @rule()
    def read_the_carriers_list(self) -> None:
        reconcile.reconcile(self.world.writer, self.carrier)
        for text in self.carrier.listed:
            if text.inbound:
                number = text.recipient
                self.arrived[text.sid] = next(s for s in self.stage.sides if s.number == number)

    # What must hold after every step

    @invariant()
    def statuses_go_forward(self) -> None:
        for message, text in self.wrote.items():
            before, after = self.seen.get(message), self._status(message)
            self.seen[message] = after
            if before is not None and (before, after) != ("unknown", "sending"):
                assert RANK[after] >= RANK[before], f"{after} after {before}"
            if message in self.carrier.taken:
                assert after not in ("scheduled", "queued", "canceled")
            else:
                assert after not in ("sent", "delivered"), "it never left"
            assert text.message == message

    @invariant()
    def each_text_is_there_once(self) -> None:
        for table, keys in (
            ("ref", [each.draft.ref for each in self.wrote.values()]),
            ("carrier_sid", list(self.arrived)),
        ):
            for key in keys:
                rows = all_rows(f"SELECT count(*) FROM message WHERE {table} = ?", (key,))
                assert rows == [(1,)], f"{key} is there {rows[0][0]} times"

    @invariant()
    def who_stopped_has_opted_out(self) -> None:
        marks = ",".join("?" * len(self.stage.mobiles))
        rows = all_rows(
            f"SELECT team_id, mobile FROM opt_out WHERE mobile IN ({marks})",
            tuple(self.stage.mobiles),
        )
        assert set(rows) == self.stopped

    def _status(self, message: int) -> str:
        ((status,),) = all_rows("SELECT status FROM message WHERE id = ?", (message,))
        return str(status)

    @invariant()
    def feeds_have_no_gap_and_nothing_of_another_team(self) -> None:
        for side in self.stage.sides:
            before = self.stage.before[side.user]
            events = feed.after(side.user, before) or []
            assert [each.seq for each in events] == [before + n for n in range(1, len(events) + 1)]
            for event in events:
                frame = msgspec.json.decode(event.frame)
                if "conversation" in frame and isinstance(frame["conversation"], dict):
                    assert frame["conversation"]["number"]["e164"] == side.number
            self.stage.before[side.user] = before + len(events)

    def teardown(self) -> None:
        """In the end everything that the carrier has is known to be there."""
        try:
            for worker in self._calling():
                self._answer(worker, "lost, taken")
            self.time.shift(2 * reconcile.LEASE_MS / 1000)
            self.recover()
            self.read_the_carriers_list()
            self.statuses_go_forward()
            self.each_text_is_there_once()
            for text in self.carrier.listed:
                if text.inbound:
                    assert text.sid in self.arrived
            for message, taken in self.carrier.taken.items():
                rows = all_rows("SELECT carrier_sid FROM message WHERE id = ?", (message,))
                assert rows == [(taken.sid,)], "the carrier has it, and we do not know"
        finally:
            self.clock.stop()

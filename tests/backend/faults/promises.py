"""A small model of the promises, held against the real store and messaging step by step."""

from dataclasses import dataclass

import msgspec
import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, precondition, rule

from backend.messaging import outbound, reconcile, scheduled
from backend.messaging.status import CARRIER, RANK
from backend.ports import CarrierText, NotTaken, Rejected, Uncertain
from backend.store import feed
from backend.store.rows import all_rows, now
from tests.backend.conftest import NOON
from tests.backend.faults.stage import Side, Stage, Worker, fresh
from tests.backend.web.test_webhooks import FORM, post

LONGEST_MS = 7 * 3600_000
"""From noon on; then it is evening, and another promise begins."""
CALL_S = 20
"""No call to the carrier lasts longer."""
RULED_OUT = 21211
"""A number that the carrier does not text."""


@dataclass
class Wrote:
    side: Side
    mobile: str
    draft: outbound.Draft
    message: int
    refused: bool = False
    """The carrier said no, so that it cannot have it."""


class Promises(RuleBasedStateMachine):
    """``world`` and ``client``, for webhooks, come with the subclass that a test makes."""

    texts = Bundle("texts")
    sids = Bundle("sids")
    sides, mobiles = st.integers(0, 1), st.integers(0, 1)
    workers = st.integers(0, 1)

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(NOON, tick=False)
        self.time = self.clock.start()
        self.began = now()
        self.stage = Stage(self.world)
        self.carrier = self.stage.carrier
        self.stopped: set[tuple[int, str]] = set()
        self.arrived: dict[str, Side] = {}
        self.wrote: dict[int, Wrote] = {}
        self.seen: dict[int, str] = {}

    # Reps

    @rule(target=texts, side=sides, mobile=mobiles, later=st.booleans())
    def write(self, side: int, mobile: int, later: bool) -> Wrote | None:
        side, mobile = self.stage.sides[side], self.stage.mobiles[mobile]
        ref = f"ref-{fresh():08}"
        draft = outbound.Draft(ref, f"text {ref}", at=now() + 60_000 if later else None)
        try:
            sent = self._send(side, mobile, draft)
        except outbound.GateRefused:
            assert (side.team, mobile) in self.stopped
            return None
        assert (side.team, mobile) not in self.stopped
        assert not sent.repeated
        made = Wrote(side, mobile, draft, sent.message.id)
        self.wrote[made.message] = made
        return made

    @rule(text=texts)
    def write_again(self, text: Wrote | None) -> None:
        if text is not None:
            again = self._send(text.side, text.mobile, text.draft)
            assert (again.message.id, again.repeated) == (text.message, True)

    @rule(text=texts)
    def write_other_words(self, text: Wrote | None) -> None:
        if text is not None:
            other = outbound.Draft(text.draft.ref, "other words", at=text.draft.at)
            try:
                self._send(text.side, text.mobile, other)
            except outbound.RefTaken:
                return
            raise AssertionError("two texts under one ref")

    @rule(text=texts, cancel=st.booleans())
    def change_what_waits(self, text: Wrote | None, cancel: bool) -> None:
        if text is None:
            return
        change = scheduled.Change(text.side.team, text.side.user, text.message, "pane")
        try:
            (scheduled.cancel if cancel else scheduled.keep)(self.world.writer, change)
        except (scheduled.TooLate, outbound.GateRefused):
            pass

    def _send(self, side: Side, mobile: str, draft: outbound.Draft) -> outbound.Sent:
        return outbound.send(
            self.world.writer,
            team=side.team,
            user=side.user,
            conversation=self.stage.talks[side, mobile],
            draft=draft,
            road="pane",
        )

    # Phones

    @rule(
        target=sids,
        side=sides,
        mobile=mobiles,
        body=st.sampled_from(["Hello", "STOP", "START"]),
    )
    def text_in(self, side: int, mobile: int, body: str) -> dict[str, str]:
        side, mobile = self.stage.sides[side], self.stage.mobiles[mobile]
        form = self._arrives(side, mobile, body)
        self._push(form)
        return form

    @rule(side=sides, mobile=mobiles)
    def text_in_and_lose_it(self, side: int, mobile: int) -> None:
        self._arrives(self.stage.sides[side], self.stage.mobiles[mobile], "Hello")

    @rule(form=sids)
    def push_again(self, form: dict[str, str]) -> None:
        if form["Body"] == "Hello":  # of a STOP its answer is looked at, which changes meanwhile
            self._push(form)

    def _arrives(self, side: Side, mobile: str, body: str) -> dict[str, str]:
        sid = f"SM{fresh():032}"
        self.carrier.listed.append(
            CarrierText(sid, "received", mobile, side.number, body, at=now(), inbound=True)
        )
        return {**FORM, "MessageSid": sid, "From": mobile, "To": side.number, "Body": body}

    def _push(self, form: dict[str, str]) -> None:
        code = post(self.client, form).status_code
        side = next(each for each in self.stage.sides if each.number == form["To"])
        mobile, body = form["From"], form["Body"]
        self.arrived[form["MessageSid"]] = side
        calls = [each.text for each in self.stage.workers if each.text is not None]
        under_way = (side.number, mobile) in {(each.sender, each.recipient) for each in calls}
        if body == "STOP":
            self.stopped.add((side.team, mobile))
            assert code == 503 or not under_way, "acknowledged with a text on its way"
        else:
            assert code == 200
            if body == "START":
                self.stopped.discard((side.team, mobile))

    # Workers and the carrier

    @rule(worker=workers, text=texts)
    def claim(self, worker: int, text: Wrote | None) -> None:
        worker = self.stage.workers[worker]
        if text is None or worker.text is not None:
            return
        worker.begin(text.message)
        if worker.text is not None:
            assert (text.side.team, text.mobile) not in self.stopped, "handed over after a STOP"
            calls = self.carrier.calls
            assert calls.count(text.message) == 1 or text.refused, "handed over anew, in doubt"
            text.refused = False

    @rule(
        worker=workers,
        how=st.sampled_from(["taken", "no", "not now", "lost, taken", "lost"]),
    )
    def answer(self, worker: int, how: str) -> None:
        if self.stage.workers[worker].text is not None:
            self._answer(self.stage.workers[worker], how)

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

    @rule(worker=workers, taken=st.booleans())
    def kill(self, worker: int, taken: bool) -> None:
        worker = self.stage.workers[worker]
        if worker.text is not None:
            if taken:
                self.carrier.take(worker.text)
            worker.kill()

    @rule(text=texts, word=st.sampled_from(["queued", "sending", "sent", "delivered", "failed"]))
    def call_back(self, text: Wrote | None, word: str) -> None:
        taken = self.carrier.taken.get(text.message) if text is not None else None
        if text is None or taken is None:
            return
        form = {
            "AccountSid": FORM["AccountSid"],
            "MessageSid": taken.sid,
            "MessageStatus": word,
            "From": taken.sender,
            "To": taken.recipient,
        }
        path = f"/twilio/messages/status?message={text.message}"
        assert post(self.client, form, path).status_code == 204
        known = self._status(text.message)
        assert RANK[known] >= RANK[CARRIER[word]], f"{known} after the carrier said {word}"

    # Time, and what it brings

    @precondition(lambda self: now() - self.began < LONGEST_MS)
    @rule(seconds=st.sampled_from([1, 5, 61, 1000]), taken=st.booleans())
    def wait(self, seconds: int, taken: bool) -> None:
        for worker in self.stage.workers:
            if worker.text is not None and seconds > CALL_S:
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

    def _status(self, message: int) -> str:
        ((status,),) = all_rows("SELECT status FROM message WHERE id = ?", (message,))
        return str(status)

    def teardown(self) -> None:
        """In the end everything that the carrier has is known to be there."""
        try:
            for worker in self.stage.workers:
                if worker.text is not None:
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

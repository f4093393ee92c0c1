"""Reps and phones of the model: what they do, and what they are promised at once."""

from dataclasses import dataclass
from typing import TypeVar

import time_machine
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, precondition, rule

from backend.messaging import outbound, scheduled
from backend.ports import CarrierText
from backend.store.rows import now
from tests.backend.conftest import NOON
from tests.backend.faults.stage import Side, Stage, Worker, fresh
from tests.backend.web.test_webhooks import FORM, post

T = TypeVar("T")


def one(some: list[T], which: int) -> T:
    return some[which % len(some)]


@dataclass
class Wrote:
    side: Side
    mobile: str
    draft: outbound.Draft
    message: int
    refused: bool = False
    """The carrier said no, so that it cannot have it."""


class Players(RuleBasedStateMachine):
    """``world`` and ``client``, for webhooks, come with the subclass that a test makes."""

    texts = Bundle("texts")
    sids = Bundle("sids")
    sides, mobiles = st.integers(0, 1), st.integers(0, 1)
    which = st.integers(0, 7)

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

    @rule(target=texts, side=sides, mobile=mobiles, later=st.sampled_from([False, False, True]))
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

    @precondition(lambda self: self._calling())
    @rule(which=which)
    def stop_what_is_under_way(self, which: int) -> None:
        text = one(self._calling(), which).text
        assert text is not None
        self._push(self._arrives(self.wrote[text.message].side, text.recipient, "STOP"))

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
        calls = [each.text for each in self._calling() if each.text is not None]
        under_way = (side.number, mobile) in {(each.sender, each.recipient) for each in calls}
        if body == "STOP":
            self.stopped.add((side.team, mobile))
            assert code == 503 or not under_way, "acknowledged with a text on its way"
        else:
            assert code == 200
            if body == "START":
                self.stopped.discard((side.team, mobile))

    def _calling(self) -> list[Worker]:
        return [each for each in self.stage.workers if each.text is not None]

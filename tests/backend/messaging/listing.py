"""The carrier's list as a test has it."""

from datetime import UTC, datetime

from backend.ports import CarrierText
from backend.store.rows import now
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"
NOON = datetime(2026, 11, 24, 17, 0, tzinfo=UTC)


class Listing:
    """A carrier that has this list, newest first as carriers give it."""

    def __init__(self, *texts):
        self.texts, self.asked = texts, []

    def sent_since(self, since):
        self.asked.append(since)
        return [text for text in self.texts if text.at >= since]


def arrived(sid, body, at=None, **more):
    told = {"status": "received", "sender": MAYA, "recipient": ANA_NUMBER, **more}
    return CarrierText(sid=sid, body=body, at=at or now(), inbound=True, **told)


class Behind(Listing):
    """The list of a process that a second one overtakes while it waits for its answer."""

    def __init__(self, overtake, *texts):
        super().__init__(*texts)
        self.overtake = overtake

    def sent_since(self, since):
        self.overtake()
        return super().sent_since(since)

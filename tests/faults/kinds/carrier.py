"""What a carrier does to those who text through it, each as the simulator does it."""

import random
import threading
from typing import Any

from tests.faults.fault import Breaks, Fault
from tests.faults.house import House
from tests.waiting import until

PATIENCE_S = 60.0


def faulty(kind: str, *, seconds: float = 0, **options: Any) -> Breaks:
    def breaks(house: House, _chance: random.Random, times: int) -> int:
        house.fault(kind, times=times, seconds=seconds, **options)
        until(lambda: house.armed() == 0, PATIENCE_S)
        threading.Event().wait(seconds)  # what happened last takes its time
        return times - house.armed()

    return breaks


# The carrier's client waits 20 s for an answer.
FAULTS = [
    Fault("carrier: too many requests", 40, faulty("http_429")),
    Fault("carrier: 5xx, not taken", 40, faulty("http_5xx_before")),
    Fault("carrier: 5xx, taken", 40, faulty("http_5xx_after_accept")),
    Fault("carrier: no answer, taken", 40, faulty("drop_after_accept")),
    Fault("carrier: half an answer, taken", 40, faulty("truncate_after_accept")),
    Fault("carrier: answer after the time-out", 8, faulty("timeout_after_accept", seconds=21)),
    Fault("callback before the answer", 40, faulty("callback_first", status="sent")),
    Fault("callbacks lost", 60, faulty("lose_callback")),
    Fault("callbacks late", 60, faulty("delay_callback", seconds=2)),
    Fault("callbacks twice", 60, faulty("duplicate_callback")),
    Fault("callbacks in the wrong order", 40, faulty("reorder_callbacks")),
    Fault("texts undelivered", 40, faulty("undelivered")),
    Fault("webhooks lost", 60, faulty("lose_inbound")),
    Fault("webhooks twice", 60, faulty("duplicate_inbound")),
]

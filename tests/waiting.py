"""Waiting for what has to come, in place of sleeping."""

import threading
import time
from collections.abc import Callable

import requests

OFTEN_S = 0.01
ANSWER_S = 30


def until(condition: Callable[[], object], patience: float) -> bool:
    """Wait for ``condition``; False when it does not hold within ``patience`` seconds."""
    ends = time.monotonic() + patience
    while not condition():
        if time.monotonic() > ends:
            return False
        threading.Event().wait(OFTEN_S)
    return True


def is_ready(url: str) -> bool:
    """Whether a process of ours listens there, answers and has begun."""
    try:
        return requests.get(f"{url}/readyz", timeout=ANSWER_S).ok
    except requests.RequestException:
        return False

"""Status callbacks: in order for each message unless a fault says otherwise."""

import threading
from collections import deque
from functools import partial

from simulator import sids
from simulator.faults import Faults
from simulator.records import FINAL, Message
from simulator.resources import API_VERSION
from simulator.state import State
from simulator.timer import Timer
from simulator.webhooks import Webhooks


class Callbacks:
    def __init__(self, state: State, timer: Timer, faults: Faults, webhooks: Webhooks) -> None:
        self._state, self._timer, self._faults, self._webhooks = state, timer, faults, webhooks
        self._lock = threading.Lock()
        self._waiting: dict[str, deque[dict[str, str]]] = {}
        self._held: dict[str, list[dict[str, str]]] = {}

    def tell(self, message: Message) -> None:
        """Queue the callback for the status that the message has now. A slow backend delays the
        callbacks of that message, never its way through the statuses."""
        if not message.callback:
            return
        params = parameters(message)
        with self._lock:
            batch = [params]
            if message.reversed_callbacks:
                held = self._held.setdefault(message.sid, [])
                held.append(params)
                if message.status not in (message.will_be, *FINAL):
                    return
                batch = self._held.pop(message.sid)[::-1]
            idle = message.sid not in self._waiting
            self._waiting.setdefault(message.sid, deque()).extend(batch)
        if idle:
            self._timer.after(0, partial(self._drain, message))

    def _drain(self, message: Message) -> None:
        while True:
            with self._lock:
                waiting = self._waiting[message.sid]
                if not waiting:
                    del self._waiting[message.sid]
                    return
                params = waiting.popleft()
            self._deliver_or_fault(message, params)

    def _deliver_or_fault(self, message: Message, params: dict[str, str]) -> None:
        fits = {"to": message.to, "from_": message.from_, "status": params["MessageStatus"]}
        token = sids.new("IT")
        if self._faults.spend("lose_callback", **fits):
            return
        if late := self._faults.spend("delay_callback", **fits):
            self._timer.after(late.seconds, partial(self._deliver, message, params, token))
            return
        self._deliver(message, params, token)
        if self._faults.spend("duplicate_callback", **fits):
            self._deliver(message, params, token)

    def _deliver(self, message: Message, params: dict[str, str], token: str) -> None:
        with self._state.look() as books:
            account = books.accounts[message.account_sid]
        assert message.callback
        self._webhooks.deliver(
            "status", message.sid, message.callback, params, account.auth_token, token=token
        )


def parameters(message: Message) -> dict[str, str]:
    params = {
        "MessageSid": message.sid,
        "SmsSid": message.sid,
        "MessageStatus": message.status,
        "SmsStatus": message.status,
        "To": message.to,
        "From": message.from_ or "",
        "AccountSid": message.account_sid,
        "ApiVersion": API_VERSION,
    }
    if message.service_sid:
        params["MessagingServiceSid"] = message.service_sid
    if message.error_code:
        params["ErrorCode"] = str(message.error_code)
    return params

"""A rep's client over a real socket, and the phones at the simulator's end."""

import json
import time
from collections.abc import Callable
from itertools import count
from typing import Any, Self

import requests
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from backend.config import EXTENSION_ID
from demo.seed import ADMIN, ANA, PASSWORD
from demo.stack import Stack

ORIGIN = f"chrome-extension://{EXTENSION_ID}"
_numbers = count(int(time.time() * 1000))


def sign_in(url: str, email: str = ANA, password: str = PASSWORD) -> dict[str, Any]:
    answer = requests.post(
        f"{url}/api/v1/session", json={"email": email, "password": password}, timeout=40
    )
    assert answer.status_code == 201, answer.text
    return answer.json()


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def hire(url: str, email: str, role: str = "rep") -> int:
    """A new user of the demo's team with its password, as an admin and they themselves make one;
    returns their id."""
    admin = bearer(sign_in(url, ADMIN)["access_token"])
    who = {"email": email, "name": email.partition("@")[0], "role": role}
    made = requests.post(f"{url}/api/v1/users", json=who, headers=admin, timeout=10).json()
    set_password(url, made["link"], PASSWORD)
    return made["id"]


def set_password(url: str, link: str, password: str) -> None:
    """Use the link that an admin gives, as its page does."""
    form = {"code": link, "password": password, "again": password}
    answer = requests.post(f"{url}/admin/welcome", form, headers={"Origin": url}, timeout=10)
    assert answer.status_code == 200, answer.text


def fresh_ref() -> str:
    return f"ref-{next(_numbers):016}"


def fresh_mobile() -> str:
    """A mobile that no other test has used, nor anybody in the demo; 555-01XX in an area code
    each. Our own numbers are refused, and so is who has opted out."""
    number = next(_numbers)
    area = ["770", "718", "773", "213", "978", "425", "971", "725"][number // 100 % 8]
    return f"+1{area}55501{number % 100:02}"


class Rep:
    """``with Rep(url, token) as rep``; ``seen`` holds every frame that came, oldest first."""

    def __init__(self, url: str, token: str, since: int | None = None, start: bool = True) -> None:
        self.seen: list[dict[str, Any]] = []
        self._url, self._token, self._since, self._start = url, token, since, start

    def __enter__(self) -> Self:
        self.socket: ClientConnection = connect(
            self._url.replace("http", "ws", 1) + "/ws",
            origin=ORIGIN,  # type: ignore[arg-type]
            compression=None,
            max_size=None,
            legacy=True,
        )
        if self._start:
            self.send("session.start", token=self._token, since=self._since)
            self.wait("session.ready")
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def send(self, kind: str, **fields: Any) -> None:
        self.socket.send(json.dumps({"type": kind, "v": 1, **fields}))

    def wait(
        self, kind: str, match: Callable[[dict[str, Any]], bool] = lambda frame: True
    ) -> dict[str, Any]:
        """The first frame of this type that matches, from now on; TimeoutError after 15 s."""
        end = time.monotonic() + 40
        while True:
            frame = json.loads(self.socket.recv(timeout=end - time.monotonic()))
            self.seen.append(frame)
            if frame["type"] == kind and match(frame):
                return frame

    def ask(self, kind: str, answer: str, **fields: Any) -> dict[str, Any]:
        request = fresh_ref()
        self.send(kind, request=request, **fields)
        return self.wait(answer, lambda frame: frame["request"] == request)

    def open(self, mobile: str, name: str = "Somebody") -> int:
        """The conversation with this person."""
        person = {"mobile": mobile, "name": name}
        opened = self.ask("conversation.open", "conversation.opened", person=person)
        return opened["conversation"]["id"]

    def text(self, conversation: int, body: str = "Hi", ref: str = "") -> int:
        """Send a text and return its message id once it is accepted."""
        ref = ref or fresh_ref()
        self.send("message.send", ref=ref, conversation=conversation, body=body)
        accepted = self.wait("message.accepted", lambda frame: frame["ref"] == ref)
        return accepted["message"]["id"]

    def status(self, message: int, wanted: str) -> dict[str, Any]:
        """The message once its status is ``wanted``."""
        frame = self.wait(
            "message.updated",
            lambda frame: (
                frame["message"]["id"] == message and frame["message"]["status"] == wanted
            ),
        )
        return frame["message"]

    def statuses(self, message: int) -> list[str]:
        """Every status of the message that was told, in order."""
        told = [frame["message"] for frame in self.seen if frame["type"] == "message.updated"]
        return [each["status"] for each in told if each["id"] == message]


def closed_with(rep: Rep) -> int:
    """The code with which the backend closed the socket."""
    while True:
        try:
            rep.socket.recv(timeout=15)
        except ConnectionClosed as closed:
            assert closed.rcvd is not None, "closed without a code"
            return closed.rcvd.code


class Phones:
    """The prospects' phones, and the faults of the carrier between."""

    def __init__(self, stack: Stack) -> None:
        self._url = stack.simulator.url

    def received(self, mobile: str) -> list[str]:
        """Bodies of the texts that reached this phone from one of our numbers."""
        answer = requests.get(
            f"{self._url}/simulator/texts", params={"phone": mobile}, timeout=10
        ).json()
        return [each["body"] for each in answer["texts"] if each["direction"] == "received"]

    def text(self, sender: str, recipient: str, body: str) -> dict[str, Any]:
        answer = requests.post(
            f"{self._url}/simulator/texts",
            json={"from": sender, "to": recipient, "body": body},
            timeout=20,
        )
        assert answer.ok, answer.text
        return answer.json()

    def fault(self, kind: str, mobile: str, **more: Any) -> None:
        answer = requests.post(
            f"{self._url}/simulator/faults", json={"kind": kind, "to": mobile, **more}, timeout=10
        )
        assert answer.ok, answer.text

    def accepted(self, mobile: str) -> list[dict[str, Any]]:
        """What the carrier has ever accepted for this phone."""
        ledger = requests.get(f"{self._url}/simulator/ledger", timeout=10).json()
        return [each for each in ledger["messages"] if each["to"] == mobile]

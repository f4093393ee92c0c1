"""A tiny app around the hub, served by gunicorn in the tests; its feed is a dict."""

import json
import os
import time

import gevent
from flask import Flask, request

from backend.hub.limits import Limits
from backend.hub.local import LocalHub
from backend.hub.poller import Poller
from backend.hub.sockets import Socket
from backend.ports import Event
from backend.web import socket as web_socket

ORIGIN = "chrome-extension://tests"

feed: dict[int, list[Event]] = {}
handled: dict[int, list[str]] = {}


class Extension:
    hub: LocalHub


def on_message(socket: Socket, data: bytes) -> None:
    frame = json.loads(data)
    if not socket.user:
        expires_at = time.time_ns() // 1_000_000 + frame["lives_ms"] if "lives_ms" in frame else 0
        socket.send(b'{"ready": true}')
        hub.admit(
            socket,
            user=frame["user"],
            session=frame.get("session", frame["user"]),
            expires_at=expires_at,
            cursor=frame.get("since", len(feed.get(frame["user"], []))),
        )
        return
    handled.setdefault(socket.user, []).append(data.decode())
    if "fail" in frame:
        raise ValueError(frame["fail"])
    if "wait" in frame:
        gevent.sleep(frame["wait"])
    socket.send(data)


def reset(socket: Socket) -> None:
    socket.cursor = len(feed.get(socket.user, []))
    socket.send(b'{"reset": true}')


def replay(user: int, after: int) -> list[Event] | None:
    gevent.sleep(0)  # as a database would
    if after > len(feed.get(user, [])):
        return None
    return feed.get(user, [])[after : after + 100]


def positions(users: list[int]) -> dict[int, int]:
    return {user: len(feed.get(user, [])) for user in users}


app = Flask(__name__)
poller = Poller(on_message, Limits(**json.loads(os.environ.get("LIMITS", "{}"))))
hub = LocalHub(poller, replay=replay, reset=reset, positions=positions)
web_socket.register(app, poller, frozenset({ORIGIN}))
app.extensions["repline"] = Extension()
app.extensions["repline"].hub = hub
hub.watch()


@app.post("/append")
def append() -> dict[str, int]:
    """Append ``count`` events of ``size`` bytes; publish those numbered in ``publish`` or all."""
    asked = request.get_json()
    events = feed.setdefault(asked["user"], [])
    for _ in range(asked.get("count", 1)):
        frame = {"seq": len(events) + 1, "at": time.time(), "fill": "x" * asked.get("size", 0)}
        event = Event(asked["user"], len(events) + 1, json.dumps(frame).encode())
        events.append(event)
        if asked.get("publish", True):
            hub.publish(event)
    return {"seq": len(events)}


@app.post("/publish-again")
def publish_again() -> dict[str, int]:
    asked = request.get_json()
    hub.publish(feed[asked["user"]][asked["seq"] - 1])
    return {}


@app.post("/close")
def close() -> dict[str, int]:
    asked = request.get_json()
    if "session" in asked:
        hub.close_session(asked["session"])
    else:
        hub.close_user(asked["user"])
    return {}


@app.get("/state")
def state() -> dict[str, object]:
    return {
        "open": hub.open,
        "dropped": hub.dropped,
        "caught_up": hub.caught_up,
        "handled": handled,
        "descriptors": len(os.listdir("/proc/self/fd")),
    }

"""Frames over a socket that keeps what it is sent, without a network between."""

import json
from pathlib import Path
from typing import Any

from backend.tokens import Identity
from backend.web.frames import Frames, Services
from shared import wire
from tests.backend.world import World

GOLDEN = Path(wire.__file__).parent.parent / "frames"


class Socket:
    """``closed`` is the code of its end, None while it lives."""

    def __init__(self, identity: Identity | None) -> None:
        self.identity, self.cursor, self.closed = identity, 0, None
        self.sent: list[dict[str, Any]] = []

    def send(self, data: bytes) -> None:
        self.sent.append(json.loads(data))

    def close(self, code: int, reason: str = "") -> None:
        self.closed = code


def socket_of(user: Any) -> Socket:
    """One on which this user is signed in."""
    return Socket(Identity(team=user.team_id, user=user.id, session=1, expires_at=2**53 - 1))


def frames(world: World, read_token: Any = None) -> Frames:
    def keep(socket: Socket, identity: Identity, _cursor: int = 0) -> None:
        socket.identity = identity

    return Frames(Services(world.writer, read_token, keep, keep))


def ask(world: World, socket: Socket, frame: dict[str, Any]) -> dict[str, Any]:
    """The first answer to the frame; empty where it needs none."""
    before = len(socket.sent)
    frames(world).receive(socket, json.dumps(frame).encode())
    return socket.sent[before] if len(socket.sent) > before else {}


def golden(kind: type[wire.ClientFrame]) -> dict[str, Any]:
    """A good frame of this type, as its golden file has it."""
    path = GOLDEN / f"{kind.__struct_config__.tag}.json"
    return json.loads(path.read_text("utf-8"))

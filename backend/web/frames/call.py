"""What the handlers of frames are given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from backend.store import users
from backend.store.audit import Actor
from backend.store.writer import Writer
from backend.tokens import Identity
from shared import wire


class Socket(Protocol):
    """A rep's socket as the frames see it. ``identity`` is None before ``session.start``."""

    identity: Any
    cursor: int

    def send(self, data: bytes) -> None: ...

    def close(self, code: int, reason: str = "") -> None: ...


@dataclass(frozen=True)
class Services:
    """What the frames act through. ``admit(socket, identity, cursor)`` adds the socket to the hub
    and sends the feed behind ``cursor``; ``renew(socket, identity)`` moves its end."""

    writer: Writer
    read_token: Callable[[str], Identity]
    admit: Callable[[Any, Identity, int], None]
    renew: Callable[[Any, Identity], None]


@dataclass(frozen=True)
class Call:
    """One frame of a signed-in socket."""

    services: Services
    socket: Socket
    identity: Identity

    @property
    def team(self) -> int:
        return self.identity.team

    @property
    def user(self) -> int:
        return self.identity.user

    @property
    def actor(self) -> Actor:
        """Who the audit log will name."""
        account = users.account(self.team, self.user)
        return Actor(self.team, self.user, account[0].email if account else "")


Handler = Callable[[Call, Any], wire.ServerFrame | None]


def refused(reason: str, text: str, request: str = "") -> wire.FrameRefused:
    return wire.FrameRefused(reason=reason, text=text, request=request)

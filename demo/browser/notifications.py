"""The desktop's notification daemon, as D-Bus sees it: org.freedesktop.Notifications."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated

from dbus_fast.annotations import DBusDict, DBusInt32, DBusSignature, DBusStr, DBusUInt32
from dbus_fast.service import ServiceInterface, dbus_method, dbus_signal

Strings = Annotated[list[str], DBusSignature("as")]
Closed = Annotated[list[int], DBusSignature("uu")]
Invoked = Annotated[list[int | str], DBusSignature("us")]
Information = Annotated[list[str], DBusSignature("ssss")]
DISMISSED, CLOSED_BY_CALL = 2, 3


@dataclass(frozen=True)
class Shown:
    """One notification as it was shown; ``actions`` maps an action's key to its label."""

    id: int
    summary: str
    body: str
    actions: dict[str, str]
    at: float = field(default_factory=time.time)


class NotificationDaemon(ServiceInterface):
    """Tells ``on_show`` and ``on_close`` what a screen would show. Its methods run in one loop."""

    def __init__(self, on_show: Callable[[Shown], None], on_close: Callable[[int], None]) -> None:
        super().__init__("org.freedesktop.Notifications")
        self._on_show, self._on_close = on_show, on_close
        self._last_id = 0

    @dbus_method()
    def GetCapabilities(self) -> Strings:
        # Without body-markup the browser sends the body as the person wrote it.
        return ["actions", "body", "persistence"]

    @dbus_method()
    def GetServerInformation(self) -> Information:
        return ["desktop", "repline", "1", "1.2"]

    @dbus_method()
    def Notify(
        self,
        app: DBusStr,
        replaces: DBusUInt32,
        icon: DBusStr,
        summary: DBusStr,
        body: DBusStr,
        actions: Strings,
        hints: DBusDict,
        timeout: DBusInt32,
    ) -> DBusUInt32:
        if not replaces:
            self._last_id += 1
        shown_id = replaces or self._last_id
        pairs = dict(zip(actions[::2], actions[1::2], strict=True))
        self._on_show(Shown(shown_id, summary, body, pairs))
        return shown_id

    @dbus_method()
    def CloseNotification(self, shown_id: DBusUInt32) -> None:
        self.close(shown_id, CLOSED_BY_CALL)

    @dbus_signal()
    def NotificationClosed(self, shown_id: int, reason: int) -> Closed:
        return [shown_id, reason]

    @dbus_signal()
    def ActionInvoked(self, shown_id: int, action: str) -> Invoked:
        return [shown_id, action]

    def close(self, shown_id: int, reason: int = DISMISSED) -> None:
        self._on_close(shown_id)
        self.NotificationClosed(shown_id, reason)

    def click(self, shown_id: int, action: str) -> None:
        self.ActionInvoked(shown_id, action)
        # A desktop takes a notification off the screen once it has been acted upon.
        self.close(shown_id)

"""What the pages act through."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.connections.connecting import Connecting
from backend.importing.managing import Imports
from backend.page_sessions import PageSessions
from backend.passwords import Passwords
from backend.ports import NumberDesk
from backend.store.writer import Writer


@dataclass(frozen=True)
class Services:
    """``session_ended(session)`` closes the session's sockets; ``public_url`` is where browsers
    reach these pages, without a trailing slash; ``notice_key`` signs what pages tell the next;
    ``webhook`` is where the carrier shall post texts; ``hook_secret(salt)`` gives a hook's secret,
    ``connecting`` connects CRMs, and ``local_hooks`` allows hooks into this network."""

    writer: Writer
    sessions: PageSessions
    passwords: Passwords
    public_url: str
    notice_key: bytes
    session_ended: Callable[[int], None]
    desk: NumberDesk
    webhook: str
    imports: Imports
    hook_secret: Callable[[str], str]
    connecting: Connecting
    local_hooks: bool = False

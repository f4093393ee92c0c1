"""What a simulator is started with."""

from dataclasses import dataclass, field
from pathlib import Path

INBOUND_PATH = "/twilio/messages"
"""Where a number sends what it receives, at the backend, unless its SmsUrl says otherwise."""


@dataclass(frozen=True)
class Pace:
    """How long a text stays in each status, in seconds."""

    queued: float = 0.2
    sending: float = 0.3
    sent: float = 0.6


@dataclass(frozen=True)
class Patience:
    """How long a webhook is waited for, in seconds, as Twilio does it unless a URL overrides it."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0


@dataclass(frozen=True)
class Settings:
    """``services`` maps a Messaging Service's SID to the numbers in its pool.

    Without ``state_file`` everything is forgotten at the end.
    """

    account_sid: str
    auth_token: str
    backend_url: str = ""
    numbers: tuple[str, ...] = ()
    services: dict[str, tuple[str, ...]] = field(default_factory=dict)
    state_file: Path | None = None
    pace: Pace = field(default_factory=Pace)
    patience: Patience = field(default_factory=Patience)
    regions: frozenset[str] = frozenset({"US", "CA"})
    registered: bool = False
    """Brand, campaign and toll-free verification are there and approved, for all ``numbers``."""

    def __post_init__(self) -> None:
        # With an empty token anybody can sign a webhook.
        if not self.auth_token:
            raise ValueError("auth_token must not be empty")
        if not self.account_sid.startswith("AC"):
            raise ValueError("account_sid must start with AC")

"""What one socket may ask of the hub, and all of them together."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Times in seconds, sizes in bytes."""

    sockets: int = 30_000
    """More are answered with 1013. gunicorn's own pool no longer counts a socket handed over."""
    message: int = 64 * 1024
    first_message: int = 16 * 1024
    """For a socket that has not signed in: strangers may not make us hold much."""
    unsent: int = 256 * 1024
    """A slow reader for whom more than this waits is dropped at the next frame. It resumes from
    the feed, where nothing is lost."""
    unread: int = 64
    """Messages of one socket that wait for their turn; then we stop reading it."""
    rate: float = 50
    """Frames a second from one socket, after a burst; beyond, it is closed with 1008."""
    burst: float = 200
    greenlets: int = 64
    ping_every: float = 25
    sign_in_within: float = 10
    linger: float = 5
    """How long a closed socket may take to say that it has seen it."""

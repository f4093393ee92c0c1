"""Reps' sockets: the hub that holds them, and the frames that come over them.

The hub is there first, for whoever writes tells it what to publish; frames need what writes. So the
two meet last, in :meth:`Sockets.connect`.
"""

from backend import metrics, signing_in
from backend.hub.local import LocalHub
from backend.hub.poller import Poller
from backend.hub.sockets import Socket
from backend.signing_in import Sessions
from backend.store import feed
from backend.store.writer import Transaction, Writer
from backend.tokens import Identity
from backend.web.frames import Frames, Services


class Sockets:
    def __init__(self) -> None:
        self._frames: Frames | None = None
        self.poller = Poller(self._receive)
        self.hub = LocalHub(
            self.poller,
            replay=feed.after,
            reset=self._reset,
            positions=lambda users: feed.positions(list(users)),
            ended=signing_in.ended,
            made_at=feed.made_at,
        )
        metrics.sockets_open.set_function(lambda: self.hub.open)
        metrics.sockets_dropped.set_function(lambda: self.hub.dropped)
        metrics.sockets_swept.set_function(lambda: self.hub.swept_at)
        metrics.feed_lag.set_function(lambda: self.hub.lag_s)
        metrics.events_caught_up.set_function(lambda: self.hub.caught_up)

    def connect(self, writer: Writer, sessions: Sessions) -> None:
        """Let the frames be answered; comes before the first socket."""
        self._frames = Frames(Services(writer, sessions.read, self._admit, _renew))

    def committed(self, transaction: Transaction) -> None:
        """Publish what a transaction told the feeds."""
        for event in transaction.events:
            self.hub.publish(event)
        metrics.feed_events.inc(len(transaction.events))

    def _receive(self, who: Socket, data: bytes) -> None:
        self._connected().receive(who, data)

    def _reset(self, who: Socket) -> None:
        self._connected().reset(who)

    def _connected(self) -> Frames:
        assert self._frames is not None, "connect comes before the first socket"
        return self._frames

    def _admit(self, who: Socket, identity: Identity, cursor: int) -> None:
        who.identity = identity
        self.hub.admit(
            who,
            user=identity.user,
            session=identity.session,
            expires_at=identity.expires_at,
            cursor=cursor,
        )


def _renew(who: Socket, identity: Identity) -> None:
    who.identity = identity
    who.expires_at = identity.expires_at

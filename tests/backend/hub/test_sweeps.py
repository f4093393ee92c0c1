"""Rounds of pings, with a clock that the test turns: nobody waits twenty-five seconds."""

from backend.hub.limits import Limits
from backend.hub.poller import Poller
from backend.hub.sockets import Socket
from backend.hub.sweeps import PING, TICK, Sweeps

EVERY = 25.0


class Watched(Poller):
    def __init__(self, count: int) -> None:
        super().__init__(lambda socket, data: None, Limits(ping_every=EVERY))
        self.pinged: list[int] = []
        self.lost: list[int] = []
        self.sockets = {fd: Socket(self, fd) for fd in range(count)}

    def write(self, socket: Socket, data: bytes) -> None:
        assert data == PING
        self.pinged.append(socket.fd)

    def drop(self, socket: Socket, *, reset: bool = False, finish: bool = False) -> None:
        self.lost.append(socket.fd)
        del self.sockets[socket.fd]


class Time:
    def __init__(self, poller: Watched) -> None:
        self.sweeps = Sweeps(poller)
        self.now = 1000.0
        self.most = 0
        self.poller = poller
        for socket in poller.sockets.values():
            socket.heard = self.sweeps.number

    def pass_(self, seconds: float) -> None:
        for _ in range(round(seconds / TICK)):
            before = len(self.poller.pinged)
            self.sweeps.tick(self.now)
            self.most = max(self.most, len(self.poller.pinged) - before)
            self.now += TICK


def test_everyone_is_pinged_once_a_round_spread_over_it() -> None:
    poller = Watched(1000)
    time = Time(poller)
    time.pass_(EVERY)
    assert sorted(poller.pinged) == list(range(1000))
    assert time.most <= 5


def test_who_says_nothing_for_a_whole_round_is_dropped() -> None:
    poller = Watched(10)
    time = Time(poller)
    talking = list(poller.sockets.values())[:5]
    for _ in range(8):
        time.pass_(EVERY / 2)
        for socket in talking:
            socket.heard = time.sweeps.number
    assert sorted(poller.lost) == [5, 6, 7, 8, 9]
    assert poller.pinged.count(9) == 1


def test_whom_we_do_not_listen_to_owes_no_answer() -> None:
    poller = Watched(1)
    time = Time(poller)
    poller.sockets[0].paused = True
    time.pass_(EVERY * 5)
    assert poller.lost == []


def test_whom_a_busy_loop_did_not_ping_owes_no_answer() -> None:
    poller = Watched(100)
    time = Time(poller)
    for _ in range(4):
        time.sweeps.tick(time.now)
        for fd in poller.pinged:
            poller.sockets[fd].heard = time.sweeps.number
        time.now += EVERY  # one tick a round: most are never reached
    assert poller.lost == []

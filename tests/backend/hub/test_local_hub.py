"""The hub's bookkeeping, step by step: a replay that is interrupted in the worst places."""

import time
from collections.abc import Callable, Iterator

import pytest

from backend.hub import framing
from backend.hub.catchup import ENOUGH_UNSENT
from backend.hub.local import LocalHub
from backend.hub.poller import Poller
from backend.hub.sockets import GONE, Socket
from backend.ports import Event


class Paper(Poller):
    """Writes into a list, and may pretend that the line is slow."""

    def __init__(self) -> None:
        super().__init__(lambda socket, data: None)
        self.written: list[bytes] = []
        self.slow = False

    def write(self, socket: Socket, data: bytes) -> None:
        if socket.open:
            self.written.append(data)
            socket.out_bytes += len(data) if self.slow else 0


class Feed:
    def __init__(self) -> None:
        self.events: list[Event] = []
        self.page = 100
        self.kept_from = 0
        self.while_reading: Iterator[Callable[[], None]] = iter(())
        self.reads = 0

    def append(self, fill: str = "") -> Event:
        seq = len(self.events) + 1
        self.events.append(Event(7, seq, f"{seq}{fill}".encode()))
        return self.events[-1]

    def replay(self, user: int, after: int) -> list[Event] | None:
        assert user == 7
        self.reads += 1
        if after < self.kept_from:
            return None
        found = self.events[after : after + self.page]
        next(self.while_reading, lambda: None)()  # after the read: what a database would miss
        return found


class World:
    def __init__(self) -> None:
        self.feed = Feed()
        self.poller = Paper()
        self.hub = LocalHub(
            self.poller,
            replay=self.feed.replay,
            reset=self.reset,
            positions=lambda users: {user: len(self.feed.events) for user in users},
            spawn=lambda run: run(),
        )

    def reset(self, socket: Socket) -> None:
        socket.send(b"reset")
        socket.cursor = len(self.feed.events)

    def socket(self, cursor: int = 0, session: int = 1) -> Socket:
        socket = Socket(self.poller, fd=0)
        self.hub.admit(socket, user=7, session=session, expires_at=0, cursor=cursor)
        return socket

    def written(self) -> list[str]:
        taken = [data[2 if data[1] < 126 else 4 :].decode() for data in self.poller.written]
        self.poller.written.clear()
        return [text.rstrip("x") for text in taken]


@pytest.fixture
def world() -> World:
    return World()


def test_admission_writes_what_was_missed_in_pages(world: World) -> None:
    world.feed.page = 2
    for _ in range(5):
        world.feed.append()
    assert world.socket(cursor=1).cursor == 5
    assert world.written() == ["2", "3", "4", "5"]


def test_an_event_published_during_a_replay_comes_once_and_in_order(world: World) -> None:
    world.feed.append()
    world.feed.while_reading = iter([lambda: world.hub.publish(world.feed.append())] * 2)
    world.socket(cursor=0)
    assert world.written() == ["1", "2", "3"]
    world.hub.publish(world.feed.append())
    assert world.written() == ["4"]


def test_an_event_published_as_the_last_empty_page_is_read_is_not_lost(world: World) -> None:
    world.feed.while_reading = iter([lambda: world.hub.publish(world.feed.append())])
    world.socket(cursor=0)
    assert world.written() == ["1"]


def test_duplicates_are_skipped_and_gaps_replayed(world: World) -> None:
    world.socket()
    first, _, third = world.feed.append(), world.feed.append(), world.feed.append()
    for event in (first, first, third, third, first):
        world.hub.publish(event)
    assert world.written() == ["1", "2", "3"]


def test_a_live_event_reads_no_database(world: World) -> None:
    world.socket()
    reads = world.feed.reads
    world.hub.publish(world.feed.append())
    assert world.feed.reads == reads


def test_too_old_a_cursor_resets_and_goes_on_from_there(world: World) -> None:
    for _ in range(3):
        world.feed.append()
    world.feed.kept_from = 2
    world.socket(cursor=1)
    world.hub.publish(world.feed.append())
    assert world.written() == ["reset", "4"]


def test_a_failing_feed_costs_time_only(world: World) -> None:
    def fail() -> None:
        raise OSError("the database is away")

    world.feed.append()
    world.feed.while_reading = iter([fail])
    world.socket(cursor=0)
    assert world.written() == []
    world.hub.sweep()
    assert world.written() == ["1"]


def test_a_sweep_and_a_wake_find_what_nobody_published(world: World) -> None:
    world.socket()
    world.feed.append()
    world.hub.sweep()
    assert world.written() == ["1"]
    reads = world.feed.reads
    world.hub.sweep()
    assert world.feed.reads == reads, "nobody is behind: nothing is read"
    world.feed.append()
    world.hub.wake(7)
    assert world.written() == ["2"]


def test_a_replay_parks_on_a_slow_line_and_goes_on_when_it_has_drained(world: World) -> None:
    for _ in range(8):
        world.feed.append("x" * 20_000)
    world.poller.slow = True
    socket = world.socket(cursor=0)
    first = world.written()
    assert first == ["1", "2", "3", "4"]
    assert socket.out_bytes > ENOUGH_UNSENT
    world.hub.publish(world.feed.append())
    assert world.written() == [], "live events may not overtake the replay"
    socket.out_bytes = 0
    world.poller.slow = False
    world.poller.on_drain(socket)
    assert world.written() == ["5", "6", "7", "8", "9"]


def test_a_socket_that_closes_during_its_replay_is_left_alone(world: World) -> None:
    world.feed.append()
    socket = Socket(world.poller, fd=0)

    def close() -> None:
        socket.state = GONE
        world.poller.on_close(socket)

    world.feed.while_reading = iter([close])
    world.hub.admit(socket, user=7, session=1, expires_at=0, cursor=0)
    world.hub.publish(world.feed.append())
    assert world.written() == []


def test_a_closed_socket_is_not_admitted(world: World) -> None:
    socket = Socket(world.poller, fd=0)
    socket.state = GONE
    world.hub.admit(socket, user=7, session=1, expires_at=0, cursor=0)
    world.hub.publish(world.feed.append())
    assert world.written() == []
    assert socket.user == 0


def test_a_frame_on_the_wire_is_one_text_message(world: World) -> None:
    world.socket()
    event = world.feed.append()
    world.hub.publish(event)
    assert world.poller.written == [framing.encode(framing.TEXT, event.frame)]


def test_it_tells_how_long_the_event_waits_that_a_socket_has_not_been_sent(world: World) -> None:
    asked = []
    hub = LocalHub(
        world.poller,
        replay=world.feed.replay,
        reset=world.reset,
        positions=lambda users: {user: len(world.feed.events) for user in users},
        made_at=lambda user, seq: asked.append((user, seq)) or (time.time() - 30) * 1000,
        spawn=lambda run: None,  # nobody comes to replay
    )
    world.feed.append()
    hub.admit(Socket(world.poller, fd=1), user=7, session=1, expires_at=0, cursor=1)
    hub.sweep()
    assert hub.lag_s == 0
    world.feed.append()
    hub.sweep()
    assert asked == [(7, 2)]
    assert 30 <= hub.lag_s < 60

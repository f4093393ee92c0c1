"""Wake-ups between processes through Redis. They carry no text: whoever hears one looks into the
feed. Without them the hub's own sweep finds the same a second later."""

import threading
from collections.abc import Callable, Iterable

import structlog
from redis import Redis, RedisError

log = structlog.get_logger(__name__)
CHANNEL = "repline:feed"
RETRY_S = 1.0


class RedisWakes:
    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, socket_timeout=5, socket_connect_timeout=2)

    def tell(self, users: Iterable[int]) -> None:
        """Somebody may hold sockets of these users: let them look. Raises RedisError."""
        for user in users:
            self._redis.publish(CHANNEL, user)

    def listen(self, wake: Callable[[int], None]) -> threading.Thread:
        """Call ``wake(user)`` for each wake-up, from a thread of its own, for good."""
        thread = threading.Thread(target=self._listen, args=(wake,), daemon=True, name="wakes")
        thread.start()
        return thread

    def _listen(self, wake: Callable[[int], None]) -> None:
        pause = threading.Event()
        while True:
            try:
                with self._redis.pubsub(ignore_subscribe_messages=True) as heard:
                    heard.subscribe(CHANNEL)
                    while True:
                        message = heard.get_message(timeout=5)
                        if message is not None:
                            wake(int(message["data"]))
            except (RedisError, OSError, ValueError) as error:
                log.warning("wake.not_heard", cause=type(error).__name__)
                pause.wait(RETRY_S)

"""Waking a user's browsers that may be asleep."""

import structlog

from backend import metrics
from backend.ports import Push, Pusher
from backend.store import pushes
from backend.store.writer import Writer

log = structlog.get_logger()


def wake(writer: Writer, pusher: Pusher, user: int, payload: bytes) -> None:
    """Push to each of the user's browsers; subscriptions that are gone are forgotten.

    A push that fails is not tried again: the text is in the feed, the push only hurries it.
    """
    for browser in pushes.of_user(user):
        push = Push(browser.id, browser.endpoint, browser.p256dh, browser.auth, payload)
        try:
            delivered = pusher.send(push)
        except OSError as error:
            metrics.pushes.count("failed")
            log.warning("push.failed", user=user, subscription=browser.id, error=_kind(error))
            continue
        metrics.pushes.count("delivered" if delivered else "gone")
        if not delivered:
            _forget(writer, browser)


def _forget(writer: Writer, gone: pushes.Subscribed) -> None:
    writer(lambda tx: pushes.remove(tx, gone.team, gone.id, gone.endpoint))


def _kind(error: OSError) -> str:
    # What requests says of a failure quotes the address, which is a secret.
    return str(error) if type(error) is OSError else type(error).__name__

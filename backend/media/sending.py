"""Uploads become part of a text, in the transaction that makes it ours to deliver."""

from backend.media.uploading import LARGEST
from backend.store import media
from backend.store.writer import Transaction
from shared import wire


class NotAttachable(Exception):
    """The text cannot go out with these media; the message says why. ``reason``: malformed,
    not_found, too_large."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text


def attach(
    tx: Transaction, team: int, user: int, message: int, ids: tuple[int, ...], body: str
) -> list[wire.Media]:
    """Make the user's uploads the media of the message, in this order, or raise
    :class:`NotAttachable`, which undoes the whole transaction. ``body`` counts to the size."""
    if not ids:
        return []
    if len(set(ids)) < len(ids):
        raise NotAttachable("malformed", "The same file is attached twice.")
    if not media.attach(tx, team, user, message, ids):
        raise NotAttachable(
            "not_found", "A file of this text is not here any more. Attach it anew."
        )
    attached = media.of_messages(team, [message])[message]
    size = sum(each.size for each in attached)
    # Twilio: a message and all of its media together.
    if size + len(body.encode()) > LARGEST:
        raise NotAttachable(
            "too_large",
            f"Carriers take {LARGEST // 1024 // 1024} MB a text at most."
            " Take out a file, or make them smaller.",
        )
    return attached

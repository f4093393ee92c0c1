"""The media of an inbound text is fetched from the carrier, checked and kept."""

import hashlib
from pathlib import Path

import structlog

from backend.apart import Apart
from backend.media import checks, names
from backend.media.checks import Kind
from backend.media.files import Files, TooLarge, rewrite
from backend.messaging import events
from backend.ports import Carrier, CarrierError, Missing
from backend.store import arriving_media, media, messages, quarantine
from backend.store.arriving_media import Pending
from backend.store.writer import Transaction, Writer

log = structlog.get_logger()
LARGEST = 16 * 1024 * 1024
"""Bytes. Carriers bring 5 MB at most; what is far above is no picture from a phone."""
MOST_ASKED_MISSING = 7
"""A media is there a minute after its text, or never: waits of 1, 2, 4 … 32 s between."""
MOST_ASKED = 16
LONGEST_WAIT_MS = 3600 * 1000


class Fetching:
    """Called with a media's id by a job; what cannot be had now is asked for again later."""

    def __init__(self, writer: Writer, files: Files, carrier: Carrier, apart: Apart) -> None:
        self._writer = writer
        self._files = files
        self._carrier = carrier
        self._apart = apart

    def __call__(self, row: int) -> None:
        pending = self._writer(lambda tx: arriving_media.claim(tx, row))
        if pending is None:
            return
        try:
            received = self._receive(pending)
        except TooLarge:
            self._settle(pending, "refused", "It is too large to be shown.")
        except Missing:
            if pending.attempts >= MOST_ASKED_MISSING:
                self._settle(pending, "gone", "The carrier does not have it any more.")
            else:
                self._put_back(pending)
        except CarrierError as error:
            log.warning("media.not_fetched", media=row, cause=str(error))
            if pending.attempts >= MOST_ASKED:
                self._settle(pending, "gone", "The carrier did not give it.")
            else:
                self._put_back(pending)
        else:
            try:
                self._keep(pending, received)
            finally:
                received.unlink(missing_ok=True)

    def _receive(self, pending: Pending) -> Path:
        media_sid = pending.carrier_sid or self._look_up(pending)
        pieces = self._carrier.fetch_media(pending.message_sid, media_sid)
        return self._files.receive(pieces, LARGEST)

    def _look_up(self, pending: Pending) -> str:
        """The text was found in the carrier's list, which counts media and does not name them."""
        sids = self._carrier.media_of(pending.message_sid)
        if pending.position >= len(sids):
            raise Missing("the carrier lists fewer media")
        sid = sids[pending.position]
        self._writer(lambda tx: arriving_media.name(tx, pending, sid))
        return sid

    def _keep(self, pending: Pending, received: Path) -> None:
        try:
            kind, size, sha256 = self._apart(lambda: self._looked_at(received, pending.team))
        except checks.TooManyPixels:
            self._settle(pending, "refused", "The picture is too large to be shown.")
            return

        def work(tx: Transaction) -> None:
            here = arriving_media.arrived(
                tx,
                pending,
                content_type=kind.content_type,
                name=names.clean("", kind.content_type),
                size=size,
                width=kind.width,
                height=kind.height,
                sha256=sha256,
            )
            if here:
                self._files.keep(received, pending.team, sha256)
                events.message_updated(tx, pending.team, pending.message)
            elif not media.is_used(pending.team, sha256):
                self._files.remove(pending.team, sha256)  # it was erased meanwhile

        self._writer(work)

    def _looked_at(self, received: Path, team: int) -> tuple[Kind, int, str]:
        data = received.read_bytes()
        try:
            kind = checks.kind(data)
        except checks.Broken:
            kind = Kind(checks.UNKNOWN)  # for saving: no browser is told that it is a picture
        rewrite(received, None)
        sha256 = hashlib.sha256(data).hexdigest()
        self._files.prepare(received, team, sha256)
        return kind, len(data), sha256

    def _settle(self, pending: Pending, state: str, error: str) -> None:
        def work(tx: Transaction) -> None:
            if arriving_media.settle(tx, pending, state, error):
                events.message_updated(tx, pending.team, pending.message)
                if state == "gone":
                    _keep_asking(tx, pending, error)

        self._writer(work)

    def _put_back(self, pending: Pending) -> None:
        wait = min(1000 * 2 ** (pending.attempts - 1), LONGEST_WAIT_MS)
        self._writer(lambda tx: arriving_media.put_back(tx, pending, wait))


def _keep_asking(tx: Transaction, pending: Pending, error: str) -> None:
    """An admin may have it asked for anew, once whatever was wrong is mended."""
    quarantine.put(
        tx,
        pending.team,
        key=f"media:{pending.message}",
        kind="media",
        reason="media",
        detail=error,
        mobile=messages.mobile_of(pending.team, pending.message),
        message=pending.message,
        again=False,
    )

"""A rep picks a file for a text: it is taken only if the carrier will take it too."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from backend.apart import Apart
from backend.media import checks, names, stripping
from backend.media.checks import Kind
from backend.media.files import Files, TooLarge, rewrite
from backend.store import media
from backend.store.writer import Transaction, Writer
from shared import wire

LARGEST = 5 * 1024 * 1024
"""Bytes of a picture, and of all media of a text (Twilio's accepted content types: MMS)."""
LARGEST_OTHER = 500 * 1024
"""Carriers do not make films and documents smaller, and refuse larger ones."""
MOST_WAITING = 100
LIMITS = {
    **dict.fromkeys(("image/jpeg", "image/png", "image/gif"), LARGEST),
    **dict.fromkeys(("video/mp4", "video/3gpp", "application/pdf", "text/vcard"), LARGEST_OTHER),
}
"""What may be texted, of those that Twilio takes for MMS, with the most bytes of each."""
_ALIASES = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "text/x-vcard": "text/vcard",
    "text/directory": "text/vcard",
    "video/3gp": "video/3gpp",
    "audio/3gpp": "video/3gpp",
}
_ADVICE = {
    "image/webp": "Carriers do not take WebP pictures. Save it as JPEG or PNG.",
    "image/heif": "Phones of other makes cannot show HEIC pictures. Save it as JPEG.",
    "image/svg+xml": "SVG drawings cannot be texted. Save it as PNG.",
    "video/quicktime": "QuickTime films cannot be texted. Save it as MP4.",
}
_TAKEN = "JPEG, PNG and GIF pictures, MP4 and 3GP videos, PDFs and vCards can be texted."


class Unfit(Exception):
    """The file is not taken. ``reason``: too_large, media_type, media_broken, media_waiting."""

    def __init__(self, reason: str, text: str) -> None:
        super().__init__(text)
        self.reason = reason
        self.text = text


class Uploads:
    """``apart`` decodes and syncs, so that a large picture holds up nobody else."""

    def __init__(self, writer: Writer, files: Files, apart: Apart) -> None:
        self._writer = writer
        self._files = files
        self._apart = apart

    def add(
        self, team: int, user: int, pieces: Iterable[bytes], declared: str, name: str
    ) -> wire.Media:
        """Keep an upload until its text is sent; raises :class:`Unfit`.

        ``declared`` is the content type that the client says, or empty.
        """
        try:
            received = self._files.receive(pieces, LARGEST)
        except TooLarge:
            raise too_large(LARGEST) from None
        try:
            _check_waiting(team, user)  # before anything is on disk that then has no row
            kind, size, sha256 = self._apart(lambda: self._prepare(received, declared, team))

            def work(tx: Transaction) -> int:
                _check_waiting(team, user)
                self._files.keep(received, team, sha256)
                return media.add_upload(
                    tx,
                    team,
                    user,
                    content_type=kind.content_type,
                    name=names.clean(name, kind.content_type),
                    size=size,
                    width=kind.width,
                    height=kind.height,
                    sha256=sha256,
                )

            held = media.get(team, self._writer(work))
        finally:
            received.unlink(missing_ok=True)
        assert held is not None
        return held.media

    def _prepare(self, received: Path, declared: str, team: int) -> tuple[Kind, int, str]:
        data = received.read_bytes()
        kind = _fit(data, declared)
        stripped = stripping.stripped(data, kind.content_type)
        rewrite(received, None if stripped == data else stripped)
        sha256 = hashlib.sha256(stripped).hexdigest()
        self._files.prepare(received, team, sha256)
        return kind, len(stripped), sha256


def _check_waiting(team: int, user: int) -> None:
    if media.waiting_of(team, user) >= MOST_WAITING:
        raise Unfit(
            "media_waiting",
            f"{MOST_WAITING} files wait for texts that were not sent."
            " Send those texts, or come back tomorrow.",
        )


def too_large(most: int) -> Unfit:
    size = f"{most // 1024 // 1024} MB" if most >= 1024 * 1024 else f"{most // 1024} KB"
    return Unfit("too_large", f"Carriers take {size} of it at most. Make the file smaller.")


def _fit(data: bytes, declared: str) -> Kind:
    try:
        kind = checks.kind(data)
    except checks.TooManyPixels:
        raise Unfit(
            "too_large",
            f"The picture has more than {checks.MOST_PIXELS // 1_000_000} million pixels."
            " Make it smaller.",
        ) from None
    except checks.Broken:
        raise Unfit("media_broken", "The picture is damaged or not whole. Pick it again.") from None
    most = LIMITS.get(kind.content_type)
    if most is None:
        raise Unfit("media_type", _ADVICE.get(kind.content_type, f"Only {_TAKEN}"))
    said = declared.partition(";")[0].strip().lower()
    if said not in ("", checks.UNKNOWN) and _ALIASES.get(said, said) != kind.content_type:
        raise Unfit(
            "media_type",
            f"The file says that it is {said[:60]}, but it is {kind.content_type}."
            " Send it as what it is.",
        )
    if len(data) > most:
        raise too_large(most)
    return kind

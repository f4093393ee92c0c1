"""What a file really is. What it, or whoever sent it, says of itself is not believed."""

import io
from dataclasses import dataclass

import puremagic
from PIL import Image

UNKNOWN = "application/octet-stream"
PICTURES = {
    "GIF": "image/gif",
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",  # a JPEG with a second picture behind it, as many phones make them
    "PNG": "image/png",
    "WEBP": "image/webp",
}
SHOWN = frozenset(PICTURES.values())
"""Types that a browser may be told. Nothing in them can be made to run; SVG and HTML can."""
MOST_PIXELS = 50_000_000
"""A picture of 20 KB can unfold to gigabytes; 200 MB is what a rep's browser has to bear."""
LONGEST_SIDE = 16_384
_NAMED = frozenset(
    {
        *("application/pdf", "text/vcard", "text/html", "image/svg+xml", "image/heif"),
        *("video/mp4", "video/3gpp", "video/quicktime", "audio/mpeg", "audio/mp4"),
    }
)
_HEAD = 64 * 1024
# Above twice of it Pillow itself refuses to open a picture.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS


@dataclass(frozen=True)
class Kind:
    """``width`` and ``height`` in pixels, 0 for what is no picture."""

    content_type: str
    width: int = 0
    height: int = 0

    @property
    def shown(self) -> bool:
        return self.content_type in SHOWN


class TooManyPixels(Exception):
    """A picture that would take too much memory to look at."""


class Broken(Exception):
    """A picture that ends too early, or is damaged."""


def kind(data: bytes) -> Kind:
    """What the bytes are; raises :class:`TooManyPixels` or :class:`Broken` for such pictures.

    Takes a tenth of a second for a large one: call it away from gevent's loop.
    """
    try:
        picture = Image.open(io.BytesIO(data), formats=("GIF", "JPEG", "PNG", "WEBP"))
    except Image.DecompressionBombError:
        raise TooManyPixels from None
    except Image.UnidentifiedImageError:
        return Kind(_named(data))
    except Exception as error:
        # Pillow raises whatever its decoders trip over.
        raise Broken(type(error).__name__) from None
    with picture:
        width, height = picture.size
        if width * height > MOST_PIXELS or max(width, height) > LONGEST_SIDE:
            raise TooManyPixels
        try:
            _read_through(picture)
        except Exception as error:
            raise Broken(type(error).__name__) from None
        return Kind(PICTURES[picture.format or ""], width, height)


def _read_through(picture: Image.Image) -> None:
    """Raise unless the picture is whole, unfolding as little of it as that takes."""
    if picture.format == "PNG":
        picture.verify()  # checksums alone
        return
    if picture.format in ("JPEG", "MPO"):
        picture.draft(None, (picture.width // 8, picture.height // 8))
    picture.load()


def _named(data: bytes) -> str:
    try:
        found = puremagic.magic_string(data[:_HEAD])
    except Exception:  # PureError, and whatever hostile bytes make it stumble over
        return UNKNOWN
    return next((each.mime_type for each in found if each.mime_type in _NAMED), UNKNOWN)

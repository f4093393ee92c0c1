"""Taking out of a picture what it tells of the rep who took it: place, time, device, edits.

Without decoding it, so that not a pixel changes. Of a JPEG's Exif only the orientation stays, or
the picture would lie on its side; colour profiles stay. Whatever stands behind the end of the
picture (phones put short films there) goes too. GIFs and files that are no pictures are untouched.
"""

import io
import struct
from collections.abc import Iterator

from PIL import Image

_SOI, _EOI, _SOS, _APP0, _APP1, _APP2 = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xE2
_STANDALONE = {0x01, *range(0xD0, 0xD8)}
_ORIENTATION = 0x0112
# JFIF says the density, ICC the colours, and without Adobe's mark (APP14) the colours are wrong.
_KEPT = {_APP0: b"JFIF\x00", _APP2: b"ICC_PROFILE\x00", 0xEE: b"Adobe"}
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_TELLS = {b"eXIf", b"tEXt", b"zTXt", b"iTXt", b"tIME"}


def stripped(data: bytes, content_type: str) -> bytes:
    """The same picture without what it tells; as it came when its parts cannot be told apart."""
    strip = {"image/jpeg": _jpeg, "image/png": _png}.get(content_type)
    if strip is None:
        return data
    try:
        return b"".join(strip(data))
    except (ValueError, IndexError, OSError, struct.error):
        return data


def _jpeg(data: bytes) -> Iterator[bytes]:
    # ITU-T T.81, annex B: marker segments, and entropy-coded data after each start of scan.
    yield data[:2]
    yield _orientation(data)
    at = 2
    while True:
        if data[at] != 0xFF:
            raise ValueError("no marker")
        marker = data[at + 1]
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker == _EOI:
            yield data[at : at + 2]
            return
        elif marker in _STANDALONE:
            yield data[at : at + 2]
            at += 2
        else:
            end = at + 2 + struct.unpack_from(">H", data, at + 2)[0]
            if marker == _SOS:
                end = _after_scan(data, end)
            if _stays(marker, data[at + 4 : end]):
                yield data[at:end]
            at = end


def _stays(marker: int, payload: bytes) -> bool:
    if marker in _KEPT:
        return payload.startswith(_KEPT[marker])
    return not (_APP0 <= marker <= 0xEF or marker == 0xFE)  # the other APPn, and comments


def _after_scan(data: bytes, at: int) -> int:
    """Where the next marker stands: in a scan FF is followed by 00, or by a restart."""
    while True:
        at = data.index(b"\xff", at)
        following = data[at + 1]
        if following == 0 or following in _STANDALONE:
            at += 2
        else:
            return at


def _orientation(data: bytes) -> bytes:
    """An Exif segment that says which way is up, where that needs to be said."""
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
        turned = picture.getexif().get(_ORIENTATION, 1)
    if turned not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[_ORIENTATION] = turned
    payload = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload


def _png(data: bytes) -> Iterator[bytes]:
    if not data.startswith(_PNG):
        raise ValueError("no PNG")
    yield _PNG
    at, name = len(_PNG), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > len(data):
            raise ValueError("cut short")
        if name not in _PNG_TELLS:
            yield data[at:end]
        at = end

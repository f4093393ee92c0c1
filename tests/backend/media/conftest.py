"""Files as phones, reps and attackers make them."""

import io
import struct
import zlib

import pytest
from PIL import Image

from tests.backend.api.conftest import api_, carrier_url, config, crms, passwords

__all__ = ["api_", "carrier_url", "config", "crms", "passwords"]


def picture(kind="PNG", size=(40, 30), **options) -> bytes:
    file = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(file, kind, **options)
    return file.getvalue()


def png_of_size(width: int, height: int) -> bytes:
    """A whole PNG that says that it is so large, in a few dozen bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(10_000)))
        + chunk(b"IEND", b"")
    )


HTML = b"<!doctype html><html><script>alert(document.domain)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(200)
VCARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Maya Lopez\r\nEND:VCARD\r\n"


@pytest.fixture
def upload(api_):
    """``upload(data, content_type, name=…, email=…)`` -> the answer."""

    def send(data, content_type="image/png", name="", email="ana@brightpath.example", **more):
        headers = {"Content-Type": content_type, **more.pop("headers", {})}
        return api_.call(
            "POST",
            "/media",
            data,
            api_.token(email),
            headers=headers,
            query_string={"name": name},
            **more,
        )

    return send

"""What a rep attaches: taken when carriers take it, refused in words that say what to do."""

import io

import gevent
import pytest
from PIL import Image

from backend.media import uploading
from backend.models import Media
from backend.store import media as store
from backend.web.api import files
from tests.backend.media.conftest import HTML, MP4, PDF, SVG, VCARD, picture, png_of_size

GPS = 0x8825
ORIENTATION = 0x0112


def photo(**options) -> bytes:
    """A JPEG as a phone makes it: on its side, with where it was taken, by what."""
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif[0x010F] = "Pear Phone"
    place = exif.get_ifd(GPS)
    place[1], place[2] = "N", (40.0, 41.0, 21.0)
    return picture("JPEG", exif=exif, comment=b"taken at home", **options)


def kept(api_, answer) -> bytes:
    held = Media.get_by_id(answer.json["id"])
    return api_.files.path(held.team_id, held.sha256).read_bytes()


@pytest.mark.parametrize(
    ("data", "content_type", "ending"),
    [
        (picture("PNG"), "image/png", ".png"),
        (picture("JPEG"), "image/jpeg", ".jpg"),
        (picture("GIF"), "image/gif", ".gif"),
        (MP4, "video/mp4", ".mp4"),
        (PDF, "application/pdf", ".pdf"),
        (VCARD, "text/vcard", ".vcf"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_carriers_take_is_kept_until_its_text_is_sent(
    api_, upload, data, content_type, ending
):
    answer = upload(data, content_type, "Price list" + ending)
    assert answer.status_code == 201, answer.json
    told = answer.json
    assert (told["content_type"], told["name"]) == (content_type, "Price list" + ending)
    assert (told["size"], told["state"]) == (len(data), "ready")
    if content_type.startswith("image/"):
        assert (told["width"], told["height"]) == (40, 30)
    assert kept(api_, answer) == data


def test_a_type_that_nobody_declared_is_found_out(upload):
    assert upload(picture("JPEG"), "application/octet-stream").json["content_type"] == "image/jpeg"
    assert upload(VCARD, "text/x-vcard").json["content_type"] == "text/vcard"


REFUSED = {
    "html as a picture": (HTML, "image/png", 415, "media_type", "can be texted"),
    "svg as a picture": (SVG, "image/png", 415, "media_type", "PNG"),
    "svg as itself": (SVG, "image/svg+xml", 415, "media_type", "PNG"),
    "webp": (picture("WEBP"), "image/webp", 415, "media_type", "JPEG or PNG"),
    "a gif that says png": (picture("GIF"), "image/png", 415, "media_type", "image/gif"),
    "a program": (b"MZ" + bytes(300), "application/pdf", 415, "media_type", "can be texted"),
    "nothing": (b"", "image/png", 415, "media_type", "can be texted"),
    "half a jpeg": (picture("JPEG", (400, 300))[:2000], "image/jpeg", 400, "media_broken", "again"),
    "half a png": (picture("PNG", (400, 300))[:500], "image/png", 400, "media_broken", "again"),
    "half a gif": (picture("GIF", (400, 300))[:900], "image/gif", 400, "media_broken", "again"),
    "a bomb": (png_of_size(60_000, 60_000), "image/png", 413, "too_large", "pixels"),
    "a long bomb": (png_of_size(2_000_000, 10), "image/png", 413, "too_large", "pixels"),
    "a large film": (MP4 + bytes(500 * 1024), "video/mp4", 413, "too_large", "500 KB"),
    "a large picture": (
        picture("PNG") + bytes(5 * 1024 * 1024), "image/png", 413, "too_large", "5 MB"
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED)
def test_what_carriers_refuse_is_refused_with_advice_and_nothing_is_kept(api_, upload, case):
    data, content_type, status, reason, advice = REFUSED[case]
    answer = upload(data, content_type)
    assert (answer.status_code, answer.json["type"]) == (status, f"urn:repline:{reason}")
    assert answer.json["field"] == "media"
    assert advice in answer.json["detail"]
    assert Media.select().count() == 0
    assert list(api_.files._folder.glob("*/*")) == []


class Body(io.RawIOBase):
    """A body that counts what is read of it."""

    def __init__(self, size):
        self.left, self.read_bytes = size, 0

    def readable(self):
        return True

    def readinto(self, buffer):
        count = min(len(buffer), self.left)
        self.left -= count
        self.read_bytes += count
        return count

    def as_input(self, declared):
        return {"wsgi.input": self, "CONTENT_LENGTH": str(declared)}


def test_thirty_megabytes_are_refused_unread(upload):
    body = Body(30_000_000)
    answer = upload(b"", "image/jpeg", environ_overrides=body.as_input(30_000_000))
    assert answer.status_code == 413
    assert "smaller" in answer.json["detail"]
    assert body.read_bytes == 0


def test_a_body_that_does_not_say_how_long_it_is_is_read_up_to_the_limit(api_, upload):
    body = Body(30_000_000)
    answer = upload(
        b"",
        "image/jpeg",
        headers={"Transfer-Encoding": "chunked"},
        environ_overrides={**body.as_input(""), "wsgi.input_terminated": True},
    )
    assert answer.status_code == 413
    assert body.read_bytes <= uploading.LARGEST + 128 * 1024
    assert list(api_.files._folder.glob("incoming/*")) == []


def test_a_body_that_is_shorter_than_it_says_is_no_file(upload):
    answer = upload(b"", "image/png", environ_overrides=Body(100).as_input(5000))
    assert answer.status_code == 400
    assert "again" in answer.json["detail"]


def test_a_body_that_comes_too_slowly_is_given_up(api_, upload, monkeypatch):
    class Slow(Body):
        def readinto(self, buffer):
            gevent.sleep(0.01)
            return super().readinto(buffer[:1])

    monkeypatch.setattr(files, "PATIENCE_S", 0.1)
    answer = upload(b"", "image/png", environ_overrides=Slow(1000).as_input(1000))
    assert (answer.status_code, answer.json["type"]) == (408, "urn:repline:too_slow")
    assert list(api_.files._folder.glob("incoming/*")) == []


@pytest.mark.parametrize("progressive", [False, True])
def test_a_photo_says_no_more_where_it_was_taken_and_not_a_pixel_changes(api_, upload, progressive):
    data = photo(progressive=progressive) + b"a short film behind the picture"
    after = kept(api_, upload(data, "image/jpeg"))
    with Image.open(io.BytesIO(data)) as was, Image.open(io.BytesIO(after)) as now:
        assert was.tobytes() == now.tobytes()
        assert was.getexif()[ORIENTATION] == now.getexif()[ORIENTATION] == 6
        assert GPS in was.getexif()
        assert dict(now.getexif()) == {ORIENTATION: 6}
    assert b"home" not in after
    assert b"Pear" not in after
    assert b"film" not in after


def test_a_png_says_no_more_than_its_pixels(api_, upload):
    told = Image.Exif()
    told[0x010F] = "Pear Phone"
    file = io.BytesIO()
    Image.new("RGB", (5, 5), "red").save(file, "PNG", exif=told, pnginfo=None)
    data = file.getvalue()
    assert b"Pear" in data
    after = kept(api_, upload(data + b"and behind it", "image/png"))
    assert b"Pear" not in after
    assert after.endswith(b"IEND\xaeB`\x82")
    with Image.open(io.BytesIO(after)) as now:
        assert now.getpixel((2, 2)) == (255, 0, 0)


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("../../etc/passwd", "passwd.png"),
        ("C:\\Users\\ana\\photo.jpeg", "photo.png"),
        ("invoice\u202egnp.exe", "invoicegnp.png"),
        ("two\r\nlines\u2028here.png", "twolineshere.png"),
        ('a";filename=evil.exe', "afilename=evil.png"),
        ("", "file.png"),
        ("...", "file.png"),
        ("x" * 250, "x" * 96 + ".png"),
        ("Übersicht 🙌.PNG", "Übersicht 🙌.png"),
    ],
)
def test_names_are_made_harmless_and_end_as_what_the_file_is(upload, name, becomes):
    assert upload(picture(), "image/png", name).json["name"] == becomes


def test_a_user_can_not_fill_the_disk_with_what_is_never_sent(world, upload, monkeypatch):
    monkeypatch.setattr(uploading, "MOST_WAITING", 2)
    for _ in range(2):
        assert upload(picture()).status_code == 201
    answer = upload(picture())
    assert (answer.status_code, answer.json["type"]) == (429, "urn:repline:media_waiting")
    assert upload(picture(), email="ben@brightpath.example").status_code == 201
    assert store.waiting_of(world.team.id, world.ana.id) == 2


def test_only_who_is_signed_in_uploads(api_):
    answer = api_.call("POST", "/media", picture(), headers={"Content-Type": "image/png"})
    assert answer.status_code == 401
    assert Media.select().count() == 0

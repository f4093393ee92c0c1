"""The bytes: for those who see the text, in a form that cannot run anywhere."""

import hashlib
import time

import pytest

from backend.media import links, names
from backend.media.links import Links
from backend.models import Conversation, Media, Message
from backend.store.rows import now
from tests.backend.api.conftest import ORIGIN
from tests.backend.media.conftest import HTML, PDF, SVG, picture


@pytest.fixture
def held(api_):
    """A media of a text of Ana's, as it is after it was checked."""
    world = api_.world
    talk = Conversation.create(
        team=world.team, number=world.number, person=world.person("+14045550187"), last_at=1
    )

    def make(data=b"", content_type="image/png", **more):
        sha256 = hashlib.sha256(data).hexdigest()
        if data:
            api_.files.prepare(api_.files.receive([data], 10**7), world.team.id, sha256)
        message = Message.create(
            team=world.team,
            conversation=talk,
            direction="inbound",
            at=now(),
            status="received",
            body="",
            mobile="+14045550187",
            media_count=1,
        )
        return Media.create(
            team=world.team,
            message=message,
            content_type=content_type,
            **{"sha256": sha256 if data else "", "size": len(data), "created_at": now(), **more},
        )

    return make


@pytest.fixture
def get(api_):
    def ask(media, email="ana@brightpath.example", path="/media/{}", **headers):
        if email:
            headers["Authorization"] = f"Bearer {api_.token(email)}"
        number = media.id if isinstance(media, Media) else media
        return api_.client.get(path.format(number), headers=headers)

    return ask


def harmless(answer):
    headers = answer.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_shown_as_what_it_is_and_kept_by_the_browser(held, get, kind):
    data, content_type = picture(kind), f"image/{kind.lower()}"
    answer = get(held(data, content_type, name="Our roof.png"))
    assert (answer.status_code, answer.data) == (200, data)
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
    harmless(answer)


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (HTML, "text/html"),
        (SVG, "image/svg+xml"),
        (PDF, "application/pdf"),
        (b"BEGIN:VCARD", "text/vcard"),
        (b"x", "application/xhtml+xml"),
        (b"x", "text/javascript"),
        (b"x", "image/heif"),
        (b"x", ""),
    ],
)
def test_everything_else_is_a_download_without_a_type(held, get, data, content_type):
    answer = get(held(data, content_type, name="offer.pdf"))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment; filename=offer.pdf"
    harmless(answer)


def test_a_picture_that_is_a_script_too_is_still_only_a_picture(held, get):
    polyglot = picture("GIF") + b"*/=alert(1)//"
    answer = get(held(polyglot, "image/gif"))
    assert answer.headers["Content-Type"] == "image/gif"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
    harmless(answer)


def test_a_name_with_any_letters_stays_one_header(held, get):
    name = names.clean('Übersicht 🙌\r\nSet-Cookie="a;b".pdf', "application/pdf")
    answer = get(held(PDF, "application/pdf", name=name))
    assert answer.status_code == 200
    assert "%C3%9Cbersicht" in answer.headers["Content-Disposition"]
    harmless(answer)


@pytest.mark.parametrize(
    "email", ["ben@brightpath.example", "eve@rivals.example"], ids=["colleague", "stranger"]
)
def test_who_does_not_see_the_text_does_not_see_its_media(held, get, email):
    answer = get(held(picture()), email)
    assert (answer.status_code, answer.json["type"]) == (404, "urn:repline:not_found")
    assert answer.json == get(2**40, email).json


def test_an_admin_of_the_team_sees_it(held, get):
    assert get(held(picture()), "admin@brightpath.example").status_code == 200


def test_nobody_sees_it_who_is_not_signed_in(held, get):
    assert get(held(picture()), "").status_code == 401


def test_an_upload_is_its_users_alone_until_it_is_sent(api_, upload, get):
    media = upload(picture()).json["id"]
    assert get(media).status_code == 200
    for email in ("ben@brightpath.example", "admin@brightpath.example", "eve@rivals.example"):
        assert get(media, email).status_code == 404


def test_what_is_still_to_come_says_when_to_ask_again(held, get):
    answer = get(held(state="pending"))
    assert (answer.status_code, answer.json["type"]) == (404, "urn:repline:media_pending")
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("state", ["refused", "gone"])
def test_what_will_never_come_says_why(held, get, state):
    answer = get(held(state=state, error="It is too large to be shown."))
    assert (answer.status_code, answer.json["detail"]) == (410, "It is too large to be shown.")


def test_what_is_lost_from_the_disk_is_gone_and_not_a_failure(api_, held, get):
    media = held(picture())
    api_.files.remove(media.team_id, media.sha256)
    assert get(media).status_code == 410


def test_the_extension_may_read_it_and_other_pages_may_not(api_, held, get):
    media = held(picture())
    assert get(media, Origin=ORIGIN).headers["Access-Control-Allow-Origin"] == ORIGIN
    foreign = get(media, Origin="https://crm.example")
    assert "Access-Control-Allow-Origin" not in foreign.headers
    asked = api_.client.options(f"/media/{media.id}", headers={"Origin": ORIGIN})
    assert "Authorization" in asked.headers["Access-Control-Allow-Headers"]


@pytest.fixture
def sent(api_, held):
    return held(picture("JPEG"), "image/jpeg", user=api_.world.ana)


def path_of(url):
    return url.removeprefix("https://repline.example.com")


def test_the_carrier_fetches_what_is_sent_with_its_type_and_a_short_name(api_, get, sent):
    path = path_of(api_.links.make(sent.id))
    for answer in (get(sent, "", path), api_.client.head(path)):
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Content-Length"] == str(sent.size)
        assert answer.headers["Content-Disposition"] == f"inline; filename=file{sent.id}.jpg"
        assert answer.headers["Cache-Control"] == "no-store"
        harmless(answer)


def test_a_link_ends_but_not_before_the_carrier_has_given_up_the_text(api_, get, sent):
    clock = [now()]
    timed = Links(api_.config.public_url, b"key of the test", lambda: clock[0])
    _, _, _, media, expires, signature = timed.make(sent.id).split("/")[-6:]
    assert int(expires) - clock[0] > 36_000_000
    assert timed.good(int(media), int(expires), signature)
    clock[0] += links.LIVES_MS
    assert not timed.good(int(media), int(expires), signature)


def forged(api_, sent):
    _, _, media, expires, signature = path_of(api_.links.make(sent.id)).split("/")
    other = Links("", b"another key", now).make(sent.id).split("/")
    yield f"/media/{media}/{int(expires) + 1}/{signature}"
    yield f"/media/{int(media) + 1}/{expires}/{signature}"
    yield f"/media/{media}/{expires}/{'A' * 43}"
    yield f"/media/{media}/{expires}/{signature[:-1]}%C3%A9"
    yield f"/media/{media}/{expires}/{signature}="
    yield f"/media/{media}/{expires}/"
    yield "/".join(other)
    old = Links("", b"key of the test", lambda: now() - links.LIVES_MS - 1)
    yield old.make(sent.id)


def test_forged_and_expired_links_open_nothing(api_, get, sent):
    for path in forged(api_, sent):
        assert get(sent, "", path).status_code == 404, path


def test_a_link_is_for_what_was_sent_alone(api_, get, held, upload):
    received, waiting = held(picture()), upload(picture()).json["id"]
    for media in (received.id, waiting):
        assert get(media, "", path_of(api_.links.make(media))).status_code == 404


def test_five_megabytes_are_handed_on_in_pieces(api_, held, get):
    data = bytes(range(256)) * 20_000
    media = held(data, "application/pdf")
    started = time.monotonic()
    answer = api_.client.get(
        f"/media/{media.id}", headers={"Authorization": f"Bearer {api_.token()}"}, buffered=False
    )
    pieces = [len(piece) for piece in answer.iter_encoded()]
    assert sum(pieces) == len(data)
    assert max(pieces) <= 64 * 1024
    assert time.monotonic() - started < 5

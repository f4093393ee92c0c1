"""The media of inbound texts, from carriers that are late, broken or taken over."""

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import msgspec
import pytest
from huey import MemoryHuey

from backend.apart import Apart
from backend.carrier import media as carrier_media
from backend.carrier.twilio import TwilioCarrier
from backend.media import fetching, jobs
from backend.media.fetching import Fetching
from backend.media.files import Files
from backend.media.tidying import Tidying
from backend.messaging import inbound, quarantining
from backend.models import Media, Quarantine
from backend.queue import Queue
from backend.rounds import Tally
from backend.store.rows import now
from tests.backend.media.conftest import HTML, PDF, SVG, picture, png_of_size
from tests.backend.world import ANA_NUMBER

ACCOUNT = "AC" + "1" * 32
TEXT = "MM" + "2" * 32
FIRST, SECOND = "ME" + "3" * 32, "ME" + "4" * 32


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, self.headers.get("Authorization")))
        self.server.answer(self)

    def log_message(self, *args):
        pass

    def give(self, data, status=200, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(data)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(data)
        self.close_connection = True


@pytest.fixture
def server():
    """``server.answer = lambda request: request.give(b"…")``; ``server.asked`` is what came."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as running:
        running.asked = []
        running.url = f"http://127.0.0.1:{running.server_port}"
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def fetch(world, server, tmp_path):
    """Fetch a media now, whenever it was meant to be asked for again."""
    carrier = TwilioCarrier(ACCOUNT, "token", server.url, status_of={})
    files = Files(tmp_path / "media")
    fetching = Fetching(world.writer, files, carrier, Apart(1))

    def once(media):
        world.writer(lambda tx: tx.execute("UPDATE media SET not_before = 0"))
        fetching(media.id)
        return Media.get_by_id(media.id)

    once.files = files
    once.now = fetching
    return once


@pytest.fixture
def arrive(world):
    def send(*sids, sid=TEXT, body=""):
        text = inbound.Inbound(
            sid=sid, sender="+14045550187", recipient=ANA_NUMBER, body=body, at=now(), media=sids
        )
        world.writer(lambda tx: inbound.receive(tx, text, {}))
        return list(Media.select().order_by(Media.position))

    return send


def told(world, user):
    """What the user's feed says last of the text's media."""
    frame = msgspec.json.decode(world.events(user)[-1].frame)
    return frame["type"], frame["message"]["revision"], frame["message"]["media"]


def test_a_picture_arrives_pending_and_is_told_once_it_is_here(world, server, fetch, arrive):
    data = picture("JPEG")
    server.answer = lambda request: request.give(data)
    (media,) = arrive(FIRST)
    kind, _, (shown,) = told(world, world.ana)
    assert (kind, shown["state"]) == ("message.created", "pending")
    assert [wake.arguments for wake in world.just_woken("fetch")] == [(media.id,)]
    media = fetch(media)
    kind, revision, (shown,) = told(world, world.ana)
    assert (kind, revision, shown["state"]) == ("message.updated", 1, "ready")
    assert (shown["content_type"], shown["width"], shown["height"]) == ("image/jpeg", 40, 30)
    assert fetch.files.path(world.team.id, media.sha256).read_bytes() == data
    path, authorization = server.asked[0]
    assert path == f"/2010-04-01/Accounts/{ACCOUNT}/Messages/{TEXT}/Media/{FIRST}"
    assert authorization.startswith("Basic ")


def test_a_text_that_is_only_a_picture_says_so_in_the_list(world, arrive):
    arrive(FIRST)
    frame = msgspec.json.decode(world.events(world.ana)[-1].frame)
    assert frame["conversation"]["preview"] == "<media attached>"


@pytest.mark.parametrize(
    ("data", "content_type"),
    [
        (HTML, "text/html"),
        (SVG, "image/svg+xml"),
        (PDF, "application/pdf"),
        (b"MZ" + bytes(200), "application/octet-stream"),
        (picture("JPEG", (400, 300))[:3000], "application/octet-stream"),
    ],
)
def test_whatever_is_no_whole_picture_is_kept_as_a_file_whatever_it_says_it_is(
    server, fetch, arrive, data, content_type
):
    server.answer = lambda request: request.give(data, Content_Type="image/png")
    (media,) = arrive(FIRST)
    media = fetch(media)
    assert (media.state, media.content_type) == ("ready", content_type)
    assert not media.name.endswith(".png")


@pytest.mark.parametrize(
    "data", [png_of_size(60_000, 60_000), bytes(fetching.LARGEST + 1)], ids=["bomb", "huge"]
)
def test_what_would_harm_who_looks_is_refused_and_not_kept(server, fetch, arrive, data):
    server.answer = lambda request: request.give(data)
    (media,) = arrive(FIRST)
    media = fetch(media)
    assert media.state == "refused"
    assert "too large" in media.error
    assert not list(fetch.files._folder.glob("*/*"))


def test_thirty_megabytes_are_not_read_to_their_end(server, fetch, arrive):
    written = []

    def endless(request):
        request.send_response(200)
        request.end_headers()
        try:
            while len(written) < 300:
                request.wfile.write(bytes(100_000))
                written.append(1)
        except OSError:
            pass
        request.close_connection = True

    server.answer = endless
    (media,) = arrive(FIRST)
    assert fetch(media).state == "refused"
    assert len(written) < 300


def test_a_media_that_is_late_is_asked_for_again_with_longer_waits(world, server, fetch, arrive):
    server.answer = lambda request: request.give(b"", 404)
    (media,) = arrive(FIRST)
    waits = []
    for _ in range(3):
        assert fetch(media).state == "pending"
        waits.append(world.just_woken("fetch")[0].wait)
    assert waits == [1000, 2000, 4000]
    server.answer = lambda request: request.give(picture())
    assert fetch(media).state == "ready"


def test_a_media_that_the_carrier_does_not_get_within_a_minute_is_gone(
    world, server, fetch, arrive
):
    server.answer = lambda request: request.give(b"", 404)
    (media,) = arrive(FIRST)
    waited = 0
    while fetch(media).state == "pending":
        waited += world.just_woken("fetch")[0].wait
    assert 60_000 <= waited <= 90_000
    kind, _, (shown,) = told(world, world.ana)
    assert (kind, shown["state"]) == ("message.updated", "gone")
    assert "does not have it" in shown["error"]


def test_a_carrier_that_fails_is_asked_for_hours_and_not_for_ever(world, server, fetch, arrive):
    server.answer = lambda request: request.give(b"", 503)
    (media,) = arrive(FIRST)
    waited = 0
    while fetch(media).state == "pending":
        waited += world.just_woken("fetch")[0].wait
    assert 3600_000 < waited < 24 * 3600_000
    assert Media.get().state == "gone"


def test_what_is_claimed_is_not_fetched_twice(world, server, fetch, arrive):
    def again(request):
        fetch.now(Media.get().id)  # another job, while the first one reads
        request.give(picture())

    server.answer = again
    (media,) = arrive(FIRST)
    assert fetch(media).state == "ready"
    assert len(server.asked) == 1


@pytest.mark.parametrize("length", [10, 10_000])
def test_a_length_that_lies_is_no_file(server, fetch, arrive, length):
    data = picture("PNG", (400, 300))
    server.answer = lambda request: request.give(data, Content_Length=str(len(data) + length))
    (media,) = arrive(FIRST)
    assert fetch(media).state == "pending"
    assert not list(fetch.files._folder.glob("*/*"))


def test_one_that_comes_drop_by_drop_is_given_up(server, fetch, arrive, monkeypatch):
    monkeypatch.setattr(carrier_media, "LONGEST_S", -1.0)
    server.answer = lambda request: request.give(picture("PNG", (400, 300)))
    (media,) = arrive(FIRST)
    assert fetch(media).state == "pending"


REDIRECTS = [
    "http://169.254.169.254/latest/meta-data/",
    "https://169.254.169.254/latest/meta-data/",
    "https://localhost:{other}/secret",
    "https://127.0.0.1:{other}/secret",
    "http://127.0.0.1:{other}/secret",
    "http://[::1]:{other}/secret",
    "http://[::ffff:127.0.0.1]:{other}/secret",
    "https://10.0.0.1/",
    "https://[fd00::1]/",
    "https://0.0.0.0:{other}/",
    "//127.0.0.1:{other}/secret",
    "file:///etc/passwd",
    "ftp://127.0.0.1:{other}/",
    "http://user:secret@127.0.0.1:{other}/",
    "https://[64:ff9b::a9fe:a9fe]/",
    "https://nobody.invalid/",
    "http://[",
]


@pytest.mark.parametrize("address", REDIRECTS)
def test_a_redirect_into_our_own_network_is_not_followed(server, fetch, arrive, address):
    with socket.create_server(("", 0), family=socket.AF_INET6, dualstack_ipv6=True) as other:
        other.setblocking(False)
        location = address.format(other=other.getsockname()[1])
        server.answer = lambda request: request.give(b"", 302, Location=location)
        (media,) = arrive(FIRST)
        media = fetch(media)
        with pytest.raises(BlockingIOError):
            other.accept()  # nobody has even knocked
    assert (media.state, media.sha256) == ("pending", "")
    assert len(server.asked) == 1


def test_a_redirect_of_the_carrier_to_itself_is_followed_without_credentials(server, fetch, arrive):
    def answer(request):
        if request.path.startswith("/2010"):
            request.give(b"", 302, Location="/content/abc")
        else:
            request.give(picture())

    server.answer = answer
    (media,) = arrive(FIRST)
    assert fetch(media).state == "ready"
    assert server.asked[1] == ("/content/abc", None)


def test_a_circle_of_redirects_ends(server, fetch, arrive):
    server.answer = lambda request: request.give(b"", 302, Location=request.path)
    (media,) = arrive(FIRST)
    assert fetch(media).state == "pending"
    assert len(server.asked) == carrier_media.MOST_REDIRECTS + 1


def test_media_of_a_text_from_the_carriers_list_are_looked_up_in_their_order(
    world, server, fetch, arrive
):
    listed = {"media_list": [{"sid": FIRST}, {"sid": SECOND}], "next_page_uri": None, "page": 0}

    def answer(request):
        if "/Media.json" in request.path:
            request.give(msgspec.json.encode(listed), Content_Type="application/json")
        else:
            request.give(picture("PNG" if request.path.endswith(FIRST) else "GIF"))

    server.answer = answer
    first, second = arrive("", "")
    assert fetch(second).content_type == "image/gif"
    assert fetch(first).content_type == "image/png"
    assert [m.carrier_sid for m in Media.select().order_by(Media.position)] == [FIRST, SECOND]


def test_what_was_erased_while_it_was_fetched_leaves_nothing(world, server, fetch, arrive):
    def answer(request):
        world.writer(lambda tx: tx.execute("DELETE FROM media"))
        request.give(picture())

    server.answer = answer
    (media,) = arrive(FIRST)
    fetch.now(media.id)
    assert not [path for path in fetch.files._folder.glob("**/*") if path.is_file()]


def test_a_media_whose_wake_up_was_lost_is_found_by_the_sweep(world, server, fetch, arrive):
    (media,) = arrive(FIRST)
    server.answer = lambda request: request.give(picture())
    queue = Queue(lambda lane: MemoryHuey(lane, immediate=True))
    jobs.tasks(queue, fetch.now, Tidying(world.writer, fetch.files), Apart(1))
    queue.sweep()
    assert Media.get_by_id(media.id).state == "ready"


def test_what_the_carrier_did_not_give_is_asked_for_anew_by_a_retry(world, server, fetch, arrive):
    media = arrive(FIRST)[0]
    server.answer = lambda request: request.give(b"", 404)
    for _ in range(fetching.MOST_ASKED_MISSING):
        held = fetch(media)
    assert held.state == "gone"
    kept = Quarantine.get()
    assert (kept.team, kept.reason, kept.mobile) == (world.team, "media", "+14045550187")
    quarantining.sweep(world.writer, Tally())
    assert Media.get_by_id(media.id).state == "gone"  # a person asks, nobody else
    server.answer = lambda request: request.give(picture())
    for _ in range(2):
        assert quarantining.retry(world.writer, kept.id)
    assert [wake.arguments for wake in world.just_woken("fetch")] in ([(media.id,)], [])
    assert fetch(media).state == "ready"
    assert (Media.select().count(), Quarantine.select().count()) == (1, 0)

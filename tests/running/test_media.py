"""Pictures both ways through the real backend, the real twilio library and the simulator."""

import base64
import io
import threading
import time
from statistics import median

import pytest
import requests
from PIL import Image

from backend.carrier.twilio import TwilioCarrier
from backend.messaging.status import CARRIER
from backend.ports import CarrierError, Missing
from demo.seed import ANA_NUMBER
from tests.running.rep import fresh_mobile, fresh_ref


def picture(colour="teal", size=(64, 48), kind="PNG", **options):
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, kind, **options)
    return file.getvalue()


def noise(side, **options):
    """A JPEG that is nearly as large as one may be."""
    file = io.BytesIO()
    Image.effect_noise((side, side), 90).convert("RGB").save(file, "JPEG", **options)
    return file.getvalue()


@pytest.fixture
def upload(url, token):
    def send(data, content_type="image/png", who=token):
        headers = {"Authorization": f"Bearer {who}", "Content-Type": content_type}
        return requests.post(
            f"{url}/api/v1/media?name=roof.png", data=data, headers=headers, timeout=60
        )

    return send


@pytest.fixture
def get(url, token):
    def ask(media, who=token):
        headers = {"Authorization": f"Bearer {who}"}
        return requests.get(f"{url}/media/{media}", headers=headers, timeout=20)

    return ask


@pytest.fixture
def carrier(stack):
    config = stack.config
    return TwilioCarrier(
        config.twilio_account_sid, config.twilio_auth_token, stack.simulator.url, CARRIER
    )


@pytest.fixture
def phone(stack):
    """A phone that can send pictures: ``phone.send(data)``, ``phone.received()``."""

    class Phone:
        number = fresh_mobile()

        def send(self, data, content_type="image/png", body=""):
            enclosed = {"content_type": content_type, "content": base64.b64encode(data).decode()}
            sent = {"from": self.number, "to": ANA_NUMBER, "body": body, "media": [enclosed]}
            answer = requests.post(f"{stack.simulator.url}/simulator/texts", json=sent, timeout=20)
            assert answer.ok, answer.text
            return answer.json()["sid"]

        def received(self):
            """(content type, bytes) of each picture that reached it."""
            asked = {"phone": self.number}
            texts = requests.get(
                f"{stack.simulator.url}/simulator/texts", params=asked, timeout=10
            ).json()["texts"]
            return [
                (each["content_type"], requests.get(each["url"], timeout=10).content)
                for text in texts
                if text["direction"] == "received"
                for each in text["media"]
            ]

    return Phone()


def arrived(rep, state="ready"):
    """The media of the text that came last, once it is ``state``."""
    frame = rep.wait(
        "message.updated",
        lambda frame: [each["state"] for each in frame["message"]["media"]] == [state],
    )
    return frame["message"]["media"][0]


def test_a_picture_reaches_the_phone_as_the_rep_picked_it(rep, upload, phone, carrier):
    data = picture()
    media = upload(data).json()
    ref = fresh_ref()
    rep.send(
        "message.send", ref=ref, conversation=rep.open(phone.number), body="", media=[media["id"]]
    )
    message = rep.wait("message.accepted", lambda frame: frame["ref"] == ref)["message"]
    assert [each["id"] for each in message["media"]] == [media["id"]]
    delivered = rep.status(message["id"], "delivered")
    assert delivered["media"] == message["media"]
    assert phone.received() == [("image/png", data)]


def test_a_picture_from_a_phone_reaches_the_rep_and_nobody_else(rep, get, phone, ben_token):
    data = picture("orange", kind="JPEG")
    phone.send(data, "image/jpeg", "Our roof")
    created = rep.wait("message.created", lambda frame: frame["message"]["body"] == "Our roof")
    assert created["message"]["media_count"] == 1
    media = arrived(rep)
    assert (media["content_type"], media["width"], media["height"]) == ("image/jpeg", 64, 48)
    answer = get(media["id"])
    assert (answer.content, answer.headers["Content-Type"]) == (data, "image/jpeg")
    assert get(media["id"], ben_token).status_code == 404


def test_a_picture_that_is_late_at_the_carrier_comes_after_all(rep, get, phone, stack, phones):
    phones.fault("media_missing", ANA_NUMBER)
    phone.send(picture("red"))
    created = rep.wait("message.created", lambda frame: frame["message"]["media"] != [])
    early = get(created["message"]["media"][0]["id"])
    assert (early.status_code, early.json()["type"]) == (404, "urn:repline:media_pending")
    assert get(arrived(rep)["id"]).content == picture("red")


def test_a_picture_that_is_cut_on_its_way_is_fetched_again(rep, get, phone, phones):
    data = noise(200)
    phones.fault("media_cut", ANA_NUMBER)
    phone.send(data, "image/jpeg")
    assert get(arrived(rep)["id"]).content == data


def test_a_carrier_that_was_taken_over_does_not_lead_us_into_our_network(
    rep, get, phone, phones, url
):
    phones.fault("media_elsewhere", ANA_NUMBER, location=f"{url}/healthz")
    phone.send(picture("blue"))
    # The address was not asked: what is shown in the end is the carrier's own.
    assert get(arrived(rep)["id"]).content == picture("blue")


def test_a_page_that_a_phone_sends_as_a_picture_is_a_download(rep, get, phone):
    page = b"<!doctype html><script>alert(1)</script>"
    phone.send(page, "image/png")
    answer = get(arrived(rep)["id"])
    assert answer.content == page
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_texts_and_their_media_are_erased_at_the_carrier(rep, phone, carrier):
    sid = phone.send(picture(), body="My address is 1 Main St")
    arrived(rep)
    (media,) = carrier.media_of(sid)
    assert b"".join(carrier.fetch_media(sid, media)) == picture()
    carrier.delete_media(sid, media)
    carrier.redact(sid)
    assert carrier.media_of(sid) == []
    with pytest.raises(Missing):
        b"".join(carrier.fetch_media(sid, media))
    with pytest.raises(Missing):
        carrier.delete_media(sid, media)
    with pytest.raises(Missing):
        carrier.redact("SM" + "0" * 32)
    listed = [each for each in carrier.sent_since(0) if each.sid == sid]
    assert [each.body for each in listed] == [""]


def test_wrong_credentials_fetch_nothing(stack, phone, rep, carrier):
    sid = phone.send(picture())
    arrived(rep)
    (media,) = carrier.media_of(sid)
    config = stack.config
    other = TwilioCarrier(config.twilio_account_sid, "wrong", stack.simulator.url, CARRIER)
    for ask in (lambda: list(other.fetch_media(sid, media)), lambda: other.media_of(sid)):
        with pytest.raises(CarrierError):
            ask()


def test_thirty_megabytes_are_refused_with_what_to_do(upload):
    answer = upload(bytes(30_000_000), "image/jpeg")
    assert answer.status_code == 413
    assert "5 MB" in answer.json()["detail"]


def test_large_uploads_do_not_hold_up_anybody_else(url, upload):
    data = noise(2300, quality=90)
    assert 3_000_000 < len(data) < 5 * 1024 * 1024
    answers = []
    uploading = [threading.Thread(target=lambda: answers.append(upload(data, "image/jpeg")))]
    uploading += [threading.Thread(target=lambda: answers.append(upload(data, "image/jpeg")))]
    for thread in uploading:
        thread.start()
    waits = []
    while any(thread.is_alive() for thread in uploading):
        started = time.monotonic()
        assert requests.get(f"{url}/healthz", timeout=10).ok
        waits.append(time.monotonic() - started)
    assert [answer.status_code for answer in answers] == [201, 201]
    assert median(waits) < 0.25, waits

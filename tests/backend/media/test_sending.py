"""Uploads become part of a text once, in its transaction, and reach the carrier by signed links."""

import pytest

from backend.apart import Apart
from backend.media import sending
from backend.media.files import Files
from backend.media.links import Links
from backend.media.uploading import Uploads
from backend.messaging import outbound
from backend.messaging.hand_over import HandOver
from backend.models import Media, Message, Outbox
from backend.ports import CarrierText
from backend.store import conversations, messages
from backend.store.rows import now
from tests.backend.media.conftest import PDF, picture

MAYA = "+14045550187"


@pytest.fixture
def conversation(world):
    person = world.person(MAYA, "Maya")
    return world.conversation(person)


@pytest.fixture
def uploads(world, tmp_path):
    return Uploads(world.writer, Files(tmp_path / "media"), Apart(1))


@pytest.fixture
def pick(world, uploads):
    def upload(data=None, user=None, team=None):
        owner = user or world.ana
        data = data if data is not None else picture()
        return uploads.add((team or world.team).id, owner.id, [data], "", "roof.png").id

    return upload


@pytest.fixture
def send(world, conversation):
    def work(*media, body="Look", ref="ref-00000001"):
        return outbound.send(
            world.writer,
            team=world.team.id,
            user=world.ana.id,
            conversation=conversation,
            draft=outbound.Draft(ref, body, media=media),
            road="pane",
        )

    return work


def test_a_text_has_its_files_in_the_order_of_the_draft(world, send, pick):
    first, second = pick(), pick(PDF)
    message = send(second, first).message
    assert [each.id for each in message.media] == [second, first]
    assert message.media_count == 2
    page, _ = messages.page(world.team.id, message.conversation, None, 10)
    assert [each.id for each in page[0].media] == [second, first]


def test_a_text_may_be_a_picture_alone(world, send, pick):
    message = send(pick(), body="").message
    assert (message.body, message.status, message.media_count) == ("", "queued", 1)
    talk = conversations.get(world.team.id, message.conversation).conversation
    assert talk.preview == "<media attached>"


def test_a_repeat_of_the_text_is_the_same_text_with_the_same_files(send, pick):
    media = pick()
    first, again = send(media), send(media)
    assert (again.repeated, again.message) == (True, first.message)


def test_the_same_ref_with_other_files_is_another_text(send, pick):
    send(pick())
    with pytest.raises(outbound.RefTaken):
        send(pick())


def test_what_is_not_the_users_waiting_upload_is_not_attached_and_nothing_is_queued(
    world, send, pick
):
    sent = pick()
    send(sent, ref="ref-00000009")
    pending = Media.create(
        team=world.team, user=world.ana, message=None, state="pending", created_at=now()
    )
    for ids in (
        [pick(user=world.ben)],
        [pick(user=world.stranger, team=world.others)],
        [sent],
        [pending.id],
        [2**40],
        [unused := pick(), 2**40],
    ):
        with pytest.raises(sending.NotAttachable) as refused:
            send(*ids)
        assert refused.value.reason == "not_found"
    assert Message.select().count() == Outbox.select().count() == 1
    assert Media.get_by_id(unused).message_id is None


def test_all_files_of_a_text_together_are_bounded(send, pick, monkeypatch):
    data = picture()
    monkeypatch.setattr(sending, "LARGEST", 2 * len(data))
    with pytest.raises(sending.NotAttachable) as refused:
        send(pick(data), pick(data), body="and some words")
    assert refused.value.reason == "too_large"
    assert Message.select().count() == 0


class Takes:
    def __init__(self):
        self.texts = []

    def send(self, text):
        self.texts.append(text)
        said = (text.sender, text.recipient, text.body)
        return CarrierText("SM1", "sent", *said, at=now())


def test_the_carrier_gets_a_signed_link_for_each_file(world, send, pick):
    carrier, links = Takes(), Links("https://repline.example", b"key", now)
    hand_over = HandOver(
        world.writer,
        carrier,
        "https://repline.example/?{}".format,
        links.make,
    )
    ids = [pick(), pick(PDF)]
    hand_over(send(*ids, body="").message.id)
    urls = [url.split("/") for url in carrier.texts[0].media]
    assert [int(parts[-3]) for parts in urls] == ids
    for *_, media, expires, signature in urls:
        assert links.good(int(media), int(expires), signature)


def test_reading_a_page_asks_for_the_media_of_all_its_texts_at_once(world, send, pick, monkeypatch):
    for count in range(3):
        send(pick(), ref=f"ref-0000000{count}")
    send(ref="ref-00000008")
    asked = []
    original = messages.media.of_messages
    monkeypatch.setattr(
        messages.media, "of_messages", lambda *args: asked.append(args) or original(*args)
    )
    found, _ = messages.page(world.team.id, Message.get().conversation_id, None, 10)
    assert [len(each.media) for each in found] == [1, 1, 1, 0]
    assert len(asked) == 1


def test_the_same_file_twice_is_said_so(pick, send):
    picked = pick()
    with pytest.raises(sending.NotAttachable) as caught:
        send(picked, picked)
    assert caught.value.text == "The same file is attached twice."

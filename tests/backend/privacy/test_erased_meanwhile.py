"""A person is erased between a request and its transaction: the rep hears that they are gone."""

import pytest

from backend.inbox import listing
from backend.messaging import outbound
from backend.models import Conversation, Message
from backend.privacy import erasure
from backend.store.audit import Actor

MAYA = "+14045550187"


@pytest.fixture
def conversation(world):
    person = world.person(MAYA, "Maya")
    return Conversation.create(team=world.team, number=world.number, person=person, last_at=1)


@pytest.fixture
def late(world, conversation):
    """A writer before whose work an admin's erasure comes."""

    def write(work, *, repeatable=False):
        admin = Actor(world.team.id, world.admin.id, world.admin.email)
        erasure.erase(world.writer, lambda team, files: None, admin, conversation.person_id)
        return world.writer(work, repeatable=repeatable)

    return write


def test_a_text_to_them_is_sent_to_nobody(world, late, conversation):
    with pytest.raises(outbound.NotFound):
        outbound.send(
            late,
            team=world.team.id,
            user=world.ana.id,
            conversation=conversation.id,
            draft=outbound.Draft("ref-00000001", "Hello"),
            road="pane",
        )
    assert Message.select().count() == 0


def test_what_was_read_of_them_is_found_no_more(world, late, conversation):
    with pytest.raises(outbound.NotFound):
        listing.read(late, world.team.id, world.ana.id, conversation.id, 1)

import msgspec
import pytest

from backend.messaging import inbound
from backend.store import conversations
from backend.store.audit import Actor
from backend.store.rows import now
from tests.backend.world import ANA_NUMBER, World

MAYA = "+14045550187"


@pytest.fixture
def arrive(world: World):
    """A text from Maya, or whoever; ``at`` ms since 1970."""
    count = 0

    def send(body="Hello", sender=MAYA, recipient=ANA_NUMBER, at=None, **more):
        nonlocal count
        count += 1
        text = inbound.Inbound(
            sid=f"SM{count}",
            sender=sender,
            recipient=recipient,
            body=body,
            at=now() if at is None else at,
            **more,
        )
        return world.writer(lambda tx: inbound.receive(tx, text, {"Body": body}))

    return send


@pytest.fixture
def maya(world: World):
    """Maya, in a conversation with Ana and one with Ben."""
    person = world.person(MAYA, "Maya")
    for number in (world.number, world.ben_number):
        world.writer(
            lambda tx, number=number: conversations.open_for(
                tx, world.team.id, number.id, person.id, "opened"
            )
        )
    return person


@pytest.fixture
def acting(world: World):
    """A user as the ledger knows who acts."""
    return lambda user: Actor(world.team.id, user.id, user.email, "203.0.113.9")


def frames(world: World, user) -> list[dict]:
    return [msgspec.json.decode(each.frame) for each in world.events(user)]

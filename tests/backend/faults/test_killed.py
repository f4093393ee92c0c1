"""kill -9 before every single SQL statement of a text that arrives and of one that is handed over.

Nothing that was answered is lost, nothing is half there, and no text reaches the carrier twice.
"""

from pathlib import Path

import pytest

from backend.messaging import inbound, outbound, reconcile
from backend.messaging.hand_over import HandOver
from backend.models import Activity, Conversation, FeedEvent, Message, Outbox, WebhookEvent
from backend.models.connection import connect
from backend.ports import CarrierText, Text
from backend.store import outbox
from backend.store.rows import now
from backend.store.writer import InlineWriter
from tests.backend.faults.dying import killed_at
from tests.backend.world import ANA_NUMBER

MAYA = "+14045550187"
MOST_STATEMENTS = 80


@pytest.fixture
def each_statement(world, database, database_url):
    """Call ``work`` killed before statement 1, 2, 3 … and ``look`` after each death."""

    def run(work, look):
        for statement in range(1, MOST_STATEMENTS):
            database.close()
            died = killed_at(statement, database_url, lambda n=statement: work(n))
            connect(database_url)
            look(statement, died)
            if not died:
                return statement - 1
        raise AssertionError("the work never ended by itself")

    return run


def test_a_text_that_arrives_is_filed_whole_or_not_at_all_and_once_when_it_comes_again(
    each_statement,
):
    def arrive(n):
        text = inbound.Inbound(
            sid=f"SM{n}", sender=MAYA, recipient=ANA_NUMBER, body=f"text {n}", at=now()
        )
        InlineWriter(lambda tx: None)(lambda tx: inbound.receive(tx, text, {}))

    def counts():
        tables = (WebhookEvent, Message, Activity, FeedEvent)
        return {table.__name__: table.select().count() for table in tables}

    def look(n, died):
        assert len(set(counts().values())) == 1, f"half a text after statement {n}: {counts()}"
        assert Message.select().where(Message.carrier_sid == f"SM{n}").count() == (not died)
        arrive(n)  # the carrier tries again
        assert set(counts().values()) == {n}
        assert sum(c.unread for c in Conversation.select()) == n

    assert each_statement(arrive, look) > 10


class Ledger:
    """A carrier whose memory is a file: what it took outlives whoever handed it over."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def send(self, text: Text) -> CarrierText:
        with self.path.open("a") as file:
            file.write(f"{text.message} {text.recipient} {text.body}\n")
        return self.as_taken(text.message, text.body)

    def sent_since(self, since: int) -> list[CarrierText]:
        return [self.as_taken(message, body) for message, body in self.taken()]

    def taken(self) -> list[tuple[int, str]]:
        if not self.path.exists():
            return []
        lines = [line.split(" ", 2) for line in self.path.read_text().splitlines()]
        return [(int(message), body) for message, _, body in lines]

    def as_taken(self, message: int, body: str) -> CarrierText:
        return CarrierText(
            sid=f"SM{message}",
            status="sent",
            sender=ANA_NUMBER,
            recipient=MAYA,
            body=body,
            at=now(),
        )


@pytest.mark.parametrize("again", ["at once", "after a restart"])
def test_a_text_reaches_the_carrier_once_wherever_its_process_dies(
    world, each_statement, tmp_path, again
):
    ledger = Ledger(tmp_path / "ledger")
    person = world.person(MAYA, "Maya")
    conversation = world.conversation(person)

    def send(n):
        return outbound.send(
            InlineWriter(lambda tx: None),
            team=world.team.id,
            user=world.ana.id,
            conversation=conversation,
            draft=outbound.Draft(f"ref-{n:08}", f"text {n}"),
            road="pane",
        ).message.id

    def hand_over(message):
        url = "https://repline.example/?message={}".format
        HandOver(InlineWriter(lambda tx: None), ledger, url)(message)

    def work(n):
        hand_over(send(n))

    def look(n, died):
        message = send(n)  # the client asks again with the same ref
        writer = InlineWriter(lambda tx: None)
        if again == "after a restart":
            reconcile.recover(writer, started_before=now() + 1)
        for due, _ in outbox.due():
            hand_over(due)
        reconcile.recover(writer, started_before=now() + 1)
        reconcile.reconcile(writer, ledger)
        bodies = [body for _, body in ledger.taken()]
        assert len(bodies) == len(set(bodies)), f"a text went out twice after statement {n}"
        assert Message.select().where(Message.ref == f"ref-{n:08}").count() == 1
        status = Message.get_by_id(message).status
        if f"text {n}" in bodies:
            assert status == "sent"
            assert Outbox.select().count() == 0
        else:
            assert status == "unknown", "neither sent nor said to be in doubt"
        Outbox.delete().execute()  # a person has decided

    assert each_statement(work, look) > 20


@pytest.fixture
def conversation(world):
    person = world.person(MAYA, "Maya")
    return world.conversation(person)


@pytest.fixture
def schedule(world, conversation):
    """Schedule text ``n``; with ``due`` its time has come."""

    def one(n, due):
        writer = InlineWriter(lambda tx: None)
        message = outbound.send(
            writer,
            team=world.team.id,
            user=world.ana.id,
            conversation=conversation,
            draft=outbound.Draft(f"ref-{n:08}", f"text {n}", at=now() + 3600_000),
            road="pane",
        ).message.id
        if due:
            writer(lambda tx: tx.execute("UPDATE outbox SET not_before = 1"))
        return message

    return one


def test_a_scheduled_text_goes_out_once_wherever_its_process_dies(
    schedule, each_statement, tmp_path
):
    ledger = Ledger(tmp_path / "ledger")
    writer = InlineWriter(lambda tx: None)

    def hand_over(message):
        HandOver(writer, ledger, "{}".format)(message)

    message = schedule(1, due=True)
    n = 1

    def look(_, died):
        nonlocal message, n
        held = Message.get_by_id(message)
        entered = Activity.select().where(Activity.message == message).count()
        shown = Conversation.get().preview == f"text {n}"
        assert (entered, shown) == ((0, False) if held.status == "scheduled" else (1, True))
        for due, _ in outbox.due():
            hand_over(due)
        reconcile.recover(writer, started_before=now() + 1)
        reconcile.reconcile(writer, ledger)
        bodies = [body for _, body in ledger.taken()]
        assert len(bodies) == len(set(bodies)), "a text went out twice"
        wanted = "sent" if f"text {n}" in bodies else "unknown"
        assert Message.get_by_id(message).status == wanted
        Outbox.delete().execute()  # a person has decided
        n += 1
        message = schedule(n, due=True)

    assert each_statement(lambda _: hand_over(message), look) > 20


def test_a_reply_that_is_filed_holds_what_waits_and_one_that_is_not_holds_nothing(
    schedule, each_statement
):
    message = schedule(1, due=False)

    def arrive(n):
        text = inbound.Inbound(
            sid=f"SM{n}", sender=MAYA, recipient=ANA_NUMBER, body=f"text {n}", at=now()
        )
        InlineWriter(lambda tx: None)(lambda tx: inbound.receive(tx, text, {}))

    def look(n, died):
        filed = Message.select().where(Message.carrier_sid == f"SM{n}").count() == 1
        assert filed == (not died)
        held = (Message.get_by_id(message).hold, Outbox.get().state)
        assert held == (("reply", "held") if filed else ("", "scheduled"))

    assert each_statement(arrive, look) > 10

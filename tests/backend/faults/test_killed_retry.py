"""A text in quarantine becomes one text, wherever the process that files it dies."""

from backend.messaging import inbound, quarantining
from backend.models import Activity, FeedEvent, Message, Quarantine
from backend.store import numbers
from backend.store.rows import now
from backend.store.writer import InlineWriter
from tests.backend.faults.dying import killed_at

NEW_NUMBER = "+14045550199"


def test_a_retry_that_dies_at_any_statement_files_the_text_once_in_the_end(
    world, database, database_url
):
    text = inbound.Inbound("SM1", "+14045550187", NEW_NUMBER, "Hello", now())
    form = {"MessageSid": "SM1", "From": text.sender, "To": NEW_NUMBER, "Body": "Hello"}
    world.writer(lambda tx: inbound.receive(tx, text, form))
    entry = Quarantine.get().id
    world.rent(world.team, NEW_NUMBER, world.ana)
    database.close()

    def retry():
        quarantining.retry(InlineWriter(lambda tx: None), entry)

    statement = 1
    while killed_at(statement, database_url, retry):
        assert (Message.select().count(), Quarantine.select().count()) in {(0, 1), (1, 0)}
        if Message.select().count():
            break
        statement += 1
    assert statement > 10
    retry()
    counts = [table.select().count() for table in (Message, Activity, FeedEvent, Quarantine)]
    assert counts == [1, 1, 1, 0]
    assert numbers.by_e164(NEW_NUMBER)

from backend.models import Conversation, Message, Outbox
from backend.store import outbox
from backend.store.rows import now


def test_all_that_is_due_is_found_page_by_page_the_longest_due_first(world):
    """Thousands are due at once when quiet hours end; none waits for the sweep after."""
    person = world.person("+14045550187")
    talk = Conversation.create(team=world.team, number=world.number, person=person, last_at=0)
    at = now()
    times = [at - 5, at - 9, *[at - 7] * 5, at + 60_000]
    ids = []
    for number, due in enumerate(times):
        text = Message.create(
            team=world.team,
            conversation=talk,
            direction="outbound",
            status="scheduled",
            body=str(number),
            mobile=person.mobile,
            at=at,
        )
        Outbox.create(team=world.team, message=text, state="scheduled", not_before=due)
        ids.append(text.id)
    wanted = [ids[1], *ids[2:7], ids[0]]
    for page in (1, 2, 3, 7, 500):
        assert [message for message, _ in outbox.due(page=page)] == wanted
    assert [message for message, _ in outbox.due(within=120_000, page=2)] == [*wanted, ids[7]]
    Outbox.update(state="held").where(Outbox.message == ids[0]).execute()
    assert ids[0] not in dict(outbox.due(page=2))


def test_none_of_thousands_is_left_for_a_later_sweep(world):
    assert list(outbox.due()) == []
    person = world.person("+14045550187")
    talk = Conversation.create(team=world.team, number=world.number, person=person, last_at=0)
    text = {
        "team": world.team,
        "conversation": talk,
        "direction": "outbound",
        "status": "scheduled",
        "body": "Hi",
        "mobile": person.mobile,
        "at": now(),
    }
    Message.insert_many([text] * 1_200).execute()
    waiting = [
        {"team": world.team, "message": each.id, "state": "scheduled", "not_before": 1}
        for each in Message.select(Message.id)
    ]
    Outbox.insert_many(waiting).execute()
    assert len(list(outbox.due())) == len(waiting) == 1_200

"""A text is one person's: filed under another its activity moves along, and nothing fans out."""

import pytest

from backend.crm_logs import filing
from backend.messaging.outbound import NotFound
from backend.models import Audit, Person
from backend.store import conversations, crm_people, messages
from backend.team.faults import Refused
from tests.backend.crms.houses import JONAS, MAYA

MOBILE, OTHER = "+14045550187", "+14045550188"


@pytest.fixture
def shared(office):
    """Maya and Jonas share a mobile; Maya wrote last."""
    return office.person(MAYA, MOBILE, "Maya"), office.person(JONAS, MOBILE, "Jonas")


def file_under(office, message, person):
    world = office.world
    return filing.file_under(world.writer, office.admin, world.ana.id, message, person.id)


def whose(office) -> list[str]:
    return [each.who for each in office.seen()]


def test_a_text_from_a_shared_mobile_is_logged_for_one_person_alone(office, shared):
    office.receives(shared[0], "Hi")
    office.drain()
    assert len(office.seen()) == 1


def test_filing_a_text_under_another_person_moves_its_activity(office, shared):
    maya, jonas = shared
    message = office.receives(maya, "Hi, Jonas here")
    first = messages.get(office.world.team.id, message).conversation
    office.drain()
    former = conversations.get(office.world.team.id, first).conversation.person
    contact, other = (MAYA, JONAS) if former.id == maya.id else (JONAS, MAYA)
    assert whose(office) == [office.id_of(contact)]
    file_under(office, message, jonas if former.id == maya.id else maya)
    office.drain()
    assert whose(office) == [office.id_of(other)]
    assert office.bodies() == ["Hi, Jonas here"]
    assert office.receipt(message).state == "logged"


def test_it_is_in_the_other_conversation_then_and_everybody_hears(office, shared):
    message = office.receives(shared[0], "Hi, Jonas here")
    first = messages.get(office.world.team.id, message).conversation
    holder = conversations.get(office.world.team.id, first).conversation.person.id
    other = next(each for each in shared if each.id != holder)
    saved = file_under(office, message, other)
    assert saved.conversation != first
    former = conversations.get(office.world.team.id, first).conversation
    assert (former.preview, former.unread, former.last_message) == ("", 0, None)
    now = conversations.get(office.world.team.id, saved.conversation).conversation
    assert (now.preview, now.last_message) == ("Hi, Jonas here", message)
    frames = b"".join(each.frame for each in office.world.events(office.world.ana))
    assert b'"type":"message.moved"' in frames


def test_who_filed_it_is_in_the_audit_log_with_before_and_after(office, shared):
    message = office.receives(shared[0], "Hi")
    first = messages.get(office.world.team.id, message).conversation
    holder = conversations.get(office.world.team.id, first).conversation.person.id
    file_under(office, message, next(each for each in shared if each.id != holder))
    entry = Audit.get(Audit.action == "message.filed")
    assert str(holder) in entry.before
    assert office.house.ref(MAYA) in entry.before + entry.after


def test_a_text_is_not_filed_under_somebody_with_another_mobile(office, shared):
    message = office.receives(shared[0], "Hi")
    stranger = office.world.person("+14045550155", "Somebody else")
    with pytest.raises(Refused, match="does not have the number"):
        file_under(office, message, stranger)


def test_another_teams_text_or_person_is_not_there(office, shared):
    world = office.world
    message = office.receives(shared[0], "Hi")
    theirs = world.person(MOBILE, "Theirs", team=world.others)
    with pytest.raises(NotFound):
        file_under(office, message, theirs)
    with pytest.raises(NotFound):
        filing.file_under(world.writer, office.admin, world.ben.id, message, shared[1].id)


def test_a_text_that_is_moved_before_it_was_logged_goes_to_the_right_person_alone(office, shared):
    message = office.receives(shared[0], "Hi")
    first = messages.get(office.world.team.id, message).conversation
    holder = conversations.get(office.world.team.id, first).conversation.person.id
    other = next(each for each in shared if each.id != holder)
    file_under(office, message, other)
    office.drain()
    assert whose(office) == [office.id_of(MAYA if other.id == shared[0].id else JONAS)]


def test_a_days_activity_loses_the_text_that_was_another_persons(office, shared):
    office.configure(digest=True)
    office.receives(shared[0], "For the holder")
    message = office.receives(shared[0], "For the other")
    first = messages.get(office.world.team.id, message).conversation
    holder = conversations.get(office.world.team.id, first).conversation.person.id
    other = next(each for each in shared if each.id != holder)
    office.drain()
    assert len(office.seen()) == 1
    file_under(office, message, other)
    office.drain()
    by_person = {each.who: each.body for each in office.seen()}
    contact, moved_to = (MAYA, JONAS) if holder == shared[0].id else (JONAS, MAYA)
    assert "For the other" in by_person[office.id_of(moved_to)]
    assert "For the other" not in by_person[office.id_of(contact)]
    assert "For the holder" in by_person[office.id_of(contact)]
    assert len(office.seen()) == 2


def test_the_only_text_of_a_day_takes_its_activity_along(office, shared):
    office.configure(digest=True)
    message = office.receives(shared[0], "Hi")
    first = messages.get(office.world.team.id, message).conversation
    holder = conversations.get(office.world.team.id, first).conversation.person.id
    other = next(each for each in shared if each.id != holder)
    office.drain()
    file_under(office, message, other)
    office.drain()
    assert whose(office) == [office.id_of(MAYA if other.id == shared[0].id else JONAS)]


def test_of_several_open_opportunities_the_primary_one_is_taken_and_nobody_is_asked(office):
    maya = office.person(MAYA, MOBILE)
    others = [
        office.house.opportunity(office.crm, MAYA, name, primary=False)
        for name in ("Renewal", "Expansion")
    ]
    message = office.sends(maya, "Hello")
    office.drain()
    (seen,) = office.seen()
    assert seen.what not in ("", *others)  # in the demo's own she is the primary contact
    assert office.receipt(message).opportunities == []


def test_a_rep_chooses_the_opportunity_and_further_texts_follow(office):
    jonas = office.person(JONAS, MOBILE)
    office.house.opportunity(office.crm, JONAS, "Renewal", primary=False)
    wanted = office.house.opportunity(office.crm, JONAS, "Expansion", primary=False)
    first = office.sends(jonas, "Hello")
    office.drain()
    receipt = office.receipt(first)
    assert receipt.state == "logged"
    assert sorted(each.name for each in receipt.opportunities) == ["Expansion", "Renewal"]
    world = office.world
    filing.link(world.writer, office.admin, world.ana.id, first, wanted)
    office.sends(jonas, "And another")
    office.drain()
    assert [each.what for each in office.seen()] == [wanted, wanted]
    assert office.receipt(first).opportunity == "Expansion"
    assert office.receipt(first).opportunities == []


def test_a_choice_may_be_made_anew_and_the_activity_follows(office):
    jonas, world = office.person(JONAS, MOBILE), office.world
    former = office.house.opportunity(office.crm, JONAS, "Renewal", primary=False)
    wanted = office.house.opportunity(office.crm, JONAS, "Expansion", primary=False)
    message = office.sends(jonas, "Hello")
    office.drain()
    for chosen in (former, wanted, ""):
        filing.link(world.writer, office.admin, world.ana.id, message, chosen)
        office.drain()
        assert [each.what for each in office.seen()] == [chosen]


def test_none_of_them_is_an_answer_too(office):
    jonas = office.person(JONAS, MOBILE)
    for name in ("Renewal", "Expansion"):
        office.house.opportunity(office.crm, JONAS, name, primary=False)
    message = office.sends(jonas, "Hello")
    office.drain()
    world = office.world
    filing.link(world.writer, office.admin, world.ana.id, message, "")
    office.drain()
    assert office.receipt(message).opportunities == []
    assert [each.what for each in office.seen()] == [""]


def test_a_chosen_opportunity_that_was_closed_is_asked_about_anew(office):
    jonas, team = office.person(JONAS, MOBILE), office.world.team.id
    for name in ("Renewal", "Expansion"):
        office.house.opportunity(office.crm, JONAS, name, primary=False)
    office.sends(jonas, "Hello")
    office.drain()
    closed = crm_people.get(team, jonas.id)._replace(chosen="closed since")
    office.world.writer(lambda tx: crm_people.put(tx, team, jonas.id, closed))
    message = office.sends(jonas, "And another")
    office.drain()
    asked = office.receipt(message).opportunities
    assert sorted(each.name for each in asked) == ["Expansion", "Renewal"]


def test_what_failed_is_tried_again_when_a_rep_asks(office):
    maya = office.person(MAYA, MOBILE)
    office.house.delete(office.crm, MAYA)
    message = office.receives(maya, "Hi")
    office.drain()
    assert office.receipt(message).state == "failed"
    world = office.world
    saved = filing.retry(world.writer, office.admin, world.ana.id, message)
    assert saved.receipt.state == "waiting"
    assert world.just_woken("log_to_crm")


def test_a_text_of_somebody_in_no_crm_leaves_the_record_that_it_was_in(office):
    maya = office.person(MAYA, MOBILE, "Maya")
    message = office.receives(maya, "Not for Maya")
    office.drain()
    assert whose(office) == [office.id_of(MAYA)]
    stranger = office.world.person(MOBILE, "Somebody new")
    file_under(office, message, stranger)
    office.drain()
    assert whose(office) == []
    assert office.receipt(message).state == "unlinked"


def test_what_the_former_person_has_is_not_forgotten_when_the_next_one_cannot_have_it(office):
    office.configure(digest=True)
    maya, jonas = office.person(MAYA, MOBILE, "Maya"), office.person(JONAS, OTHER, "Jonas")
    message = office.receives(maya, "Not for Maya")
    office.drain()
    (there,) = office.seen()
    office.house.delete(office.crm, JONAS)
    Person.update(mobile=MOBILE).where(Person.id == jonas.id).execute()
    file_under(office, message, jonas)
    office.drain()
    assert office.receipt(message).state == "failed"
    assert office.log(message).stale_id == there.id


def test_a_text_that_is_filed_under_somebody_in_no_crm_on_its_way_does_not_stay_there(office):
    maya, nobody = office.person(MAYA, MOBILE, "Maya"), office.world.person(MOBILE, "Nobody's")
    message = office.sends(maya, "Hi")
    edge = office.edge

    class Meanwhile:
        """The CRM, and what happens while it is asked."""

        def __getattr__(self, name):
            return getattr(edge, name)

        def log(self, *asked):
            outcomes = edge.log(*asked)
            file_under(office, message, nobody)
            return outcomes

    office.connecting.crms[office.house.name] = Meanwhile()
    office.drain()
    office.connecting.crms[office.house.name] = edge
    office.drain()
    assert office.seen() == []
    assert office.receipt(message).state == "unlinked"

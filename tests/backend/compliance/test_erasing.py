"""What outlives a person: that they may not be texted, and not a digit more."""

from backend.compliance import by_hand, erasing
from backend.inbox import listing
from backend.models import Activity, Audit, ConsentEvent, Conversation, OptOut, Person, Restriction
from backend.store import consent, opt_outs, restrictions
from shared.wire import PersonOnPage
from tests.backend.compliance.conftest import MAYA


def erase(world):
    def work(tx):
        for table in (Activity, Conversation, Person):
            table.delete().execute()
        return erasing.forget(tx, world.team.id, MAYA)

    return world.writer(work)


def kept() -> str:
    rows = [*OptOut.select().dicts(), *Restriction.select().dicts()]
    rows += [*ConsentEvent.select().dicts(), *Audit.select().dicts()]
    return repr(rows)


def furnish(world, acting):
    world.person(MAYA, "Maya")
    world.writer(lambda tx: by_hand.opt_out(tx, acting(world.ana), MAYA, "Maya said so"))
    world.writer(lambda tx: by_hand.restrict(tx, acting(world.ana), MAYA, "do_not_text", "Maya"))


def test_nothing_is_forgotten_while_somebody_has_the_mobile(world, acting):
    furnish(world, acting)
    assert not world.writer(lambda tx: erasing.forget(tx, world.team.id, MAYA))
    assert OptOut.get().mobile == MAYA


def test_after_an_erasure_the_standing_holds_and_neither_number_nor_words_are_kept(world, acting):
    furnish(world, acting)
    assert erase(world)
    assert MAYA not in kept()
    assert MAYA[2:] not in kept()
    assert "Maya" not in kept()
    assert opt_outs.get(world.team.id, MAYA)
    assert restrictions.get(world.team.id, MAYA, "do_not_text")
    assert [each.kind for each in consent.history(world.team.id, MAYA, limit=9)] == [
        *("restricted", "opted_out"),
    ]
    assert opt_outs.page(world.team.id, search="404 555-0187", limit=9)


def test_a_hash_is_of_one_team(world, acting):
    furnish(world, acting)
    erase(world)
    assert opt_outs.get(world.others.id, MAYA) is None


def test_an_open_question_is_closed_in_favour_of_the_person(world, arrive):
    arrive("wrong number")
    world.writer(lambda tx: tx.execute("UPDATE restriction SET message_id = NULL") and None)
    world.writer(lambda tx: tx.execute("UPDATE consent_event SET message_id = NULL") and None)
    world.writer(lambda tx: tx.execute("DELETE FROM activity") and None)
    world.writer(lambda tx: tx.execute("DELETE FROM message") and None)
    erase(world)
    held = Restriction.get()
    assert (held.kind, held.note) == ("do_not_text", "")


def test_whoever_is_known_again_is_opted_out_by_name_again(world, acting, arrive):
    furnish(world, acting)
    erase(world)
    page = PersonOnPage(mobile=MAYA, name="Maya")
    opened = listing.open_person(world.writer, world.team.id, world.ana.id, page)
    assert opened.conversation.blocked.reason == "opted_out"
    assert OptOut.get().mobile == Restriction.get().mobile == MAYA
    assert len(consent.history(world.team.id, MAYA, limit=9)) == 2


def test_an_unknown_sender_who_starts_again_is_recognised(world, acting, arrive):
    furnish(world, acting)
    erase(world)
    arrive("START")
    assert OptOut.select().count() == 0
    assert Restriction.get().mobile == MAYA


def test_what_is_held_in_both_forms_becomes_one(world, acting):
    furnish(world, acting)
    erase(world)
    OptOut.create(team=world.team, mobile=MAYA, cause="stop", at=1)
    world.writer(lambda tx: erasing.recognise(tx, world.team.id, MAYA))
    held = OptOut.get()
    assert (held.mobile, OptOut.select().count()) == (MAYA, 1)
    assert held.at > 1

"""A person who had other mobiles before is erased: nothing is left of these either."""

import pytest

from backend.compliance import ledger
from backend.inbox import listing
from backend.messaging import callback, gate
from backend.messaging.gate import Request
from backend.models import Message, Person
from backend.privacy import erasure, export
from backend.store import erasing, lookups, people, person_numbers, pseudonym, restrictions
from backend.store.audit import Actor
from backend.store.rows import one_row
from shared.wire import PersonOnPage
from tests.backend.privacy import test_erasure
from tests.backend.privacy.test_erasure import MAYA, arrive, everything
from tests.backend.world import ANA_NUMBER

maya, admin, removed, erase = (
    test_erasure.maya,
    test_erasure.admin,
    test_erasure.removed,
    test_erasure.erase,
)
NEVER_TEXTED, LATEST, BEN = "+14045550166", "+14045550177", "+14045550144"
NOTE = "asked me at the fair"
TRACES = (*test_erasure.SECRET_WORDS, "5550166", "5550177", NOTE)


def onto(world, mobile):
    """The CRM page shows this mobile of hers from now on."""
    page = PersonOnPage(mobile=mobile, name="Maya Okonkwo", crm_ref="maya")
    listing.open_person(world.writer, world.team.id, world.ana.id, page)


def keep_all(world, mobile):
    """All that is kept of a mobile beside texts."""
    team, actor = world.team.id, Actor(world.team.id, world.ana.id, world.ana.email)

    def work(tx):
        lookups.keep(tx, team, mobile, "mobile")
        ledger.restrict(tx, actor, mobile, "do_not_text", "rep", NOTE)
        asked = Request(team, world.ana.id, Person.get().id, ANA_NUMBER, mobile, "Hello")
        assert gate.ask(tx, asked, "compose").blocked

    world.writer(work)


@pytest.fixture
def moved(world, maya):
    """Maya has the third mobile by now, and nobody texted the second."""
    Person.update(crm_ref="maya").execute()
    for mobile in (MAYA, NEVER_TEXTED, LATEST):
        onto(world, mobile)
        keep_all(world, mobile)

    def hear(tx):
        (sent,) = tx.execute("SELECT id FROM message WHERE direction = 'outbound'").fetchone()
        told = callback.StatusCallback(sent, "SM9", "delivered", ANA_NUMBER, MAYA)
        assert callback.receive(tx, told, {"To": MAYA})

    world.writer(hear)
    assert Person.get().mobile == LATEST
    return maya


def test_an_export_holds_what_was_decided_of_mobiles_that_they_had_before(world, moved, admin):
    found = export.export(world.writer, admin, moved)
    restricted = [each for each in found.consent if each.kind == "restricted"]
    assert [each.note for each in restricted] == [NOTE] * 3
    assert [each.at for each in found.consent] == sorted(
        (each.at for each in found.consent), reverse=True
    )


def left() -> list[str]:
    after = everything()
    return [words for words in TRACES if words in after]


def test_nothing_is_left_of_any_mobile_that_they_had(world, moved, erase):
    assert left() == list(TRACES)
    erase(moved)
    assert left() == []


def test_a_restriction_of_a_mobile_that_they_had_outlives_them(world, moved, erase):
    erase(moved)
    for mobile in (MAYA, NEVER_TEXTED, LATEST):
        held = restrictions.get(world.team.id, mobile, "do_not_text")
        assert held.mobile == pseudonym.of(world.team.id, mobile)


def test_a_mobile_that_somebody_else_has_now_stays_theirs(world, moved, erase):
    world.person(MAYA, "Jonas")
    erase(moved)
    held = restrictions.get(world.team.id, MAYA, "do_not_text")
    assert (held.mobile, held.note) == (MAYA, NOTE)
    assert one_row("SELECT mobile FROM lookup") == (MAYA,)


def test_a_mobile_that_they_had_is_shown_to_nobody(world, moved):
    assert [each.e164 for each in people.get(world.team.id, moved).numbers] == [MAYA]
    team = world.team.id
    world.writer(lambda tx: person_numbers.keep(tx, team, moved, [(LATEST, "Mobile")]))
    assert [each.e164 for each in people.get(team, moved).numbers] == [LATEST]


def test_a_number_that_the_page_no_longer_shows_is_still_theirs_to_erase(world, moved):
    team = world.team.id
    world.writer(lambda tx: person_numbers.keep(tx, team, moved, [(LATEST, "Home"), (BEN, "Work")]))
    world.writer(lambda tx: person_numbers.keep(tx, team, moved, [(LATEST, "Home")]))
    assert person_numbers.ever_of(team, moved) == {MAYA, NEVER_TEXTED, LATEST, BEN}
    world.writer(lambda tx: person_numbers.keep(tx, team, moved, [(BEN, "Work"), (LATEST, "")]))
    shown = people.get(team, moved).numbers
    assert [(each.e164, each.label) for each in shown] == [(BEN, "Work"), (LATEST, "")]


def test_an_erasure_of_many_texts_that_was_cut_off_is_done_when_it_is_asked_for_again(
    world, moved, erase, admin, monkeypatch
):
    monkeypatch.setattr(erasure, "AT_THE_END", 0)
    monkeypatch.setattr(erasing, "AT_ONCE", 2)
    # Nothing but the texts tells of this mobile.
    world.writer(lambda tx: tx.execute("DELETE FROM person_number WHERE e164 = ?", (MAYA,)))
    works = []

    def dies(work):
        works.append(work)
        if len(works) == 3:
            raise RuntimeError("killed")
        return world.writer(work)

    with pytest.raises(RuntimeError):
        erasure.erase(dies, lambda team, files: None, admin, moved)
    assert (Message.select().count(), Person.select().count()) == (0, 1)
    erase(moved)
    assert left() == []


def test_what_the_carrier_says_of_an_erased_text_later_leaves_no_words(world, moved, erase):
    erase(moved)
    for road in ("inbound", "list"):
        arrive(world, "SM1", "the merger is off", road=road)
    late = callback.StatusCallback(2, "SM9", "read", ANA_NUMBER, MAYA)
    world.writer(lambda tx: callback.receive(tx, late, {"To": MAYA}))
    assert left() == []

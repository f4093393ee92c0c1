"""Our numbers follow what the carrier account holds."""

import msgspec
import pytest

from backend.carrier.numbers import TwilioNumbers
from backend.models import Audit, Conversation, Number, Team
from backend.numbers.sync import REPEATS, sync
from backend.ports import CarrierError
from backend.store import heartbeats, numbers
from backend.store.writer import InlineWriter
from shared import wire
from simulator import registrations
from tests.backend.numbers.conftest import ACCOUNT, WEBHOOK
from tests.backend.world import ANA_NUMBER, BEN_NUMBER, THEIR_NUMBER


def ours(e164):
    return Number.get(Number.e164 == e164)


def told(world, user):
    """The numbers of the last session.updated that the user was told."""
    frames = [msgspec.json.decode(each.frame) for each in world.events(user)]
    updates = [each for each in frames if each["type"] == "session.updated"]
    return [each["e164"] for each in updates[-1]["numbers"]] if updates else None


def test_what_a_number_can_do_and_is_called_is_read_from_the_carrier(world, synced, held):
    number = held(ANA_NUMBER)
    number.friendly_name, number.mms, number.voice = "  Atlanta\n desk ", False, False
    found = synced()
    kept = ours(ANA_NUMBER)
    assert (kept.label, kept.sms, kept.mms, kept.voice) == ("Atlanta desk", True, False, False)
    assert kept.carrier_sid == number.sid
    assert ANA_NUMBER in found.changed
    (offered,) = numbers.of_user(world.team.id, world.ana.id)
    assert (offered.label, offered.mms) == ("Atlanta desk", False)
    assert told(world, world.ana) == [ANA_NUMBER]
    assert synced().changed == []


def test_a_reading_is_known_to_be_done_whoever_asked_for_it(world, synced):
    assert heartbeats.last("numbers") is None
    synced(actor="Ada Admin")
    assert heartbeats.last("numbers")


def test_a_number_that_is_named_after_itself_has_no_label(synced):
    synced()
    assert ours(ANA_NUMBER).label == ""


def test_a_number_that_the_account_lost_is_kept_and_no_longer_offered(world, synced, held, carrier):
    synced()
    person = world.person("+14045550187")
    Conversation.create(team=world.team, number=world.number, person=person, last_at=1)
    gone = held(ANA_NUMBER)
    with carrier.state.change() as books:
        del books.numbers[gone.sid]
    assert synced().retired == [ANA_NUMBER]
    assert ours(ANA_NUMBER).retired_at
    assert numbers.of_user(world.team.id, world.ana.id) == []
    assert numbers.by_e164(ANA_NUMBER).retired
    assert told(world, world.ana) == []
    assert Conversation.select().count() == 1
    assert synced().retired == []
    with carrier.state.change() as books:
        books.numbers[gone.sid] = gone
    assert ANA_NUMBER in synced().changed
    assert told(world, world.ana) == [ANA_NUMBER]


def test_a_number_that_cannot_text_is_not_offered(world, synced, held):
    held(ANA_NUMBER).sms = False
    synced()
    assert numbers.of_user(world.team.id, world.ana.id) == []


def test_with_several_teams_a_new_number_is_offered(synced, carrier):
    carrier.carrier.add_number(ACCOUNT, "+18885550100")
    assert synced().offered == ["+18885550100"]


def test_with_one_team_a_new_number_is_its_own(database, desk):
    team = Team.create(name="Brightpath", created_at=1)
    found = sync(InlineWriter(lambda tx: None), desk, WEBHOOK)
    assert found.added == [ANA_NUMBER, BEN_NUMBER, THEIR_NUMBER]
    assert [each.e164 for each, _ in numbers.of_team(team.id)] == found.added
    assert Audit.get(Audit.action == "number.added").subject == ANA_NUMBER


def test_short_codes_are_read_too(world, synced, carrier):
    carrier.carrier.add_number(ACCOUNT, "89454")
    Number.create(team=world.team, e164="89454", created_at=1)
    synced()
    kept = ours("89454")
    assert (kept.kind, kept.voice, kept.a2p) == ("short_code", False, "not_needed")


def test_the_wrong_account_retires_nothing(world, synced, carrier):
    with carrier.state.change() as books:
        books.numbers.clear()
    with pytest.raises(CarrierError, match="is it the right one"):
        synced()
    assert not ours(ANA_NUMBER).retired_at


def test_a_carrier_that_does_not_answer_changes_nothing(world):
    with pytest.raises(CarrierError):
        sync(world.writer, TwilioNumbers(ACCOUNT, "", "http://127.0.0.1:1"), WEBHOOK)
    assert ours(ANA_NUMBER).synced_at is None


def test_texts_that_are_posted_elsewhere_are_told_and_set_right(synced, held):
    held(BEN_NUMBER).sms_url = "https://old.example.com/sms"
    assert synced().elsewhere == [(BEN_NUMBER, "https://old.example.com/sms")]
    assert synced(webhooks=True).mended == [BEN_NUMBER]
    assert synced().elsewhere == []
    assert held(BEN_NUMBER).sms_url == WEBHOOK + REPEATS


def test_the_address_of_a_service_decides_where_it_does(synced, carrier, held):
    with carrier.state.change() as books:
        service = registrations.add_service(books, ACCOUNT, "Reps", carrier.carrier.now())
        books.services[service.sid] = [ANA_NUMBER]
    assert synced().elsewhere == [(ANA_NUMBER, "")]
    assert synced(webhooks=True).mended == [ANA_NUMBER]
    assert service.inbound_request_url == WEBHOOK + REPEATS
    assert ours(ANA_NUMBER).messaging_service_sid == service.sid
    assert synced().elsewhere == []


def test_an_application_that_takes_the_texts_is_told(synced, held):
    held(ANA_NUMBER).sms_application_sid = "AP" + "1" * 32
    assert synced().elsewhere == [(ANA_NUMBER, "")]
    assert synced(webhooks=True).mended == [ANA_NUMBER]
    assert held(ANA_NUMBER).sms_application_sid == ""


def test_the_wire_shows_kind_and_standing(world, synced):
    synced()
    (number,) = numbers.of_user(world.team.id, world.ana.id)
    assert number == wire.Number(
        id=world.number.id,
        e164=ANA_NUMBER,
        display="(404) 555-0123",
        kind="long_code",
        label="",
        mms=True,
        a2p="missing",
    )

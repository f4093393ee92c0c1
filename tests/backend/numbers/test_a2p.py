"""Where a number stands with A2P, step by step as a company takes them."""

import pytest

from backend.carrier.numbers import TwilioNumbers
from backend.models import Number
from backend.numbers import a2p
from backend.numbers.checklist import checklist
from backend.numbers.sync import sync
from backend.ports import CarrierError
from backend.store import numbers
from simulator import registrations
from tests.backend.numbers.conftest import ACCOUNT, TOKEN, WEBHOOK
from tests.backend.world import ANA_NUMBER

TOLL_FREE = "+18885550100"


@pytest.fixture
def register(carrier):
    def register(kind, status, *errors, **more):
        with carrier.state.change() as books:
            made = registrations.add(books, kind, ACCOUNT, carrier.carrier.now(), **more)
            made.status, made.errors = status, list(errors)
            return made

    return register


@pytest.fixture
def service(carrier):
    with carrier.state.change() as books:
        made = registrations.add_service(books, ACCOUNT, "Reps", carrier.carrier.now())
        made.webhook_on_number = True
        books.services[made.sid] = [ANA_NUMBER]
    return made.sid


@pytest.fixture
def standing(world, synced):
    def standing(e164=ANA_NUMBER):
        synced()
        row = Number.get(Number.e164 == e164)
        found = numbers.standings(world.team.id, row.id)[0]
        items = checklist(found.number, a2p.read(found.a2p_detail))
        return row.a2p, [each.state for each in items], items

    return standing


def test_with_nothing_sent_in_everything_is_to_do(standing):
    status, states, items = standing()
    assert status == "missing"
    assert states == ["todo"] * 6
    assert all(each.todo for each in items)


def test_each_step_is_told_in_its_order(standing, register, service):
    profile = register("profile", "in-review")
    assert standing()[1][0] == "waiting"
    profile.status = "twilio-approved"
    product = register("product", "draft")
    assert standing()[1][:3] == ["done", "todo", "todo"]
    product.status = "twilio-approved"
    brand = register("brand", "PENDING", of=profile.sid)
    assert standing()[1] == ["done", "done", "waiting", "done", "todo", "todo"]
    brand.status = "APPROVED"
    campaign = register("campaign", "IN_PROGRESS", of=service, brand=brand.sid)
    assert standing()[:2] == ("pending", ["done", "done", "done", "done", "waiting", "todo"])
    campaign.status = "VERIFIED"
    assert standing()[:2] == ("approved", ["done"] * 6)
    brand.status = "SUSPENDED"
    status, _, items = standing()
    assert (status, items[2].state) == ("failed", "failed")
    assert "suspended" in items[2].text


def test_what_was_found_wrong_is_shown_in_the_carriers_words(standing, register, service):
    brand = register("brand", "APPROVED")
    register("campaign", "FAILED", "The samples show no opt-out.", of=service, brand=brand.sid)
    status, _, items = standing()
    assert status == "failed"
    assert items[4].errors == ("The samples show no opt-out.",)


def test_a_number_outside_the_service_is_missing_however_good_the_brand(standing, register):
    register("brand", "APPROVED")
    status, states, _ = standing()
    assert status == "missing"
    assert states == ["done", "done", "done", "todo", "todo", "todo"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("PENDING_REVIEW", "pending"),
        ("IN_REVIEW", "pending"),
        ("TWILIO_APPROVED", "approved"),
        ("TWILIO_REJECTED", "failed"),
    ],
)
def test_a_toll_free_number_needs_its_verification_alone(
    world, carrier, register, standing, said, meant
):
    number = carrier.carrier.add_number(ACCOUNT, TOLL_FREE)
    Number.create(team=world.team, e164=TOLL_FREE, kind="toll_free", created_at=1)
    assert standing(TOLL_FREE)[:2] == ("missing", ["todo"])
    register("verification", said, "The website does not answer.", of=number.sid)
    status, _, (item,) = standing(TOLL_FREE)
    assert status == meant
    if meant == "failed":
        assert item.errors == ("The website does not answer.",)


def test_canadian_numbers_need_nothing(world, carrier, standing):
    carrier.carrier.add_number(ACCOUNT, "+14165550123")
    Number.create(team=world.team, e164="+14165550123", created_at=1)
    assert standing("+14165550123") == ("not_needed", [], [])


class Closed(TwilioNumbers):
    """A desk that shows its numbers and no registrations, as to a restricted key."""

    def registrations(self, services):
        raise CarrierError("HTTP 403")


def test_a_standing_that_cannot_be_read_stays_what_it_was(world, carrier):
    Number.update(a2p="approved").where(Number.e164 == ANA_NUMBER).execute()
    found = sync(world.writer, Closed(ACCOUNT, TOKEN, carrier.url), WEBHOOK)
    assert found.a2p_unread == "HTTP 403"
    assert Number.get(Number.e164 == ANA_NUMBER).a2p == "approved"

"""An answer that is none of the CRM's is never taken for one."""

import pytest

from backend import crm_refs
from backend.crm_port import Unreachable
from tests.backend.crms.houses import MAYA

KINDS = ["down", "refused", "html", "error", "truncated", "missing", "huge", "lost"]
ASKED = {
    "a record": lambda office, crm, access: crm.read(
        access, office.connection.fields, *maya(office)
    ),
    "users": lambda office, crm, access: list(crm.users(access)),
    "fields": lambda office, crm, access: crm.prepare(access),
    "flags": lambda office, crm, access: crm.do_not_text(
        access, office.connection.fields, [maya(office)]
    ),
}


IDS = ["Id", "id", "systemuserid", "contactid"]


def maya(office):
    return crm_refs.person_in(office.house.name, office.house.ref(MAYA))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_asked_comes_to_nothing_and_may_be_asked_again(office, kind, asked):
    def ask():
        return office.calling(office.connection, lambda *given: ASKED[asked](office, *given))

    office.crm.fault(kind, times=None)
    with pytest.raises(Unreachable):
        ask()
    office.crm.crm.faults.clear()
    assert ask()


@pytest.mark.parametrize("asked", ["a record", "users", "flags"])
def test_records_without_their_ids_are_no_answer(office, asked):
    office.crm.fault("missing", times=None, fields=IDS)
    with pytest.raises(Unreachable):
        office.calling(office.connection, lambda *given: ASKED[asked](office, *given))


def test_a_refresh_that_has_no_answer_ends_no_sign_in(office):
    office.crm.fault("down", times=1, path="token")
    with office.crm.store.change() as books:
        books.accesses.clear()
    with pytest.raises(Unreachable):
        office.calling(office.connection, lambda crm, access: list(crm.users(access)))
    assert office.connection.state == "connected"
    assert office.calling(office.connection, lambda crm, access: list(crm.users(access)))

"""`repline quarantine`: the operator sees what is of no team, and has it filed."""

import pytest

from backend.messaging import inbound
from backend.models import Audit, Message, Quarantine
from backend.store import teams
from backend.store.rows import now
from backend.store.writer import InlineWriter
from tests.backend.commands.test_commands import COMPLETE, furnished, office, run

__all__ = ["furnished", "office", "run"]
MAYA, NEW_NUMBER = "+14045550187", "+14045550199"


@pytest.fixture
def operator(office, monkeypatch):
    for name, value in COMPLETE.items():
        monkeypatch.setenv(name, value)
    assert office("quarantine list").output == ""
    return office


@pytest.fixture
def come(operator):
    """A text to a number that no team has; returns what it has in quarantine."""

    def one(sid="SM1"):
        form = {"MessageSid": sid, "From": MAYA, "To": NEW_NUMBER, "Body": f"Hello {sid}"}
        text = inbound.Inbound(sid, MAYA, NEW_NUMBER, form["Body"], now())
        InlineWriter(lambda tx: None)(lambda tx: inbound.receive(tx, text, form))
        return Quarantine.select().order_by(Quarantine.id.desc()).get().id

    return one


def test_what_came_to_no_teams_number_is_listed_and_filed_once_it_is_a_teams(operator, come):
    entry = come()
    [line] = operator("quarantine list").output.splitlines()
    assert line.startswith(f"{entry}\tno team\t")
    assert "\ttext\t(404) 555-0187\tIt came to a number that no team has." in line
    assert "Hello" not in line
    answer = operator(f"quarantine retry {entry}")
    assert answer.exit_code == 1
    assert "1 could not be filed; they are kept." in answer.output
    assert operator(f"number add {NEW_NUMBER}").exit_code == 0
    assert operator("quarantine retry --all").output == f"{entry}\tfiled\n"
    assert [m.body for m in Message.select()] == ["Hello SM1"]
    assert operator("quarantine list").output == ""
    assert "There is no" in operator(f"quarantine retry {entry}").output


def test_what_is_dropped_is_gone(operator, come):
    entry = come()
    assert operator(f"quarantine drop {entry}").output == "dropped\n"
    assert operator(f"quarantine drop {entry}").exit_code == 1
    assert "ids of `repline quarantine list`" in operator("quarantine retry").output


def test_what_is_a_teams_is_in_its_audit_log(operator, come):
    entry = come()
    team = teams.all_teams()[0].id
    Quarantine.update(team=team).execute()
    operator(f"quarantine drop {entry}")
    noted = Audit.get(Audit.action == "quarantine.dropped")
    assert (noted.team.id, noted.actor) == (team, "command")

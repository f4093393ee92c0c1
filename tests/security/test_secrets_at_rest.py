"""After everything was used: nothing that lets somebody in is readable in any table or file."""

from pathlib import Path

import pytest

from backend.connections.sealing import Seal
from backend.models import TABLES, CrmSignIn
from backend.store import crm_connections
from tests.backend.api.conftest import PASSWORD
from tests.backend.crms.conftest import house, office, served, unconnected  # noqa: F401 (fixtures)
from tests.backend.world import SECRET


def everything(database) -> str:
    """Every value of every table that there is, also of those that no model knows."""
    names = database.get_tables()
    assert {table._meta.table_name for table in TABLES} <= set(names)
    rows = [database.execute_sql(f'SELECT * FROM "{name}"').fetchall() for name in names]
    return "\n".join(_text(value) for table in rows for row in table for value in row)


def _text(value) -> str:
    if isinstance(value, bytes | memoryview):
        return bytes(value).decode("utf-8", "replace")
    return str(value)


@pytest.fixture
def people(api_, pages) -> dict[str, str]:
    """What people and programs were given, by what it is."""
    given = api_.sign_in().json
    renewed = api_.call("POST", "/session/refresh", {"refresh_token": given["refresh_token"]}).json
    made = {"url": "https://crm.example/hook", "events": ["message.sent"]}
    cleo = {"email": "cleo@brightpath.example", "name": "Cleo", "role": "rep"}
    invited = api_.ask("POST", "/users", cleo).json
    browser = pages.admin()
    return {
        "password": PASSWORD,
        "access token": given["access_token"],
        "refresh token": given["refresh_token"],
        "next access token": renewed["access_token"],
        "next refresh token": renewed["refresh_token"],
        "API key": api_.key("admin"),
        "hook's secret": api_.ask("POST", "/hooks", made).json["secret"],
        "link to set a password": invited["link"].partition("#")[2],
        "cookie": browser.held,
        "form token": browser.form_token(),
        "SECRET_KEY": SECRET,
    }


def test_nothing_that_people_and_programs_hold_is_in_the_database(people, database):
    kept = everything(database)
    assert "cleo@brightpath.example" in kept, "the search finds what is there"
    for what, secret in people.items():
        assert len(secret) > 12, what
        assert secret not in kept, what
        # Nor what would do as well: a token without its head, or without its last part.
        assert secret.rpartition(".")[2][-24:] not in kept, what


def test_a_crms_tokens_are_kept_sealed_and_differ_each_time(office, database):  # noqa: F811
    seal = Seal(SECRET)
    held = crm_connections.get(office.world.team.id, office.house.name)
    tokens = [seal.open(held.access), seal.open(held.refresh)]
    assert all(len(token) > 12 for token in tokens)
    kept = everything(database)
    for token in [*tokens, "repline-secret"]:
        assert token not in kept
    assert seal.close(tokens[0]) != seal.close(tokens[0])


def test_a_sign_in_at_a_crm_that_is_under_way_can_be_finished_by_nobody_who_reads_it(
    unconnected,  # noqa: F811
    database,
):
    state, code = unconnected.consent()
    verifier = Seal(SECRET).open(CrmSignIn.get().verifier)
    kept = everything(database)
    for secret in (state, code, verifier):
        assert secret not in kept


def test_files_beside_the_database_hold_none_of_it_either(people, tmp_path: Path):
    """The journal too: what was overwritten is still in it."""
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    data = b"".join(path.read_bytes() for path in files)
    for what, secret in people.items():
        assert secret.encode() not in data, what

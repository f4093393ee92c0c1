"""The table of CRM pages: for whoever is signed in, and only when it is newer than theirs."""

import json

import pytest

from backend.crm_pages.table import BUILT_IN


def pages(api_, query: str = "", token: str | None = None):
    return api_.call("GET", f"/crm-pages{query}", token=api_.token() if token is None else token)


def test_who_has_none_gets_the_whole_table(api_):
    answer = pages(api_)
    assert answer.status_code == 200
    assert answer.json == json.loads(BUILT_IN.read_text("utf-8"))


@pytest.mark.parametrize(("known", "status"), [("0", 200), ("1", 204), ("99", 204), ("-1", 400)])
def test_who_has_a_version_gets_a_newer_one_alone(api_, known, status):
    answer = pages(api_, f"?known={known}")
    assert answer.status_code == status
    assert status != 204 or answer.data == b""


def test_a_stranger_gets_nothing(api_):
    assert pages(api_, token="").status_code == 401

"""Imports over REST: what programs send, start, watch and mend."""

import pytest

from backend.importing.loading import Loading
from backend.importing.managing import LARGEST
from backend.models import PeopleImport, Person

ADMIN = "admin@brightpath.example"
CSV = b"Who,Cell,Cell\nMaya Okonkwo,404-555-0187,\nBo,nobody,404-555-0100 x3\nAl,,\n"
MAPPING = {"Who": "name", "Cell": "mobile", "Cell (2)": "number"}


@pytest.fixture
def call(api_):
    token = api_.token(ADMIN)
    return lambda method, path, body=None, **more: api_.call(method, path, body, token, **more)


@pytest.fixture
def brought(call):
    """The id of an import that is to be mapped."""
    answer = call("POST", "/imports?name=fair.csv", CSV, headers={"Content-Type": "text/csv"})
    assert answer.status_code == 201
    return answer.json["id"]


@pytest.fixture
def work(api_):
    def load():
        for each in PeopleImport.select():
            Loading(api_.world.writer, api_.imports.pieces)(each.id)

    return load


def test_a_file_is_sent_mapped_started_and_its_problems_read(call, brought, work):
    held = call("GET", f"/imports/{brought}").json
    assert (held["name"], held["state"], held["encoding"]) == ("fair.csv", "mapping", "UTF-8")
    assert held["columns"] == ["Who", "Cell", "Cell (2)"]
    assert held["mapping"] == {"Cell": "mobile"}
    started = call("PATCH", f"/imports/{brought}", {"mapping": MAPPING, "state": "running"})
    assert (started.status_code, started.json["state"]) == (200, "running")
    work()
    done = call("GET", f"/imports/{brought}").json
    assert (done["state"], done["percent"]) == ("done", 100)
    assert (done["added"], done["refused"]) == (1, 2)
    first = call("GET", f"/imports/{brought}/problems?limit=1").json
    [problem] = first["problems"]
    assert (problem["line"], problem["columns"]) == (3, "Cell")
    assert problem["cells"] == ["Bo", "nobody", "404-555-0100 x3"]
    rest = call("GET", f"/imports/{brought}/problems?after={first['next']}").json
    assert ([each["line"] for each in rest["problems"]], rest["next"]) == ([4], 0)


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        ({"state": "running"}, 422, "Say which columns are the name."),
        ({"mapping": {"Who": "name"}}, 422, "mobile"),
        ({"mapping": {**MAPPING, "Cel": "mobile"}}, 422, "no column “Cel”"),
        (
            {"mapping": {**MAPPING, "Cell (2)": "mobile"}},
            422,
            "Column “Cell (2)”: There is",
        ),
        ({"mapping": {**MAPPING, "Who": "shoe size"}}, 422, "Column “Who”: Choose one of these."),
        ({"state": "paused"}, 409, "has not started"),
        ({"state": "done"}, 400, ""),
        ({"rows": 1}, 400, ""),
    ],
)
def test_what_cannot_be_done_is_refused_and_changes_nothing(call, brought, body, status, said):
    before = list(PeopleImport.select().dicts())
    answer = call("PATCH", f"/imports/{brought}", body)
    assert (answer.status_code, said in answer.json["detail"]) == (status, True), answer.json
    assert list(PeopleImport.select().dicts()) == before


def test_columns_stay_once_it_has_begun_and_a_canceled_one_stays_so(call, brought):
    call("PATCH", f"/imports/{brought}", {"mapping": MAPPING, "state": "running"})
    assert call("PATCH", f"/imports/{brought}", {"mapping": MAPPING}).status_code == 409
    assert call("PATCH", f"/imports/{brought}", {"state": "canceled"}).json["state"] == "canceled"
    assert call("PATCH", f"/imports/{brought}", {"state": "running"}).status_code == 409


@pytest.mark.parametrize(
    ("data", "status", "reason"),
    [
        (b"PK\x03\x04", 422, "bad_file"),
        (b"404-555-0187\n", 422, "bad_file"),
        (b"x" * (LARGEST + 1), 413, "too_large"),
    ],
    ids=["workbook", "no header", "too large"],
)
def test_a_file_that_is_not_taken_says_why(call, data, status, reason):
    answer = call("POST", "/imports", data, headers={"Content-Type": "text/csv"})
    assert (answer.status_code, answer.json["type"]) == (status, f"urn:repline:{reason}")
    assert PeopleImport.select().count() == 0


def test_imports_are_listed_latest_first_in_pages(call, brought):
    second = call("POST", "/imports", CSV).json["id"]
    first = call("GET", "/imports?limit=1").json
    assert [each["id"] for each in first["imports"]] == [second]
    rest = call("GET", f"/imports?before={first['next']}").json
    assert ([each["id"] for each in rest["imports"]], rest["next"]) == ([brought], "")


def test_imports_are_for_admins_of_their_team(api_, brought):
    for path in ("/imports", f"/imports/{brought}", f"/imports/{brought}/problems"):
        assert api_.call("GET", path, token=api_.token()).status_code == 403
    api_.world.stranger.role = "admin"
    api_.world.stranger.save()
    eve = api_.token("eve@rivals.example")
    for method, path, body in (
        ("GET", f"/imports/{brought}", None),
        ("GET", f"/imports/{brought}/problems", None),
        ("PATCH", f"/imports/{brought}", {"state": "canceled"}),
    ):
        assert api_.call(method, path, body, eve).status_code == 404
    assert api_.call("GET", "/imports", token=eve).json["imports"] == []
    assert (PeopleImport.get().state, Person.select().count()) == ("mapping", 0)

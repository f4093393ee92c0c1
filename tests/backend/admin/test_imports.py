"""Importing people on the admin pages: a file, its columns, its progress, what was not loaded."""

import io

import pytest

from backend.importing.loading import Loading
from backend.importing.managing import LARGEST
from backend.models import Audit, PeopleImport, Person
from backend.web.admin import guard
from tests.backend.admin.conftest import HERE

CSV = "First Name,Last Name,Cell,Notes\nMaya,Okonkwo,404-555-0187,<b>hi</b>\nBo,Diaz,nobody,=1\n"
FIELDS = ("first_name", "last_name", "mobile", "")
CHOSEN = {f"column-{at}": field for at, field in enumerate(FIELDS)}


def text(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def bring(pages):
    def one(browser, data=CSV, name="people.csv"):
        file = (io.BytesIO(data.encode() if isinstance(data, str) else data), name)
        form = {guard.FORM_TOKEN: browser.form_token(), "file": file}
        return browser.client.post(
            "/admin/imports/new", base_url=HERE, data=form, headers={"Origin": HERE}
        )

    return one


@pytest.fixture
def work(pages):
    """Load what runs, as a job does."""

    def load():
        pieces = pages.services.imports.pieces
        for each in PeopleImport.select():
            Loading(pages.world.writer, pieces)(each.id)

    return load


def test_a_file_is_brought_mapped_loaded_and_reported(pages, bring, work):
    admin = pages.admin()
    answer = bring(admin)
    assert (answer.status_code, answer.location) == (303, "/admin/imports/1")
    columns = text(admin.get("/imports/1"))
    assert '<option value="mobile" selected>' in columns
    assert "&lt;b&gt;hi&lt;/b&gt;" in columns
    assert admin.post("/imports/1/start", CHOSEN).status_code == 303
    running = text(admin.get("/imports/1"))
    assert 'hx-get="/admin/imports/1/progress"' in running
    assert '<progress max="100" value="0" aria-label="How much of people.csv is done">' in running
    work()
    done = text(admin.get("/imports/1"))
    assert "This is not a telephone number. Write it as (404) 555-0187." in done
    assert "hx-get" not in done
    assert Person.get().name == "Maya Okonkwo"
    assert [each.actor for each in Audit.select().where(Audit.subject == "import 1")] == [
        pages.world.admin.email
    ] * 2


def test_the_page_of_a_running_import_is_drawn_anew_when_it_has_ended(pages, bring, work):
    admin = pages.admin()
    bring(admin)
    admin.post("/imports/1/start", CHOSEN)
    answer = admin.get("/imports/1/progress")
    assert "HX-Refresh" not in answer.headers
    assert 'data-said="0 percent of people.csv done"' in text(answer)
    work()
    answer = admin.get("/imports/1/progress")
    assert answer.headers["HX-Refresh"] == "true"
    assert "hx-get" not in text(answer)


def test_a_wrong_choice_is_said_at_its_column_and_nothing_is_lost(pages, bring):
    admin = pages.admin()
    bring(admin)
    answer = admin.post("/imports/1/start", {**CHOSEN, "column-3": "mobile"})
    said = text(answer)
    assert answer.status_code == 422
    assert 'id="column-3-error"' in said
    assert said.count('<option value="mobile" selected>') == 2
    assert PeopleImport.get().state == "mapping"


def test_an_import_is_paused_gone_on_with_and_canceled(pages, bring, work):
    admin = pages.admin()
    bring(admin)
    admin.post("/imports/1/start", CHOSEN)
    admin.post("/imports/1/paused")
    work()
    assert "Resume" in text(admin.get("/imports/1"))
    assert Person.select().count() == 0
    admin.post("/imports/1/running")
    admin.post("/imports/1/canceled")
    assert PeopleImport.get().state == "canceled"
    answer = admin.post("/imports/1/running")
    assert answer.status_code == 303
    assert "The import was canceled: import the file again." in text(admin.get("/imports/1"))


@pytest.mark.parametrize("path", ["/imports/1/done", "/imports/1/failed", "/imports/1/x"])
def test_there_are_no_other_states_to_go_to(pages, bring, path):
    admin = pages.admin()
    bring(admin)
    assert admin.post(path).status_code == 404


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04", "spreadsheet’s own file"),
        (b"", "has to name the columns"),
        ("ユーザー,携帯\n".encode("shift-jis"), "CSV UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_words(pages, bring, data, said):
    answer = bring(pages.admin(), data)
    assert answer.status_code == 422
    assert said in text(answer)
    assert PeopleImport.select().count() == 0


def test_a_file_that_is_too_large_is_refused(pages, bring):
    assert bring(pages.admin(), b"x" * (LARGEST + 65 * 1024)).status_code == 413


def test_no_file_is_no_import(pages):
    admin = pages.admin()
    answer = admin.post("/imports/new")
    assert (answer.status_code, "Choose a file." in text(answer)) == (422, True)


def test_the_history_has_the_teams_own_imports_alone(pages, bring):
    bring(pages.admin(), name='"><script>alert(1)</script>.csv')
    theirs = pages.admin("eve@rivals.example")
    assert "Nothing was imported yet" in text(theirs.get("/imports"))
    ours = text(pages.admin().get("/imports"))
    assert "<script>alert" not in ours
    assert "admin@brightpath.example" in ours


def test_problems_are_paged_and_downloaded_as_a_file_that_a_spreadsheet_may_open(
    pages, bring, work
):
    admin = pages.admin()
    bring(admin, CSV + "Al,Roe,nobody,=1\n" * 60)
    admin.post("/imports/1/start", CHOSEN)
    work()
    assert "All 61 rows" in text(admin.get("/imports/1"))
    first = text(admin.get("/imports/1/problems"))
    _, _, rest = first.partition('rel="next" href="')
    following = rest.partition('"')[0].replace("&amp;", "&").removeprefix("/admin")
    assert text(admin.get(following)).count("<tr>") - 1 == 11
    answer = admin.get("/imports/1/problems.csv")
    data = answer.get_data()
    assert data.startswith(b'\xef\xbb\xbf"Repline: line",')
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert data.count(b"\r\n") == 62
    assert b'"\'=1"' in data


def test_a_report_that_is_gone_says_so(pages, bring, work):
    admin = pages.admin()
    bring(admin)
    admin.post("/imports/1/start", CHOSEN)
    work()
    pages.world.writer(lambda tx: tx.execute("DELETE FROM import_problem"))
    assert "kept for seven days" in text(admin.get("/imports/1"))
    assert "Nothing is left" in text(admin.get("/imports/1/problems"))

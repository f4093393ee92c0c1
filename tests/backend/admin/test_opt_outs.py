"""Opt-outs, restrictions and lists of them on the admin pages."""

import io

import pytest

from backend.compliance import by_hand
from backend.models import Audit, OptOut, Restriction
from backend.store.audit import Actor
from backend.web.admin import guard
from tests.backend.admin.conftest import HERE

MAYA, SAM = "+14045550187", "+14045550188"


@pytest.fixture
def note(world):
    """Note something by hand: ``note("opted_out", MAYA)``."""

    def note(kind, mobile, team=None, user=None):
        actor = Actor((team or world.team).id, (user or world.admin).id, "admin")
        if kind == "opted_out":
            world.writer(lambda tx: by_hand.opt_out(tx, actor, mobile))
        else:
            world.writer(lambda tx: by_hand.restrict(tx, actor, mobile, kind, "by phone"))

    return note


def text(answer):
    return answer.get_data(as_text=True)


def test_the_list_shows_the_teams_own_and_is_searched_by_digits(pages, world, note):
    note("opted_out", MAYA)
    note("opted_out", SAM)
    note("opted_out", "+12125550199", team=world.others, user=world.stranger)
    admin = pages.admin()
    said = text(admin.get("/opt-outs"))
    assert "(404) 555-0187" in said
    assert "(212) 555-0199" not in said
    said = text(admin.get("/opt-outs?search=0188"))
    assert ("(404) 555-0188" in said, "(404) 555-0187" in said) == (True, False)
    assert "No opt-out fits" in text(admin.get("/opt-outs?search=999"))


@pytest.mark.parametrize("kind", ["opted_out", "do_not_text", "do_not_contact"])
def test_what_is_added_by_hand_holds_at_once_with_its_note(pages, kind):
    admin = pages.admin()
    form = {"mobile": "404-555-0187", "kind": kind, "note": "By mail, March 2"}
    assert admin.post("/opt-outs/new", form).status_code == 303
    assert OptOut.select().count() + Restriction.select().count() == 1
    said = text(admin.get(f"/mobiles?mobile={MAYA.replace('+', '%2B')}"))
    assert "By mail, March 2" in said
    assert "May not be texted." in said


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"mobile": "404", "kind": "opted_out"}, "Write it as (404) 555-0187."),
        ({"mobile": MAYA, "kind": "suspected"}, "Choose one of these."),
        ({"mobile": MAYA, "kind": "opted_out", "note": "x" * 501}, "At most 500 characters"),
        ({}, "There is no mobile number."),
    ],
)
def test_what_cannot_be_added_keeps_what_was_typed(pages, form, said):
    answer = pages.admin().post("/opt-outs/new", form)
    assert answer.status_code == 422
    assert said in text(answer)
    assert form.get("note", "") in text(answer)
    assert OptOut.select().count() == 0


def test_an_opt_out_ends_with_a_reason_that_is_kept(pages, note):
    note("opted_out", MAYA)
    held = OptOut.get()
    admin = pages.admin()
    refused = admin.post(f"/opt-outs/{held.id}/end", {"reason": " x "})
    assert (refused.status_code, OptOut.select().count()) == (422, 1)
    admin.post(f"/opt-outs/{held.id}/end", {"reason": "Web form of March 2"})
    assert OptOut.select().count() == 0
    assert "Web form of March 2" in Audit.get(Audit.action == "opt_out.ended").after


def test_a_restriction_is_ended(pages, note):
    note("do_not_text", MAYA)
    held = Restriction.get()
    admin = pages.admin()
    assert "by phone" in text(admin.get("/restrictions"))
    admin.post(f"/restrictions/{held.id}/end")
    assert Restriction.select().count() == 0


def test_another_teams_are_not_there(pages, world, note):
    for kind in ("opted_out", "do_not_text"):
        note(kind, MAYA, team=world.others, user=world.stranger)
    admin = pages.admin()
    out, restricted = OptOut.get().id, Restriction.get().id
    for answer in (
        admin.get(f"/opt-outs/{out}/end"),
        admin.post(f"/opt-outs/{out}/end", {"reason": "mine now"}),
        admin.post(f"/restrictions/{restricted}/end"),
    ):
        assert answer.status_code == 404
    assert "Nothing has happened" in text(admin.get("/mobiles?mobile=4045550187"))
    assert "0187" not in text(admin.get("/opt-outs.csv"))
    assert (OptOut.select().count(), Restriction.select().count()) == (1, 1)


def send(admin, content, name="list.csv"):
    data = {
        guard.FORM_TOKEN: admin.form_token(),
        "list": (io.BytesIO(content), name),
    }
    return admin.client.post(
        "/admin/opt-outs/import",
        base_url=HERE,
        data=data,
        headers={"Origin": HERE},
        content_type="multipart/form-data",
    )


def test_a_list_is_loaded_and_each_bad_row_named(pages):
    rows = (
        b"mobile,kind,note\n404-555-0187,,\n=HYPERLINK(1),,\n404-555-0188,do_not_text,Asked\n1,x\n"
    )
    said = text(send(pages.admin(), rows))
    assert OptOut.get().mobile == MAYA
    assert Restriction.get().mobile == SAM
    assert said.count('<th scope="row" class="number">') == 2
    assert "Not a kind that we know" in said


def test_a_list_larger_than_a_form_is_loaded(pages):
    note = "x" * 400
    rows = "mobile,note\n" + "".join(f"+1404555{n:04},{note}\n" for n in range(100, 300))
    assert len(rows) > 64 * 1024
    assert "Every row was loaded." in text(send(pages.admin(), rows.encode()))
    assert OptOut.select().count() == 200


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "", "Choose a file."),
        (b"\xff\xfe\x00", "list.csv", "no CSV file in UTF-8"),
        (b"mobile\n\x00", "list.csv", "no text file"),
        (b"a,b\n1,2\n", "list.csv", "has to name the columns"),
    ],
)
def test_what_is_no_list_is_said(pages, content, name, said):
    answer = send(pages.admin(), content, name)
    assert answer.status_code == 422
    assert said in text(answer)


def test_a_file_that_is_too_large_is_refused(pages):
    assert send(pages.admin(), b"x" * (8 * 1024 * 1024 + 1)).status_code == 413


def test_what_is_given_out_can_be_taken_in_again(pages, world, note):
    note("opted_out", MAYA)
    note("do_not_contact", SAM)
    admin = pages.admin()
    answer = admin.get("/opt-outs.csv")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="opt-outs.csv"'
    given_out = answer.get_data()
    OptOut.delete().execute()
    Restriction.delete().execute()
    assert "Every row was loaded." in text(send(admin, given_out))
    assert (OptOut.get().mobile, Restriction.get().mobile) == (MAYA, SAM)


def test_the_history_of_what_is_no_number_says_so(pages):
    answer = pages.admin().get("/mobiles?mobile=<b>")
    assert answer.status_code == 422
    assert 'value="&lt;b&gt;"' in text(answer)

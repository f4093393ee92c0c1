"""Two admins at the same form: neither undoes what the other did without a word."""

import html
import re

from backend.models import QuickReply, Team, User


def made_from(page):
    return html.unescape(re.search(r'name="made_from" value="([^"]*)"', page.text)[1])


def test_a_stale_settings_form_does_not_turn_texting_on_again(pages):
    browser, team = pages.admin(), pages.world.team
    Team.update(messenger_enabled=True, user_daily_cap=500).execute()
    opened = made_from(browser.get("/settings"))
    Team.update(messenger_enabled=False).execute()
    form = {"made_from": opened, "messenger_enabled": "on", "user_daily_cap": "77"}
    answer = browser.post("/settings", form)
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile: Texting." in answer.text
    held = Team.get_by_id(team.id)
    assert (held.messenger_enabled, held.user_daily_cap) == (False, 500)
    assert 'name="user_daily_cap" type="text" value="77"' in answer.text
    assert not re.search(r'id="messenger_enabled"[^>]* checked', answer.text)
    # Saved once it was seen, as it is shown now.
    again = browser.post("/settings", {"made_from": made_from(answer), "user_daily_cap": "77"})
    assert again.status_code == 303
    held = Team.get_by_id(team.id)
    assert (held.messenger_enabled, held.user_daily_cap) == (False, 77)


def test_a_stale_user_is_not_made_an_admin_again(pages):
    browser, ana = pages.admin(), pages.world.ana
    User.update(role="admin").where(User.id == ana.id).execute()
    opened = made_from(browser.get(f"/users/{ana.id}"))
    User.update(role="rep").where(User.id == ana.id).execute()
    form = {"made_from": opened, "name": "Ana Maria", "role": "admin"}
    answer = browser.post(f"/users/{ana.id}", form)
    assert answer.status_code == 422
    assert 'value="Ana Maria"' in answer.text
    assert '<option value="rep" selected>' in answer.text
    assert User.get_by_id(ana.id).role == "rep"


def test_a_stale_quick_reply_keeps_what_both_wrote(pages):
    browser = pages.admin()
    reply = QuickReply.create(
        team=pages.world.team, name="Hours", body="We open\nat nine.", created_at=1
    )
    opened = made_from(browser.get(f"/quick-replies/{reply.id}"))
    QuickReply.update(body="We open\nat ten.").execute()
    form = {"made_from": opened, "name": "Opening", "body": "We open\r\nat nine."}
    answer = browser.post(f"/quick-replies/{reply.id}", form)
    assert answer.status_code == 422
    assert 'value="Opening"' in answer.text
    assert "at ten.</textarea>" in answer.text
    assert QuickReply.get_by_id(reply.id).name == "Hours"


def test_a_form_that_says_nonsense_of_what_it_was_made_from_is_stale(pages):
    for given in ("", "nonsense", "[]", "{}"):
        answer = pages.admin().post("/settings", {"made_from": given, "user_daily_cap": "77"})
        assert answer.status_code == 422
        assert "Somebody changed this meanwhile" in answer.text

"""API keys and hooks on the admin pages: made, shown once, revoked, told again."""

import re

from backend.models import ApiKey, Audit, Hook, HookDelivery

KEY = {"name": "Nightly report", "email": "ana@brightpath.example", "read": "on"}
HOOK = {"url": "https://crm.example/hook", "message.sent": "on", "message.failed": "on"}


def make_hook(pages):
    pages.admin().post("/hooks/new", HOOK)
    return Hook.get()


def deliver(pages, hook, state, answer=""):
    HookDelivery.create(
        team=pages.world.team, hook=hook, event="message.sent", body="{}", state=state,
        attempts=3, answer=answer, not_before=0, created_at=5,
    )  # fmt: skip


def test_a_key_is_shown_once_and_listed_without_it(pages):
    browser = pages.admin()
    made = browser.post("/api-keys/new", {**KEY, "send": "on"})
    token = re.search(r'id="token" value="(rpl_[\w-]+)"', made.text)[1]
    key = ApiKey.get()
    assert (key.scopes, key.user_id) == ("read send", pages.world.ana.id)
    listed = browser.get("/api-keys").text
    assert token not in listed
    assert token[:12] in listed
    assert "Nightly report" in listed
    assert "Never" in listed
    ApiKey.update(used_at=1_700_000_000_000).execute()
    assert "Nov 14, 2023" in browser.get("/api-keys").text


def test_a_revoked_key_is_marked_and_cannot_be_revoked_again(pages):
    browser = pages.admin()
    browser.post("/api-keys/new", KEY)
    here = f"/api-keys/{ApiKey.get().id}/revoke"
    assert browser.post(here).status_code == 303
    assert "opens nothing any more" in (listed := browser.get("/api-keys").text)
    assert "Revoked" in listed
    assert here not in listed
    assert ApiKey.get().revoked_at
    browser.post(here)
    assert Audit.select().where(Audit.action == "api_key.revoked").count() == 1


def test_a_key_that_cannot_be_keeps_what_was_typed_with_all_that_is_wrong(pages):
    browser = pages.admin()
    answer = browser.post(
        "/api-keys/new", {"name": " ", "email": "eve@rivals.example", "form": "<b>"}
    )
    assert answer.status_code == 422
    for field in ("name", "email", "scopes"):
        assert f'id="{field}-error"' in answer.text
    answer = browser.post("/api-keys/new", {**KEY, "name": "\u200b", "write": "on"})
    assert answer.status_code == 422
    assert re.search(r'id="write"[^>]* checked', answer.text)
    assert not re.search(r'id="admin"[^>]* checked', answer.text)
    assert '<option value="ana@brightpath.example" selected>' in answer.text
    assert ApiKey.select().count() == 0


def test_a_hook_is_added_switched_and_removed(pages):
    hook, browser = make_hook(pages), pages.admin()
    here = f"/hooks/{hook.id}"
    assert hook.events == "message.failed message.sent"
    assert pages.services.hook_secret(hook.salt) in browser.get(here).text
    browser.post(here + "/switch")
    assert "Switch it on" in browser.get(here).text
    browser.post(here + "/switch", {"enabled": "on"})
    assert "Switch it off" in browser.get(here).text
    assert browser.post(here + "/remove").location == "/admin/hooks"
    assert "is told nothing more" in browser.get("/hooks").text
    assert browser.get(here).status_code == 404
    assert [each.action for each in Audit.select().where(Audit.action.startswith("hook."))] == [
        "hook.made",
        "hook.disabled",
        "hook.enabled",
        "hook.removed",
    ]


def test_a_hook_that_cannot_be_keeps_what_was_typed_with_all_that_is_wrong(pages):
    answer = pages.admin().post("/hooks/new", {"url": "http://10.0.0.1/<b>"})
    assert answer.status_code == 422
    assert 'value="http://10.0.0.1/&lt;b&gt;"' in answer.text
    for field in ("url", "events"):
        assert f'id="{field}-error"' in answer.text
    assert Hook.select().count() == 0


def test_what_was_told_is_listed_and_what_was_given_up_is_told_again(pages):
    hook, browser = make_hook(pages), pages.admin()
    here = f"/hooks/{hook.id}"
    assert "Nothing yet" in browser.get(here).text
    deliver(pages, hook, "delivered", "204")
    assert "Tell again" not in browser.get(here).text
    deliver(pages, hook, "failed", "410 <b>Gone</b>")
    said = browser.get(here).text
    assert "410 &lt;b&gt;Gone&lt;/b&gt;" in said
    assert "Given up" in said
    assert "Tell again" in said
    browser.post(here + "/retry")
    assert HookDelivery.select().where(HookDelivery.state == "waiting").count() == 1
    assert "1 event will be told again." in browser.get(here).text


def test_without_any_it_says_what_they_are_for(pages):
    browser = pages.admin()
    assert "No keys yet" in browser.get("/api-keys").text
    assert "No hooks yet" in browser.get("/hooks").text

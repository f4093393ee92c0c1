"""What the e2e tests take for granted of Chromium. When these fail, Chromium changed under us."""

from collections.abc import Iterator
from typing import Any

import pytest
import requests
from cryptography.hazmat.primitives import serialization
from playwright.sync_api import Playwright
from py_vapid import Vapid02, b64urlencode
from pywebpush import WebPushException, webpush

from demo.browser import Browser, Desktop, PushService, Serving, axe, write_certificate
from tests.e2e.tiny_extension import record_pages, write_extension


@pytest.fixture(scope="module")
def http() -> Iterator[Serving]:
    with Serving(record_pages()) as server:
        yield server


@pytest.fixture(scope="module")
def browser(
    playwright: Playwright,
    desktop: Desktop,
    push_service: PushService,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("harness")
    pem = write_certificate(folder / "hosts.pem", ["crm.example.com", "app.hubspot.com"])
    with (
        Serving(record_pages(), pem) as https,
        Browser(
            playwright,
            write_extension(folder / "extension"),
            desktop=desktop,
            push=push_service,
            https_port=https.port,
            colour_scheme="dark",
            timezone="Asia/Tokyo",
        ) as browser,
    ):
        yield browser


def stored(browser: Browser, key: str) -> Any:
    return browser.control.evaluate(
        "async (key) => (await chrome.storage.session.get(key))[key]", key
    )


def notify(browser: Browser, name: str) -> None:
    browser.worker().evaluate("(name) => show(name, `Text from ${name}`, '<b>&amp; hi</b>')", name)


# The desktop


def test_a_notification_reaches_the_desktop_as_it_was_written(browser, desktop):
    notify(browser, "Ada")
    shown = browser.until(lambda: desktop.showing("Text from Ada"))
    assert shown.body.startswith("<b>&amp; hi</b>")


def test_a_click_on_a_notification_wakes_the_stopped_worker(browser, desktop):
    notify(browser, "Grace")
    shown = browser.until(lambda: desktop.showing("Grace"))
    browser.stop_worker()
    desktop.click(shown.id)
    browser.until(lambda: stored(browser, "clicked") == "Grace")
    assert browser.worker_running()
    assert desktop.showing("Grace") is None


def test_the_extension_learns_that_a_person_dismissed_a_notification(browser, desktop):
    notify(browser, "Linus")
    desktop.close(browser.until(lambda: desktop.showing("Linus")).id)
    browser.until(lambda: stored(browser, "closed") == "Linus")


def test_the_extension_takes_its_own_notification_off_the_desktop(browser, desktop):
    # Chromium forgets to take off what it has not heard the number of. It asks one by one: with the
    # second on the desktop, it knows the first.
    for name in ("Edsger", "Barbara"):
        notify(browser, name)
        browser.until(lambda name=name: desktop.showing(name))
    browser.worker().evaluate("chrome.notifications.clear('Edsger')")
    browser.until(lambda: desktop.showing("Edsger") is None)


# The worker


def test_a_stopped_worker_stays_stopped_until_asked_for_and_its_badge_stays(browser):
    browser.stop_worker()
    assert browser.badge() == ("3", (221, 0, 0, 255))
    assert not browser.worker_running()
    assert browser.worker().evaluate("typeof show") == "function"
    assert browser.worker_running()


def test_a_stopped_worker_forgets_what_it_held(browser):
    browser.worker().evaluate("self.held = 1")
    browser.stop_worker()
    assert browser.worker().evaluate("typeof self.held") == "undefined"


def test_a_command_reaches_the_worker(browser):
    browser.command("greet")
    browser.until(lambda: stored(browser, "command") == "greet")


# Web Push


@pytest.fixture(scope="module")
def vapid() -> Vapid02:
    vapid = Vapid02()
    vapid.generate_keys()
    return vapid


@pytest.fixture
def subscription(browser, vapid) -> Iterator[dict[str, Any]]:
    yield subscribe(browser, vapid)
    unsubscribe(browser)


def subscribe(browser: Browser, vapid: Vapid02) -> dict[str, Any]:
    public = vapid.public_key.public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return browser.worker().evaluate(
        """async (key) => (await registration.pushManager.subscribe(
            { userVisibleOnly: false, applicationServerKey: key })).toJSON()""",
        b64urlencode(public),
    )


def unsubscribe(browser: Browser) -> None:
    browser.worker().evaluate(
        "async () => (await registration.pushManager.getSubscription())?.unsubscribe()"
    )


def push(service: PushService, subscription: dict[str, Any], text: str, vapid: Vapid02) -> int:
    """Push as a backend with WEB_PUSH_BASE_URL would: encrypted by pywebpush, delivered here."""
    there = "/".join(subscription["endpoint"].split("/")[3:])
    local = {**subscription, "endpoint": f"{service.url}/{there}"}
    claims = {"sub": "mailto:admin@example.com"}
    answer = webpush(local, text, vapid_private_key=vapid, vapid_claims=claims, ttl=60)
    return answer.status_code


def test_a_subscription_names_one_of_googles_hosts(subscription):
    assert subscription["endpoint"].split("/")[2].endswith((".google.com", ".googleapis.com"))


def test_a_push_wakes_the_stopped_worker(browser, desktop, push_service, subscription, vapid):
    browser.stop_worker()
    assert push(push_service, subscription, "wake up", vapid) == 201
    assert browser.until(lambda: desktop.showing("wake up")).summary == "Push"


def test_a_push_without_a_vapid_signature_is_refused(push_service, subscription):
    path = "/" + "/".join(subscription["endpoint"].split("/")[3:])
    answer = requests.post(push_service.url + path, b"x", headers={"TTL": "60"}, timeout=5)
    assert answer.status_code == 401
    assert (push_service.pushes[-1].path, push_service.pushes[-1].status) == (path, 401)


@pytest.mark.parametrize("how", ["unsubscribed", "expired"])
def test_a_push_to_a_dead_subscription_is_answered_gone(
    browser, push_service, subscription, vapid, how
):
    endpoint = subscription["endpoint"]
    assert push_service.knows(endpoint)
    if how == "expired":
        push_service.expire(endpoint)
    else:
        unsubscribe(browser)
        browser.until(lambda: not push_service.knows(endpoint))
    with pytest.raises(WebPushException) as error:
        push(push_service, subscription, "nobody there", vapid)
    assert error.value.response.status_code == 410


def test_a_push_to_a_closed_browser_waits_for_that_browser(
    playwright, browser, desktop, push_service, subscription, vapid, tmp_path
):
    folder = write_extension(tmp_path / "extension")
    kept = {"desktop": desktop, "push": push_service, "profile": tmp_path / "profile"}
    with Browser(playwright, folder, **kept) as other:
        theirs = subscribe(other, vapid)
        assert theirs["endpoint"] != subscription["endpoint"]
    assert push(push_service, theirs, "for the other", vapid) == 201
    assert push(push_service, subscription, "for the first", vapid) == 201
    browser.until(lambda: desktop.showing("for the first"))
    assert desktop.showing("for the other") is None
    with Browser(playwright, folder, **kept) as other:
        other.until(lambda: desktop.showing("for the other"))


# Pages, panes and what is inside closed shadow roots


def test_a_button_in_a_closed_root_is_named_described_and_disabled(browser, http):
    page = browser.page(http.url)
    call = browser.until(lambda: browser.named(page, "Call"))
    assert (call.disabled, call.description) == (True, "No license")
    assert browser.named(page, "Message").disabled is False
    assert browser.named(page, "Fly") is None
    page.close()


def test_a_real_click_in_a_closed_root_opens_the_pane(browser, http):
    page = browser.page(http.url)
    browser.click_named(page, "Message")
    pane = browser.pane(page)
    assert pane.url.endswith("pane.html#trusted=true")
    pane.focus("input")
    browser.key(page, "Shift+A")
    assert pane.input_value("input") == "A"
    page.close()


def test_hovering_is_real_too(browser, http):
    page = browser.page(http.url)
    browser.hover_named(page, "Help")
    browser.until(lambda: browser.named(page, "Help").properties["expanded"])
    page.close()


def test_axe_looks_into_a_closed_root_where_the_page_cannot(browser, http):
    page = browser.page(http.url)
    browser.until(lambda: browser.named(page, "Message"))
    found = browser.axe(page, "tiny-root")
    assert {v.id for v in found} >= {"image-alt"}
    assert all("tiny-root" in target for v in found for target in v.targets)
    assert "image-alt" not in {v.id for v in axe.in_frame(page, None)}
    page.close()


def test_axe_looks_into_the_pane(browser, http):
    page = browser.page(http.url)
    browser.click_named(page, "Message")
    assert "button-name" in {v.id for v in browser.axe(browser.pane(page))}
    page.close()


def test_a_second_look_is_at_the_colours_alone(browser, http):
    page = browser.page(http.url)
    page.set_content('<p style="color: #bbb">Pale</p><img src="data:,">')
    assert "image-alt" in {v.id for v in axe.in_frame(page, None)}
    assert {v.id for v in axe.in_frame(page, None, colours=True)} == {"color-contrast"}
    page.close()


def test_a_check_that_had_nothing_to_look_at_does_not_pass(browser, http):
    page = browser.page(http.url)
    page.evaluate("document.body.append(document.createElement('empty-root'))")
    with pytest.raises(AssertionError, match="nothing to check"):
        axe.in_frame(page, "empty-root")
    page.close()


def test_the_page_sees_the_chosen_colours_and_time_zone(browser, http):
    page = browser.page(http.url)
    assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches")
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Tokyo"
    page.close()


# Pretended hosts, permissions and the toolbar


def test_an_https_host_is_our_own_server_and_the_rest_of_the_world_does_not_exist(browser):
    page = browser.page("https://app.hubspot.com/")
    assert page.title() == "app.hubspot.com"
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://example.com/")
    page.close()


def test_a_granted_origin_is_given_on_a_real_click(browser):
    options = browser.extension_page("options.html")
    browser.grant("https://crm.example.com/*")
    options.click("text=Grant")
    options.wait_for_selector("text=granted: true")
    options.close()


def test_a_click_on_the_toolbar_gives_the_active_tab_alone(browser):
    left, right = browser.page("https://app.hubspot.com/"), browser.page("https://app.hubspot.com/")
    browser.trigger_action(left)
    browser.until(lambda: left.title() == "reached by activeTab")
    assert right.title() == "app.hubspot.com"
    left.close()
    right.close()

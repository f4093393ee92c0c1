"""Files in the composer: there at once, refused with what to do, sent with the text."""

import struct
import zlib
from typing import Any

import pytest
from playwright.sync_api import FilePayload, Page, expect

from demo.browser import axe
from tests.e2e.gallery import COMPOSER, heard, open_gallery, until

gallery = pytest.fixture(scope="module")(open_gallery)

TILE = ".attachment"
PICTURE = f"{TILE} img"
SEND = {"name": "Send", "exact": True}


def png(width: int, height: int, level: int = 6) -> bytes:
    """A picture; level 0 keeps it as large as its pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    rows = (b"\0" + bytes(3 * width)) * height
    pixels = zlib.compress(rows, level)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", pixels), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


SMALL = png(64, 48)


def payload(name: str = "chart.png", kind: str = "image/png", data: bytes = SMALL) -> FilePayload:
    return FilePayload(name=name, mimeType=kind, buffer=data)


def pick(page: Page, *files: FilePayload) -> None:
    page.set_input_files(".compose input[type=file]", list(files))


def give(page: Page, kind: str, where: str, key: str) -> None:
    """Paste or drop a picture, as the browser hands it over."""
    page.evaluate(
        """([kind, where, key, bytes]) => {
          const data = new DataTransfer();
          const file = new File([Uint8Array.from(bytes)], "shot.png", { type: "image/png" });
          data.items.add(file);
          const make = kind === "paste" ? ClipboardEvent : DragEvent;
          const event = new make(kind, { [key]: data, bubbles: true, cancelable: true });
          document.querySelector(where).dispatchEvent(event);
        }""",
        [kind, where, key, list(SMALL)],
    )


def test_a_picked_picture_is_on_the_screen_before_the_backend_has_it(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        page.evaluate("worker.known.deaf = ['upload']")
        pick(page, payload(data=png(3000, 2000)))
        until(page, "document.querySelector('.attachment img')?.naturalWidth > 0")
        expect(page.get_by_role("list", name="Attached files")).to_contain_text("chart.png")


def test_pictures_are_picked_pasted_and_dropped_and_go_with_the_text(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        pick(page, payload())
        give(page, "paste", COMPOSER, "clipboardData")
        give(page, "drop", ".log", "dataTransfer")
        expect(page.locator(PICTURE)).to_have_count(3)
        expect(page.locator(f"{TILE}.done")).to_have_count(3)
        assert axe.in_frame(page, None) == []
        expect(page.locator("#count")).to_contain_text("1 message with 3 files")
        source = page.locator(PICTURE).first.get_attribute("src")
        page.locator(COMPOSER).fill("Three pictures")
        page.keyboard.press("Enter")
        [sent] = heard(page, "send")
        assert (sent["body"], len(sent["media"])) == ("Three pictures", 3)
        expect(page.locator(TILE)).to_have_count(0)
        shown = page.locator(".said.out").last.locator("img")
        expect(shown).to_have_count(3)
        assert shown.first.get_attribute("src") == source, "the same picture, not loaded again"
        page.evaluate(ARRIVES, sent)
        expect(page.locator("[data-message='9000'] img")).to_have_count(3)
        assert shown.first.get_attribute("src") == source, "nor when the backend has it"
        assert page.evaluate("window.stayed"), "and it was never gone between"
        assert heard(page, "fetch_media") == []


def test_a_text_beside_a_pasted_picture_is_pasted_as_text(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        stopped = page.evaluate(
            """(where) => {
              const data = new DataTransfer();
              data.setData("text/plain", "A cell");
              data.items.add(new File(["x"], "cell.png", { type: "image/png" }));
              const options = { clipboardData: data, bubbles: true, cancelable: true };
              const event = new ClipboardEvent("paste", options);
              document.querySelector(where).dispatchEvent(event);
              return event.defaultPrevented;
            }""",
            COMPOSER,
        )
        assert not stopped
        expect(page.locator(TILE)).to_have_count(0)


def test_a_picture_that_is_too_large_is_made_smaller_when_the_rep_says_so(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        pick(page, payload("scan.png", data=png(1600, 1200, level=0)))
        note = page.locator(".note.problem")
        expect(note).to_contain_text("scan.png is 5.8 MB; a text takes 5 MB. As a JPEG: 5.8 MB →")
        assert heard(page, "upload") == []
        expect(page.get_by_role("button", **SEND)).to_have_attribute("aria-disabled", "true")
        page.get_by_role("button", name="Make it smaller").click()
        expect(page.locator(f"{TILE}.done")).to_have_count(1)
        expect(note).to_have_count(0)
        [uploaded] = heard(page, "upload")
        assert (uploaded["name"], uploaded["content_type"]) == ("scan.jpg", "image/jpeg")
        assert uploaded["data"].startswith("/9j/"), "a JPEG"
        assert size_in(page, uploaded["data"]) == [1600, 1200]


def test_the_files_are_removed_by_keyboard_and_had_back(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        pick(page, payload("a.png"), payload("b.pdf", "application/pdf", b"%PDF-1.7"))
        page.get_by_role("button", name="Remove a.png").focus()
        page.keyboard.press("Delete")
        expect(page.locator(TILE)).to_have_count(1)
        expect(page.locator(COMPOSER)).to_be_focused()
        page.get_by_role("button", name="Undo").click()
        expect(page.locator(TILE).first).to_contain_text("a.png")
        expect(page.locator(TILE)).to_have_count(2)


def test_what_can_not_go_is_said_and_holds_the_text(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        pick(page, payload("page.html", "text/html", b"<script>window.ran = true</script>"))
        expect(page.get_by_role("alert").filter(has_text="can't go with a text")).to_be_visible()
        page.locator(COMPOSER).fill("Look")
        page.keyboard.press("Enter")
        assert heard(page, "send") == []
        assert page.evaluate("window.ran") is None
        page.get_by_role("button", name="Remove page.html").click()
        page.keyboard.press("Enter")
        assert [m["body"] for m in heard(page, "send")] == ["Look"]


def test_sending_waits_for_the_upload_and_can_be_stopped(gallery):
    with gallery.show("normal", ready=COMPOSER) as page:
        page.evaluate("worker.known.deaf = ['upload']")
        pick(page, payload())
        page.locator(COMPOSER).fill("Look")
        page.get_by_role("button", **SEND).click()
        page.get_by_role("button", name="Uploading… Stop").click()
        page.get_by_role("button", **SEND).click()
        assert heard(page, "send") == []
        until(page, "worker.all('upload').length")
        page.evaluate("worker.known.deaf = []; worker.post(worker.last('upload')); 0")
        expect(page.locator(TILE)).to_have_count(0)
        assert len(heard(page, "send")) == 1


def test_a_number_without_mms_says_so_instead(gallery):
    with gallery.show("no_files", ready=COMPOSER) as page:
        page.get_by_role("button", name="can't send files").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert").filter(has_text="can't send files")).to_be_visible()
        give(page, "drop", ".log", "dataTransfer")
        expect(page.locator(TILE)).to_have_count(0)


# The backend's message comes; every drawing until then shows the pictures.
ARRIVES = """(sent) => {
  const shown = () => document.querySelector(".said.out img") !== null;
  window.stayed = shown();
  new MutationObserver(() => { window.stayed &&= shown(); })
    .observe(document.querySelector(".log"), { childList: true, subtree: true });
  const [like] = worker.known.messages.filter((m) => m.direction === "outbound");
  const message = {
    ...like, id: 9000, ref: sent.ref, body: sent.body, media: sent.media, media_count: 3,
  };
  worker.tell({ kind: "message", message, conversation: null, created: true });
}"""


def size_in(page: Page, data: str) -> Any:
    return page.evaluate(
        """async (data) => {
          const picture = await createImageBitmap(new Blob([Uint8Array.fromBase64(data)]));
          return [picture.width, picture.height];
        }""",
        data,
    )

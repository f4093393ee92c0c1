"""The part of the tour on which people are imported from a file."""

from collections.abc import Callable, Iterator

from playwright.sync_api import FilePayload, Page

Keep = Callable[[Page, str], None]
Go = Callable[[Page, str], None]
_FIRST = ("Maya", "Sam", "Zoë", "Jo", "Ana", "Luis", "Priya", "Tom")
_LAST = ("Okonkwo", "Lee", "Núñez", "Diaz", "Weber", "Roe", "Shah", "Kim", "Adeyemi", "Park")


def file(rows: int) -> bytes:
    """A CRM's export, of which every fiftieth row has something wrong."""
    return "".join(_lines(rows)).encode("utf-16")


def _lines(rows: int) -> Iterator[str]:
    yield "First Name,Last Name,Title,Account Name,Mobile,Phone,Ext,Email,Notes\n"
    for row in range(rows):
        first, last = _FIRST[row % 8], f"{_LAST[row % 10]}-{row}"
        mobile = "call the desk" if row % 50 == 20 else f"(217) 555-01{row % 100:02}"
        company = f'"Harbor {row % 70}, Inc."'
        yield f"{first},{last},Buyer,{company},{mobile},217-555-0199,{row % 40},,=1+{row}\n"


def importing(page: Page, go: Go, keep: Keep, rows: int = 6000) -> None:
    """Bring a file, choose its columns, watch it, pause it and read what was not loaded."""
    go(page, "Imports")
    keep(page, "imports-before")
    page.get_by_role("link", name="Import people").first.click()
    page.get_by_role("heading", name="Import people", level=1).wait_for()
    keep(page, "import-new")
    page.get_by_role("button", name="Look at its columns").click()
    page.get_by_text("Choose a file.").first.wait_for()
    keep(page, "import-new-wrong")
    page.get_by_label("File").set_input_files(
        FilePayload(name="contacts.csv", mimeType="text/csv", buffer=file(rows))
    )
    page.get_by_role("button", name="Look at its columns").click()
    page.get_by_role("heading", name="contacts.csv", level=1).wait_for()
    keep(page, "import-columns")
    page.get_by_label("Notes").select_option("mobile")
    page.get_by_role("button", name="Start the import").click()
    page.get_by_text("There is another column").first.wait_for()
    keep(page, "import-columns-wrong")
    page.get_by_label("Notes").select_option("")
    page.get_by_role("button", name="Start the import").click()
    page.get_by_role("progressbar").wait_for()
    keep(page, "import-running")
    page.get_by_role("button", name="Pause").click()
    page.get_by_role("button", name="Resume").wait_for()
    keep(page, "import-paused")
    page.get_by_role("button", name="Resume").click()
    page.get_by_role("heading", name="Not loaded", exact=True).wait_for(timeout=60_000)
    keep(page, "import-done")
    page.get_by_role("link", name=f"All {rows // 50} rows").click()
    page.get_by_role("heading", name="Rows that were not loaded", level=1).wait_for()
    keep(page, "import-problems")
    go(page, "Imports")
    keep(page, "imports")

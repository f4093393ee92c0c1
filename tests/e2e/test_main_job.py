"""The main job, as ``make demo CHECK=1`` drives it."""

from demo.browser import Browser
from demo.check import EXTENSION, main_job
from demo.driver import Driver
from demo.stack import Stack


def test_a_rep_texts_from_a_crm_page_and_reads_the_answer_also_while_the_worker_sleeps(
    playwright, desktop, push_service, databases, tmp_path
):
    steps: list[str] = []
    url = databases.blank(tmp_path)
    desktop.clear()
    with (
        Stack(push_url=push_service.url, database_url=url, crm="salesforce") as stack,
        Browser(playwright, EXTENSION, desktop=desktop, push=push_service) as browser,
    ):
        main_job(Driver(browser, stack, desktop), steps.append)
    databases.drop(url)
    assert len(steps) == 27

"""One playwright and one plain Chromium for the whole run: a thread has room for one of them."""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import structlog
from flask import Flask
from playwright.sync_api import Browser, Playwright, sync_playwright

from demo.browser.launch import find_chromium
from tests.compiled_rules import CompiledOnce
from tests.databases import Databases, kind, refuse_sqlite
from tests.databases import databases as of_this_run

# How long an example takes depends on the machine; what is fast is shown by `make bench`.
hypothesis.settings.register_profile("repline", deadline=None)
hypothesis.settings.register_profile("faults", deadline=None, max_examples=2000)
hypothesis.settings.load_profile("repline")

Flask.url_rule_class = CompiledOnce

# Tracebacks are plain, as the product writes them. The usual ones of structlog show the variables
# of each frame, and took longer than the tests that made them.
structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
    ]
)

MEMORY = Path("/dev/shm")
ROOM = 4 * 1024**3
"""Bytes that a run surely does not need; containers often have no more than 64 MB."""


def pytest_configure(config: pytest.Config) -> None:
    """Keep what tests write in memory. Commits wait for the disk (``synchronous=FULL``), and a test
    that waits tells nothing more: whoever kills a process loses what it had not written, as on a
    disk. TMPDIR says otherwise."""
    config.addinivalue_line("markers", "only_on(database): what the other one has no word for")
    if kind() == "postgresql":
        refuse_sqlite()
    if "TMPDIR" in os.environ or not MEMORY.is_dir():
        return
    if os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ["TMPDIR"] = str(MEMORY)  # also for the processes that tests start
        tempfile.tempdir = None  # read it anew


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What is about the other database is left out, and counted as deselected."""
    here: list[pytest.Item] = []
    elsewhere: list[pytest.Item] = []
    for item in items:
        marker = item.get_closest_marker("only_on")
        (here if marker is None or marker.args == (kind(),) else elsewhere).append(item)
    items[:] = here
    config.hook.pytest_deselected(items=elsewhere)


def pytest_collection_finish() -> None:
    """What was imported stays until the end, so the garbage collector need not go through it again
    and again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Databases]:
    with of_this_run(tmp_path_factory.mktemp("empty")) as made:
        yield made


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """Chromium without the extension."""
    browser = playwright.chromium.launch(
        executable_path=find_chromium(playwright), args=["--no-sandbox"]
    )
    yield browser
    browser.close()

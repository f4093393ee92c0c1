"""A real Chromium for tests, demo and benchmarks: desktop, push service and pretended hosts.

For development only: needs playwright, dbus-fast and axe-playwright-python.
"""

from demo.browser.accessibility import Named
from demo.browser.axe import Violation
from demo.browser.certificate import write_certificate
from demo.browser.chromium import Browser
from demo.browser.desktop import Desktop
from demo.browser.notifications import Shown
from demo.browser.processes import Process, free_port
from demo.browser.pushservice import Push, PushService
from demo.browser.serving import Serving

__all__ = [
    "Browser",
    "Desktop",
    "Named",
    "Process",
    "Push",
    "PushService",
    "Serving",
    "Shown",
    "Violation",
    "free_port",
    "write_certificate",
]

"""What the pages are, in the order of the navigation."""

from typing import NamedTuple

from flask import current_app, request, url_for


class Place(NamedTuple):
    """``under``: endpoints that begin with this belong to the place too."""

    title: str
    endpoint: str
    under: str


GROUPS: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        "Team",
        (
            Place("Users", "admin.users", "admin.user"),
            Place("Licenses", "admin.licenses_page", "admin.license"),
            Place("Quick replies", "admin.quick_replies", "admin.quick_repl"),
            Place("Settings", "admin.settings", "admin.settings"),
        ),
    ),
    (
        "Texting",
        (
            Place("Numbers", "admin.numbers_page", "admin.number"),
            Place("A2P", "admin.a2p_page", "admin.a2p"),
            Place("Opt-outs", "admin.opt_outs_page", "admin.opt_out"),
            Place("Restrictions", "admin.restrictions_page", "admin.restriction"),
            Place("Imports", "admin.imports_page", "admin.import"),
        ),
    ),
    (
        "CRM",
        (
            Place("CRMs", "admin.crms_page", "admin.crms"),
            Place("CRM log", "admin.crm_logs_page", "admin.crm_log"),
            Place("Opt-out drift", "admin.crm_drift_page", "admin.crm_drift"),
        ),
    ),
    (
        "Watching",
        (
            Place("Deliverability", "admin.deliverability", "admin.deliverability"),
            Place("Usage and cost", "admin.usage_page", "admin.usage"),
            Place("Queues", "admin.queues_page", "admin.queues"),
            Place("In doubt", "admin.doubt_page", "admin.doubt"),
            Place("Quarantine", "admin.quarantine_page", "admin.quarantine"),
        ),
    ),
    (
        "Records",
        (
            Place("Decisions", "admin.decisions", "admin.decision"),
            Place("Audit log", "admin.audit", "admin.audit"),
        ),
    ),
    (
        "Programs",
        (
            Place("API keys", "admin.api_keys_page", "admin.api_key"),
            Place("Hooks", "admin.hooks_page", "admin.hook"),
        ),
    ),
)


def groups() -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """For each group its title and its (title, address, whether one is there)."""
    here = request.endpoint or ""
    found = []
    for title, places in GROUPS:
        shown = [
            (each.title, url_for(each.endpoint), here.startswith(each.under))
            for each in places
            if each.endpoint in current_app.view_functions
        ]
        if shown:
            found.append((title, shown))
    return found

"""``/admin/``: the pages on which admins look after their team. Drawn here, livened up by htmx.

Each page is a module of :mod:`backend.web.admin.pages` with ``register(web, services)``. Nothing
there asks who calls: :mod:`backend.web.admin.guard` has, for every address below ``/admin/``.
"""

from flask import Blueprint, Flask

from backend.web import ids
from backend.web.admin import failures, guard, notices, rendering
from backend.web.admin.pages import (
    api_keys,
    audit,
    crm_drift,
    crm_logs,
    crm_users,
    crms,
    decisions,
    deliverability,
    doubt,
    hooks,
    imports,
    licenses,
    lists,
    numbers,
    opt_outs,
    quarantine,
    queues,
    quick_replies,
    rounds,
    settings,
    sign_in,
    usage,
    users,
    welcome,
)
from backend.web.admin.services import Services

PREFIX = "/admin"
PAGES = (
    sign_in,
    welcome,
    settings,
    users,
    licenses,
    quick_replies,
    audit,
    crms,
    crm_users,
    crm_logs,
    crm_drift,
    decisions,
    deliverability,
    imports,
    lists,
    numbers,
    opt_outs,
    queues,
    rounds,
    doubt,
    quarantine,
    usage,
    api_keys,
    hooks,
)

__all__ = ["PREFIX", "Services", "register"]


def register(app: Flask, services: Services) -> None:
    ids.register(app)
    web = Blueprint(
        "admin",
        __name__,
        url_prefix=PREFIX,
        template_folder="templates",
        static_folder="static",
        static_url_path="/static",
    )
    guard.register(web, services)
    rendering.register(web)
    failures.register(web)
    for page in PAGES:
        page.register(web, services)
    notices.register(app, services.notice_key)
    app.register_blueprint(web)

"""A record's page: its fields, and what happened to it. Text only; nothing in it executes."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Response, render_template

from simulator.crms.crm import crm

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def record_page(
    name: str, fields: Mapping[str, Any], activities: Iterable[dict[str, str]]
) -> Response:
    """``activities``: ``{what, when, text}`` each, shown the latest first. ``when`` in ISO 8601."""
    html = render_template(
        "crm_record.html",
        crm=crm().dialect.title,
        name=name,
        fields=fields,
        activities=sorted(activities, key=lambda each: each["when"], reverse=True),
    )
    return shown(html)


def shown(html: str) -> Response:
    """A page in which nothing executes."""
    return Response(html, headers={"Content-Security-Policy": _POLICY})

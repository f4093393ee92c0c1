"""What a client gets instead of an answer, when a fault is armed for its request."""

from typing import Any

from flask import Flask, Response, g, jsonify, request

from simulator import breaking
from simulator.crms.crm import Crm, crm
from simulator.crms.faults import AFTER, BEFORE, Fault

HUGE = 5 * 1024 * 1024
_PAGE = "<!doctype html><title>{0}</title><h1>{0}</h1><p>{1}</p>"
_OURS = ("/simulator/", "/static/")


def add_faults(app: Flask) -> None:
    """Ask the armed faults before and after each request of the CRM's own paths, and count it."""
    app.before_request(_before)
    app.after_request(_after)


def is_api(crm: Crm, path: str) -> bool:
    return path.startswith(crm.dialect.api)


def _before() -> Response | None:
    path = request.path
    if path.startswith(_OURS):
        return None
    with crm().store.change() as books:
        rule = request.url_rule.rule if request.url_rule else "no such path"
        asked = f"{request.method} {rule}"
        books.requests[asked] = books.requests.get(asked, 0) + 1
    api_only = {"expired", "limit"}
    kinds = BEFORE if is_api(crm(), path) else tuple(k for k in BEFORE if k not in api_only)
    fault = crm().faults.spend(kinds, request.method, path)
    # Faults that spoil answers are for answers of requests that were carried out.
    g.carried_out = fault is None
    return _instead(fault) if fault else None


def _instead(fault: Fault) -> Response:
    dialect = crm().dialect
    match fault.kind:
        case "expired":
            return dialect.expired()
        case "limit":
            return dialect.limit()
        case "error":
            return dialect.failed()
        case "html":
            return Response(_PAGE.format("Sign in", "Your browser does not take cookies."))
        case "refused":
            breaking.drop()
            return Response(status=503)
    page = _PAGE.format("Service unavailable", f"{dialect.title} is down for maintenance.")
    return Response(page, status=503)


def _after(answer: Response) -> Response:
    if not g.get("carried_out", False):
        return answer
    fault = crm().faults.spend(AFTER, request.method, request.path)
    if not fault:
        return answer
    match fault.kind:
        case "lost":
            breaking.drop()
        case "truncated":
            breaking.cut_off(answer)
        case "slow":
            crm().stopping.wait(fault.seconds)
        case "missing" if answer.is_json:
            answer.data = jsonify(_without(answer.get_json(), fault.fields)).data
        case "huge":
            answer.data = jsonify(_with_filler(answer.get_json(silent=True))).data
            answer.content_type = "application/json"
    return answer


def _without(value: Any, names: list[str]) -> Any:
    if not names:
        return {}
    if isinstance(value, dict):
        return {key: _without(each, names) for key, each in value.items() if key not in names}
    return [_without(each, names) for each in value] if isinstance(value, list) else value


def _with_filler(value: Any) -> Any:
    filler = {"filler": "x" * HUGE}
    if isinstance(value, list):
        return [*value, filler]
    return {**value, **filler} if isinstance(value, dict) else filler

"""Salesforce's REST paths: who may ask, how often, and its words when something is wrong."""

import re
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, request
from werkzeug.exceptions import HTTPException

from simulator.crms.crm import crm
from simulator.crms.salesforce.errors import (
    SalesforceError,
    expired,
    not_found,
    over_limit,
    refusal,
)
from simulator.crms.salesforce.objects import find
from simulator.crms.salesforce.schema import Object
from simulator.crms.salesforce.writing import Several, Writer
from simulator.crms.times import within

DATA = "/services/data"
blueprint = Blueprint("data", __name__, url_prefix=f"{DATA}/v<version>")
_VERSION = re.compile(r"(2\d|3\d|4\d|5\d|6[0-6])\.0")
_DAY = timedelta(days=1)


@blueprint.before_request
def admit() -> None:
    """Ask for an access token that may use the API, and count the call."""
    g.user = signed_in_user()
    now = crm().now()
    with crm().store.change() as books:
        books.calls = within(books.calls, now, _DAY)
        if len(books.calls) >= crm().settings.budget:
            raise over_limit()
        books.calls.append(now)


@blueprint.after_request
def say_usage(answer: Response) -> Response:
    with crm().store.look() as books:
        used = len(books.calls)
    answer.headers["Sforce-Limit-Info"] = f"api-usage={used}/{crm().settings.budget}"
    return answer


def signed_in_user() -> str:
    """The id of the user whose access token came along; SalesforceError without one that holds."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    grant = crm().who(token) if scheme.lower() in ("bearer", "oauth") else None
    if not grant:
        raise expired()
    if not {"api", "full"} & set(grant.scopes):
        message = "This session is not valid for use with the REST API"
        raise SalesforceError("INVALID_SESSION_ID", message)
    return grant.user


def root(version: str) -> str:
    """How addresses of this version begin; SalesforceError for one that there is not."""
    if not _VERSION.fullmatch(version):
        raise not_found()
    return f"{DATA}/v{version}"


def named(object: str) -> Object:
    return find(object, crm().switches) or _no_such()


def writer() -> Writer:
    return Writer(crm(), g.user, (request.method, request.path))


def body() -> dict[str, Any]:
    """The request's JSON object."""
    given = request.get_json(silent=True)
    if not isinstance(given, dict):
        message = "Unexpected character at [line:1, column:1]: a JSON object is expected"
        raise SalesforceError("JSON_PARSER_ERROR", message)
    return given


def _no_such() -> Object:
    raise not_found()


@blueprint.app_errorhandler(SalesforceError)
def refused(error: SalesforceError) -> Response:
    return refusal(error)


@blueprint.app_errorhandler(Several)
def several(error: Several) -> tuple[Response, int]:
    """300, with the addresses of the records."""
    args = request.view_args or {}
    where = f"{root(args['version'])}/sobjects/{named(args['object']).name}"
    return jsonify([f"{where}/{id}" for id in error.ids]), 300


@blueprint.app_errorhandler(HTTPException)
def http_error(error: HTTPException) -> Response | HTTPException:
    if not request.path.startswith(DATA):
        return error
    if error.code == 405:
        message = f"HTTP Method '{request.method}' not allowed. Allowed are GET,POST"
        return refusal(SalesforceError("METHOD_NOT_ALLOWED", message))
    if error.code == 500:
        current_app.logger.error("a stand-in's own mistake", exc_info=error)
        return refusal(SalesforceError("UNKNOWN_EXCEPTION", "An unexpected error occurred"))
    return refusal(not_found())

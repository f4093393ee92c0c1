"""Twilio's REST paths: who may ask, and Twilio's words when something is wrong."""

from flask import Blueprint, Response, current_app, g, jsonify, request

from simulator import sids
from simulator.carrier import Carrier
from simulator.errors import TwilioError


def carrier() -> Carrier:
    """The carrier that the running app serves."""
    found: Carrier = current_app.extensions["carrier"]
    return found


def not_found() -> TwilioError:
    return TwilioError(20404, request.path)


def authenticate(account_sid: str | None = None) -> str:
    """The SID of the account that asks; TwilioError 20003 unless it proves it, and asks for its
    own things."""
    given = request.authorization
    if given and given.type == "basic" and given.username and given.password:
        with carrier().state.look() as books:
            account = books.accounts.get(given.username)
        if account and account.auth_token == given.password and account_sid in (None, account.sid):
            return account.sid
    raise TwilioError(20003)


def protect(blueprint: Blueprint) -> None:
    """Ask for the account's credentials before anything in the blueprint."""

    @blueprint.before_request
    def check() -> None:
        path_args = request.view_args or {}
        g.account_sid = authenticate(path_args.get("account_sid"))


def refuse_or_go_on(operation: str, to: str | None = None, from_: str | None = None) -> None:
    """Raise what an armed fault says that this request is answered with."""
    faults = carrier().faults
    if faults.spend("http_429", on=operation, to=to, from_=from_):
        raise TwilioError(20429)
    if fault := faults.spend("http_5xx_before", on=operation, to=to, from_=from_):
        raise TwilioError(20500, status=fault.http_status)


def refusal(error: TwilioError) -> Response:
    response = jsonify(error.body())
    response.status_code = error.status
    if error.status == 401:
        response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
    response.headers["Twilio-Request-Id"] = sids.new("RQ")
    return response

"""The simulator as a Flask app."""

import threading

from flask import Flask, Response, jsonify, request
from werkzeug.exceptions import HTTPException

from simulator import control, outbound, page
from simulator.carrier import Carrier, open_carrier
from simulator.control import audit, phones, texts
from simulator.control import registrations as verdicts
from simulator.errors import BadRequest, TwilioError
from simulator.rest import (
    accounts,
    authenticate,
    lookups,
    media,
    messages,
    numbers,
    refusal,
    registrations,
    services,
    short_codes,
)
from simulator.settings import Settings

CONTROLS = (audit, phones, texts, verdicts)
"""They add their routes to the one blueprint of ``control`` when they are imported."""

MAX_REQUEST = 80 * 1024 * 1024
"""Ten pictures in base64, and something around them."""


def create_app(settings: Settings, carrier: Carrier | None = None) -> Flask:
    """Serve ``carrier``, or a new one made of ``settings``; ``app.extensions["carrier"]`` is it."""
    app = Flask(__name__, static_folder=None)
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST
    app.config["MAX_FORM_MEMORY_SIZE"] = MAX_REQUEST
    # Another name for this machine is a web page that tries to reach us by its own name.
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost"]
    carrier = carrier or open_carrier(settings)
    app.extensions["carrier"] = carrier
    rest = (accounts, messages, media, numbers, short_codes, services, registrations, lookups)
    for module in (*rest, page):
        app.register_blueprint(module.blueprint)
    app.register_blueprint(media.content)
    app.register_blueprint(control.blueprint)
    app.register_error_handler(TwilioError, refusal)
    app.register_error_handler(BadRequest, _bad_request)
    app.register_error_handler(HTTPException, _http_error)
    outbound.resume(carrier)
    threading.Thread(target=outbound.keep_releasing, args=(carrier,), daemon=True).start()
    return app


def _bad_request(error: BadRequest) -> tuple[Response, int]:
    return jsonify(error=str(error)), error.status


def _http_error(error: HTTPException) -> Response | tuple[Response, int]:
    status = error.code or 500
    if not request.path.startswith(("/2010-04-01/", "/v1/", "/v2/")):
        return jsonify(error=error.description), status
    try:
        authenticate()
    except TwilioError as refused:
        return refusal(refused)
    code = {404: 20404, 405: 20004}.get(status, 20001 if status < 500 else 20500)
    return refusal(TwilioError(code, request.path, status))

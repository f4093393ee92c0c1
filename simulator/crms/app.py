"""A stand-in as a Flask app."""

from flask import Flask, Response, jsonify

from simulator.crms import control
from simulator.crms.crm import Crm
from simulator.crms.sign_in import add_sign_in
from simulator.crms.spoiling import add_faults
from simulator.errors import BadRequest

MAX_REQUEST = 16 * 1024 * 1024


def create_app(crm: Crm) -> Flask:
    """Serve ``crm``; ``app.extensions["crm"]`` is it."""
    app = Flask(__name__)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.config["MAX_CONTENT_LENGTH"] = MAX_REQUEST
    # Another name for this machine is a web page that tries to reach us by its own name.
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost"]
    app.extensions["crm"] = crm
    add_faults(app)
    add_sign_in(app, crm)
    for blueprint in (*crm.dialect.blueprints, control.blueprint):
        app.register_blueprint(blueprint)
    app.register_error_handler(BadRequest, _bad_request)
    return app


def _bad_request(error: BadRequest) -> tuple[Response, int]:
    return jsonify(error=str(error)), error.status

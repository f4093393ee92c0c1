"""The CRM's server: one page for every record, the records as JSON, and nothing else."""

from flask import Flask, Response, abort, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from demo.crm import records as crm

# As strict as a real CRM's: what the extension shows must not depend on the page allowing it.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "frame-src 'none'",
        "frame-ancestors 'none'",
        "form-action 'none'",
        "base-uri 'none'",
    )
)
PEOPLE = ("contacts", "leads")


def create_app() -> Flask:
    """A CRM of its own: edits live as long as the app and are seen by no other."""
    app = Flask(__name__)
    app.config["MAX_CONTENT_LENGTH"] = 64 * 1024
    app.json.sort_keys = False  # type: ignore[attr-defined]
    records = crm.load()

    @app.get("/")
    def home() -> str:
        return render_template("page.html")

    @app.get(f"/<any({', '.join(crm.KINDS)}):kind>")
    def listed(kind: str) -> str:
        return render_template("page.html")

    @app.get(f"/<any({', '.join(crm.KINDS)}):kind>/<int:id>")
    def record(kind: str, id: int) -> str:
        if not crm.find(records, kind, id):
            abort(404)
        return render_template("page.html")

    @app.get("/api/people.json")
    def people() -> Response:
        return jsonify(records)

    @app.patch(f"/api/<any({', '.join(PEOPLE)}):kind>/<int:id>")
    def edit(kind: str, id: int) -> Response | tuple[Response, int]:
        found = crm.find(records, kind, id) or abort(404)
        try:
            # Only application/json: a form on another site cannot send it unasked.
            crm.edit(found, request.get_json())
        except crm.Refused as refused:
            return jsonify(error=str(refused)), 422
        return jsonify(found)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> HTTPException | tuple[Response | str, int]:
        status = error.code or 500
        if request.path.startswith("/api/"):
            return jsonify(error=error.name), status
        # The page itself says what is missing, with the way back.
        return (render_template("page.html"), status) if status == 404 else error

    @app.after_request
    def guard(response: Response) -> Response:
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "same-origin"
        return response

    return app

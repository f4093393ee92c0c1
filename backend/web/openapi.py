"""``/openapi.json``: OpenAPI 3.1, made from the routes and structs that serve the API."""

import re
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

import msgspec
from flask import Blueprint, Response
from msgspec import Struct

from backend.web.api import PREFIX, ROUTES
from backend.web.api.problems import TYPE
from backend.web.api.routes import Route
from shared import wire

_SCHEMAS = "#/components/schemas/{name}"
_PARAMETER = re.compile(r"<(?:([^:<>]+):)?(\w+)>")
_ANYWHERE = (500,)
_WITH_BODY = (400, 413, 415)
_SIGNED_IN = (401, 403)


def document(public_url: str) -> dict[str, Any]:
    """The whole description, of the API at ``public_url``."""
    structs: set[type[Struct]] = {wire.Problem}
    for route in ROUTES:
        structs |= {kind for kind in (*route.answers.values(), route.body) if kind}
    in_order = sorted(structs, key=lambda each: each.__name__)
    _, schemas = msgspec.json.schema_components(in_order, ref_template=_SCHEMAS)
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        path = PREFIX + _PARAMETER.sub(r"{\2}", route.path)
        paths.setdefault(path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Repline",
            "version": version("repline"),
            "description": "Texts between reps and the people in their CRM. Times are"
            " milliseconds since 1970 UTC.",
        },
        "servers": [{"url": public_url}],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {
                "accessToken": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "apiKey": {"type": "http", "scheme": "bearer", "bearerFormat": "rpl_…"},
            },
        },
    }


def blueprint(public_url: str) -> Blueprint:
    web = Blueprint("openapi", __name__)
    # Nothing in it changes while the process lives.
    encoded = msgspec.json.encode(document(public_url))

    @web.get("/openapi.json")
    def openapi() -> Response:
        return Response(encoded, content_type="application/json")

    return web


def _operation(route: Route) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.summary,
        "security": _security(route),
        "responses": _responses(route),
    }
    parameters = [_in_path(*found) for found in _PARAMETER.findall(route.path)]
    if route.query:
        parameters += _in_query(route.query)
    if parameters:
        operation["parameters"] = parameters
    if route.body:
        operation["requestBody"] = {"required": True, "content": _json(route.body)}
    if route.files:
        operation["requestBody"] = {"required": True, "content": {kind: {} for kind in route.files}}
    return operation


def _responses(route: Route) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    for status, kind in route.answers.items():
        responses[str(status)] = {"description": HTTPStatus(status).phrase}
        if kind:
            responses[str(status)]["content"] = _json(kind)
    for status in sorted(_refusals(route)):
        responses[str(status)] = {
            "description": HTTPStatus(status).phrase,
            "content": _json(wire.Problem, TYPE),
        }
    return responses


def _security(route: Route) -> list[dict[str, list[str]]]:
    if not route.signed_in:
        return []
    return [{"accessToken": []}, *([{"apiKey": [route.scope]}] if route.scope else [])]


def _refusals(route: Route) -> set[int]:
    found = {*route.problems, *_ANYWHERE}
    if route.body:
        found.update(_WITH_BODY)
    if route.query:
        found.add(400)
    if route.signed_in:
        found.update(_SIGNED_IN)
    return found


def _json(kind: type[Struct], media_type: str = "application/json") -> dict[str, Any]:
    return {media_type: {"schema": {"$ref": _SCHEMAS.format(name=kind.__name__)}}}


def _in_path(converter: str, name: str) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if converter == "id":
        schema = {"type": "integer", "minimum": 1, "maximum": 2**53 - 1}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(kind: type[Struct]) -> list[dict[str, Any]]:
    (_,), schemas = msgspec.json.schema_components([kind], ref_template=_SCHEMAS)
    schema = schemas[kind.__name__]
    needed = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": of}
        for name, of in schema["properties"].items()
    ]

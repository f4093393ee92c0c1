"""Whether an answer is what the OpenAPI description says of its route."""

import re
from functools import cache
from typing import Any

import jsonschema
import msgspec
from werkzeug.exceptions import HTTPException
from werkzeug.test import TestResponse

from backend.web.openapi import document


@cache
def _description() -> dict[str, Any]:
    return document("https://repline.example.com")


@cache
def _validator(path: str, method: str, status: str, kind: str) -> Any:
    """None where no body is described; fails where the answer is not."""
    responses = _description()["paths"][path][method]["responses"]
    assert status in responses, f"{method} {path} does not say that it answers {status}"
    content = responses[status].get("content")
    if content is None:
        return None
    schema = {**content[kind]["schema"], "components": _description()["components"]}
    return jsonschema.Draft202012Validator(schema)


def check(urls: Any, method: str, answer: TestResponse) -> None:
    """Fail unless the answer is as described; what no route takes is described nowhere."""
    try:
        rule, _ = urls.match(answer.request.path, method=method, return_rule=True)
    except HTTPException:
        return
    if method == "OPTIONS":
        return
    path = re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule)
    validator = _validator(path, method.lower(), str(answer.status_code), answer.mimetype)
    if validator is None:
        assert answer.data == b""
    else:
        validator.validate(msgspec.json.decode(answer.data))

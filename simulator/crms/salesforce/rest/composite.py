"""Several requests in one call, each of which may use what those before it answered."""

import re
from typing import Any

from flask import current_app, g, request

from simulator.crms.crm import crm
from simulator.crms.salesforce.errors import SalesforceError
from simulator.crms.salesforce.rest import DATA, blueprint, body, root

_MAX = 25
_REFERENCE = re.compile(r"@\{([^}]*)\}")
_ROLLED_BACK = (
    "The transaction was rolled back since another operation in the same transaction failed."
)
Answer = dict[str, Any]


@blueprint.post("/composite")
@blueprint.post("/composite/")
def composite(version: str) -> Answer:
    """``{compositeRequest: [{method, url, referenceId, body}], allOrNone}`` -> an answer to each.

    With ``allOrNone`` nothing is kept once one of them fails.
    """
    root(version)
    given = body()
    asked = given.get("compositeRequest")
    if not isinstance(asked, list) or not all(isinstance(each, dict) for each in asked):
        raise SalesforceError("JSON_PARSER_ERROR", "compositeRequest must be an array of objects")
    if len(asked) > _MAX:
        message = f"The number of subrequests cannot exceed {_MAX}"
        raise SalesforceError("LIMIT_EXCEEDED", message)
    all_or_none = given.get("allOrNone") is True
    with crm().store.undoable() as undo:
        answers = _run(asked, all_or_none)
        failed = [not 200 <= answer["httpStatusCode"] < 300 for answer in answers]
        if all_or_none and any(failed):
            undo()
            answers = [
                answer if bad else _halted(answer["referenceId"], _ROLLED_BACK)
                for answer, bad in zip(answers, failed, strict=True)
            ]
    return {"compositeResponse": answers}


def _run(asked: list[Answer], all_or_none: bool) -> list[Answer]:
    answers: dict[str, Answer] = {}
    for place, each in enumerate(asked):
        reference = str(each.get("referenceId") or f"request{place}")
        try:
            url = _filled(str(each.get("url", "")), answers)
            sent = _filled(each.get("body"), answers)
        except LookupError as error:
            answers[reference] = _halted(reference, str(error.args[0]))
        else:
            answers[reference] = _one(reference, str(each.get("method", "")).upper(), url, sent)
        if all_or_none and answers[reference]["httpStatusCode"] >= 300:
            for later in asked[place + 1 :]:
                name = str(later.get("referenceId"))
                answers[name] = _halted(name, _ROLLED_BACK)
            break
    return list(answers.values())


def _one(reference: str, method: str, url: str, sent: Any) -> Answer:
    inner = re.sub(rf"^{DATA}/v[^/]+", "", url)
    nested = inner.startswith("/composite") and not inner.startswith("/composite/sobjects/")
    if not url.startswith(f"{DATA}/") or nested:
        return _halted(reference, f"Invalid subrequest address: {url}")
    user = g.user
    # Inside of this call: it counts as one, and its faults have been asked already.
    with current_app.test_request_context(
        url, method=method, json=sent, base_url=request.host_url, headers=dict(request.headers)
    ):
        g.user = user
        try:
            answer = current_app.make_response(current_app.dispatch_request())
        except Exception as error:
            answer = current_app.make_response(current_app.handle_user_exception(error))
    location = answer.headers.get("Location")
    return {
        "body": answer.get_json(silent=True),
        "httpHeaders": {"Location": location} if location else {},
        "httpStatusCode": answer.status_code,
        "referenceId": reference,
    }


def _halted(reference: str, message: str) -> Answer:
    body = SalesforceError("PROCESSING_HALTED", message).body()
    return {"body": body, "httpHeaders": {}, "httpStatusCode": 400, "referenceId": reference}


def _filled(value: Any, answers: dict[str, Answer]) -> Any:
    """The value with each ``@{reference.path}`` replaced; LookupError for one that is not there."""
    if isinstance(value, dict):
        return {key: _filled(each, answers) for key, each in value.items()}
    if isinstance(value, list):
        return [_filled(each, answers) for each in value]
    if isinstance(value, str):
        return _REFERENCE.sub(lambda match: str(_referred(match[1], answers)), value)
    return value


def _referred(path: str, answers: dict[str, Answer]) -> Any:
    reference, _, rest = path.partition(".")
    found: Any = (answers.get(reference) or {}).get("body")
    try:
        for part in re.findall(r"[^.\[\]]+", rest):
            found = found[int(part)] if isinstance(found, list) else found[part]
    except (LookupError, TypeError, ValueError):
        found = None
    if found is None or isinstance(found, dict | list):
        message = f"Invalid reference specified. No value for {path} found in {reference}."
        raise LookupError(message)
    return found

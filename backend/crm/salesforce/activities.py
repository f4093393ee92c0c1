"""Activities as Salesforce's Tasks, each there once.

With an external id field (unique) each is an upsert by our key, up to 200 in one API call. Without
one the key is kept in ``CallObject``, which can be searched, and looked for before each retry.
"""

from collections.abc import Sequence
from typing import Any

from backend.crm import web
from backend.crm.meaning import without
from backend.crm.salesforce.calls import Said, call, id_of, query, quoted
from backend.crm_port import Access, Entry, Failed, Fields, Logged, Misconfigured, Outcome, Refused

AT_ONCE = 200
SUBJECT, DESCRIPTION = 255, 32_000
"""Longest ``Subject`` and ``Description`` of a Task."""
MAY_GO = {"Type": "Type", "OwnerId": "its owner", "WhatId": "the opportunity"}
"""Fields without which a Task is still what happened, as they are called in a note."""
OF_FIELD = {
    "OP_WITH_INVALID_USER_TYPE_EXCEPTION": "OwnerId",
    "INACTIVE_OWNER_OR_USER": "OwnerId",
}
"""Errors that name no field, and are about one."""
MAY_WORK_LATER = {
    "UNABLE_TO_LOCK_ROW",
    "DUPLICATE_VALUE",
    "UNKNOWN_EXCEPTION",
    "SERVER_UNAVAILABLE",
}
GONE = {"ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY"}


def log(access: Access, fields: Fields, entries: Sequence[Entry]) -> list[Outcome]:
    if not fields.key:
        return [_searched(access, fields, each) for each in entries]
    tasks = [_task(fields, each) | {fields.key: each.key} for each in entries]
    results = _upsert(access, fields.key, tasks)
    return [
        _outcome(access, fields.key, task, result, entry.external_id)
        for entry, task, result in zip(entries, tasks, results, strict=True)
    ]


def remove(access: Access, external_id: str) -> None:
    try:
        call(access, f"sobjects/Task/{external_id}", "DELETE")
    except Said as said:
        if said.status != 404:
            raise


def _task(fields: Fields, entry: Entry) -> dict[str, Any]:
    task: dict[str, Any] = {
        "Subject": entry.subject[:SUBJECT],
        "Status": "Completed",
        "ActivityDate": entry.day,
        "Description": entry.body[:DESCRIPTION],
        "WhoId": entry.who_id,
        # Salesforce refuses a lead's Task that is related to anything else.
        "WhatId": (entry.what_id or None) if entry.who_type == "contact" else None,
    }
    if entry.owner_id:
        task["OwnerId"] = entry.owner_id
    if fields.type and entry.kind == "message":
        task["Type"] = fields.type
    return task


def _upsert(access: Access, key: str, tasks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    sent = {
        "allOrNone": False,
        "records": [{"attributes": {"type": "Task"}, **each} for each in tasks],
    }
    try:
        results = call(access, f"composite/sobjects/Task/{key}", "PATCH", json=sent)
    except Said as said:
        if said.status == 404:
            raise Misconfigured(
                f"Salesforce lacks the field {key} of Tasks, or it is no External ID any more, or"
                " whoever signed in may not see it. Restore it there, or choose another key."
            ) from None
        raise
    if not isinstance(results, list) or len(results) != len(tasks):
        raise web.unreachable("Salesforce", "an answer without a result for each")
    if not all(isinstance(each, dict) and ("id" in each or "errors" in each) for each in results):
        raise web.unreachable("Salesforce", "an answer without a result for each")
    return results


def _outcome(
    access: Access, key: str, task: dict[str, Any], result: dict[str, Any], former: str
) -> Outcome:
    """What became of one, tried anew without the fields that the org rejects. ``former`` is the id
    that it had: another where it was made before the org had the field for our key, and then it
    goes."""
    left_out: list[str] = []
    while not result.get("success"):
        errors = [each for each in result.get("errors") or [] if isinstance(each, dict)]
        said = Said(400, errors or [{"message": "no reason was given"}])
        rejected = _rejected(said, task)
        if not rejected:
            return _said_no(said)
        left_out += [MAY_GO[each] for each in rejected]
        task = {name: value for name, value in task.items() if name not in rejected}
        (result,) = _upsert(access, key, [task])
    id = str(result.get("id", ""))
    if former not in ("", id):
        try:
            remove(access, former)
        except Said as said:
            return Refused(f"Salesforce has it twice. Delete {former} there: {said.shown}")
    return _logged(access, id, left_out)


def _searched(access: Access, fields: Fields, entry: Entry) -> Outcome:
    """One Task whose key is in a field that is neither unique nor an external id."""
    task = _task(fields, entry) | {"CallObject": entry.key}
    id = entry.external_id
    if not id and entry.tried:
        soql = f"SELECT Id FROM Task WHERE CallObject = {quoted(entry.key)} ORDER BY CreatedDate"
        id = next((id_of(each) for each in query(access, soql)), "")
    left_out: list[str] = []
    while True:
        try:
            if id:
                call(access, f"sobjects/Task/{id}", "PATCH", json=task)
            else:
                answer = call(access, "sobjects/Task", "POST", json=task)
                id = str(answer["id"]) if isinstance(answer, dict) and answer.get("id") else ""
            break
        except Said as said:
            rejected = _rejected(said, task)
            if not rejected:
                return _said_no(said)
            left_out += [MAY_GO[each] for each in rejected]
            task = {name: value for name, value in task.items() if name not in rejected}
    if not id:
        raise web.unreachable("Salesforce", "an answer without an id")
    return _logged(access, id, left_out)


def _rejected(said: Said, task: dict[str, Any]) -> list[str]:
    about = said.fields or [OF_FIELD.get(said.code, "")]
    about += [name for name in MAY_GO if f"'{name}'" in said.message]
    return [name for name in dict.fromkeys(about) if name in MAY_GO and name in task]


def _said_no(said: Said) -> Outcome:
    if said.code in MAY_WORK_LATER or said.status >= 500:
        return Failed(f"Salesforce: {said.shown}")
    if said.code in GONE and (not said.fields or "WhoId" in said.fields):
        return Refused("The person's record is deleted in Salesforce.")
    return Refused(f"Salesforce refused it: {said.shown}")


def _logged(access: Access, id: str, left_out: list[str]) -> Logged:
    return Logged(id, f"{access.base_url}/lightning/r/Task/{id}/view", without(left_out))

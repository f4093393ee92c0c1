"""Up to 200 records by an external id in one call."""

from typing import Any

from flask import Response, jsonify

from simulator.crms.crm import crm
from simulator.crms.salesforce.errors import SalesforceError
from simulator.crms.salesforce.rest import blueprint, body, named, root, writer
from simulator.crms.salesforce.rest.records import external
from simulator.crms.salesforce.schema import Field, Object
from simulator.crms.salesforce.writing import Several

_MAX = 200
_ROLLED_BACK = (
    "Record rolled back because not all records were valid and the request was using AllOrNone "
    "header"
)
Result = dict[str, Any]


@blueprint.patch("/composite/sobjects/<object>/<key>")
def upsert_many(version: str, object: str, key: str) -> Response:
    """``{records: [{attributes: {type}, …}], allOrNone}`` -> a result for each, in their order."""
    root(version)
    kind, given = named(object), body()
    field = external(kind, key)
    records = given.get("records")
    if not isinstance(records, list) or not all(isinstance(each, dict) for each in records):
        raise SalesforceError("JSON_PARSER_ERROR", "records must be an array of objects")
    if len(records) > _MAX:
        message = f"record limit reached. cannot submit more than {_MAX} records in this call"
        raise SalesforceError("EXCEEDED_ID_LIMIT", message)
    with crm().store.undoable() as undo:
        keys = [str(_key(field, each)).lower() for each in records]
        results = [
            _refused(_twice(field, each)) if keys.count(k) > 1 else _one(kind, field, each)
            for k, each in zip(keys, records, strict=True)
        ]
        if given.get("allOrNone") is True and not all(result["success"] for result in results):
            undo()
            rolled_back = SalesforceError("ALL_OR_NONE_OPERATION_ROLLED_BACK", _ROLLED_BACK)
            results = [_refused(rolled_back) if r["success"] else r for r in results]
    return jsonify(results)


def _one(object: Object, field: Field, record: dict[str, Any]) -> Result:
    value = _key(field, record)
    if value in (None, ""):
        return _refused(SalesforceError("MISSING_ARGUMENT", f"{field.name} not specified"))
    given = {name: each for name, each in record.items() if name.lower() != field.name.lower()}
    try:
        id, new = writer().upsert(object, field, str(value), given)
    except SalesforceError as error:
        return _refused(error)
    except Several as error:
        message = f"more than one record found for external id field: [{', '.join(error.ids)}]"
        return _refused(SalesforceError("DUPLICATE_EXTERNAL_ID", message))
    return {"id": id, "success": True, "errors": [], "created": new}


def _key(field: Field, record: dict[str, Any]) -> Any:
    return next((v for name, v in record.items() if name.lower() == field.name.lower()), None)


def _twice(field: Field, record: dict[str, Any]) -> SalesforceError:
    message = f"Duplicate external id specified: {_key(field, record)}"
    return SalesforceError("DUPLICATE_VALUE", message, [field.name])


def _refused(error: SalesforceError) -> Result:
    return {"success": False, "errors": [error.result()]}

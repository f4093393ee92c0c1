"""What the org says of its tables' columns.

https://learn.microsoft.com/power-apps/developer/data-platform/webapi/query-metadata-web-api
"""

from typing import Any
from uuid import NAMESPACE_URL, uuid5

from flask import Blueprint, request

from simulator.crms.crm import crm
from simulator.crms.dynamics.api import BASE
from simulator.crms.dynamics.errors import NO_SET, DataverseError, bad_query
from simulator.crms.dynamics.reference import BY_NAME
from simulator.crms.dynamics.schema import Column

blueprint = Blueprint("definitions", __name__)

_TYPES = {
    "string": "String",
    "memo": "Memo",
    "int": "Integer",
    "decimal": "Decimal",
    "bool": "Boolean",
    "datetime": "DateTime",
    "guid": "Uniqueidentifier",
    "picklist": "Picklist",
}
_LABELS = {"new_donottext": "Do not text", "new_extension": "Extension"}


@blueprint.get("/EntityDefinitions(LogicalName='<name>')/Attributes")
def attributes(name: str) -> dict[str, Any]:
    table = BY_NAME.get(name)
    if not table:
        raise DataverseError(404, NO_SET, f"Could not find an entity with name {name}.")
    wanted = [each.strip() for each in request.args.get("$select", "").split(",") if each.strip()]
    found = [_told(name, column) for column in table.all_columns()]
    if unknown := [each for each in wanted if each not in found[0]]:
        raise bad_query(f"Could not find a property named '{unknown[0]}' on AttributeMetadata.")
    return {
        "@odata.context": f"{crm().url}{BASE}/$metadata#EntityDefinitions('{name}')/Attributes",
        "value": [
            {k: v for k, v in each.items() if not wanted or k in {*wanted, "MetadataId"}}
            for each in found
        ],
    }


def _told(table: str, column: Column) -> dict[str, Any]:
    label = {
        "Label": _LABELS.get(column.name, column.name),
        "LanguageCode": 1033,
        "IsManaged": False,
        "MetadataId": str(uuid5(NAMESPACE_URL, f"label:{table}.{column.name}")),
        "HasChanged": None,
    }
    return {
        "LogicalName": column.name,
        "AttributeType": _TYPES[column.type],
        "DisplayName": {"LocalizedLabels": [label], "UserLocalizedLabel": label},
        "IsValidForUpdate": not column.read_only,
        "MetadataId": str(uuid5(NAMESPACE_URL, f"{table}.{column.name}")),
    }

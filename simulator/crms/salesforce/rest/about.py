"""What the org says of itself: versions, objects and their fields, limits, who is signed in."""

from typing import Any

from flask import Blueprint, Response, g, jsonify

from simulator.crms.crm import crm
from simulator.crms.salesforce import ids
from simulator.crms.salesforce.errors import SalesforceError
from simulator.crms.salesforce.objects import OBJECTS, find
from simulator.crms.salesforce.rest import DATA, blueprint, named, root, signed_in_user
from simulator.crms.salesforce.schema import Field, Object
from simulator.crms.salesforce.values import label

ORG = ids.of_number("00D", 1)
outside = Blueprint("about", __name__)
"""What does not count as a call of the API."""


@outside.get(f"{DATA}/")
@outside.get(DATA)
def versions() -> Response:
    return jsonify(
        [
            {"label": f"{number}.0", "url": f"{DATA}/v{number}.0", "version": f"{number}.0"}
            for number in range(31, 67)
        ]
    )


@blueprint.get("")
@blueprint.get("/")
def resources(version: str) -> dict[str, str]:
    where = root(version)
    names = ("sobjects", "query", "queryAll", "composite", "limits")
    return {name: f"{where}/{name}" for name in names}


@blueprint.get("/limits")
@blueprint.get("/limits/")
def limits(version: str) -> dict[str, Any]:
    root(version)
    with crm().store.look() as books:
        left = crm().settings.budget - len(books.calls)
    return {"DailyApiRequests": {"Max": crm().settings.budget, "Remaining": max(left, 0)}}


@blueprint.get("/sobjects")
@blueprint.get("/sobjects/")
def objects(version: str) -> dict[str, Any]:
    found = [find(name, crm().switches) for name in OBJECTS]
    return {
        "encoding": "UTF-8",
        "maxBatchSize": 200,
        "sobjects": [_summary(version, object) for object in found if object],
    }


@blueprint.get("/sobjects/<object>")
@blueprint.get("/sobjects/<object>/")
def summary(version: str, object: str) -> dict[str, Any]:
    return {"objectDescribe": _summary(version, named(object)), "recentItems": []}


@blueprint.get("/sobjects/<object>/describe")
@blueprint.get("/sobjects/<object>/describe/")
def describe(version: str, object: str) -> dict[str, Any]:
    kind = named(object)
    return {**_summary(version, kind), "fields": [_field(field) for field in kind.visible()]}


@outside.get("/services/oauth2/userinfo")
def userinfo() -> dict[str, Any]:
    try:
        user = signed_in_user()
    except SalesforceError:
        raise SalesforceError("Bad_OAuth_Token", "Bad_OAuth_Token", status=403) from None
    return _person(user)


@outside.get("/id/<org>/<user>")
def identity(org: str, user: str) -> dict[str, Any]:
    """What the ``id`` of a sign-in leads to."""
    g.user = signed_in_user()
    if (org, user) != (ORG, g.user):
        raise SalesforceError("Wrong_Org", "Wrong_Org", status=403)
    return {**_person(user), "id": f"{crm().url}/id/{org}/{user}"}


def _person(user: str) -> dict[str, Any]:
    kind = OBJECTS["User"]
    with crm().store.look() as books:
        fields = dict(books.of("User")[user])
    return {
        "sub": f"{crm().url}/id/{ORG}/{user}",
        "user_id": user,
        "organization_id": ORG,
        "preferred_username": fields["Username"],
        "name": label(kind, user, fields),
        "email": fields["Email"],
        "active": bool(fields["IsActive"]),
        "urls": {"rest": f"{crm().url}{DATA}/v{{version}}/"},
    }


def _summary(version: str, object: Object) -> dict[str, Any]:
    where = f"{root(version)}/sobjects/{object.name}"
    return {
        "name": object.name,
        "label": object.name,
        "keyPrefix": object.prefix,
        "custom": False,
        "createable": True,
        "updateable": True,
        "deletable": True,
        "queryable": True,
        "urls": {
            "sobject": where,
            "describe": f"{where}/describe",
            "rowTemplate": f"{where}/{{ID}}",
        },
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "label": field.label or field.name.removesuffix("__c"),
        "type": field.type,
        "length": field.length,
        "custom": field.name.endswith("__c"),
        "createable": field.writable,
        "updateable": field.writable and not field.create_only,
        "nillable": not field.required and field.type != "boolean",
        "defaultedOnCreate": field.default is not None or field.computed,
        "filterable": field.filterable,
        "externalId": field.external_id,
        "idLookup": field.external_id or field.name == "Id",
        "unique": field.unique,
        "caseSensitive": field.case_sensitive,
        "restrictedPicklist": field.restricted,
        "picklistValues": [
            {"active": True, "label": value, "value": value} for value in field.values
        ],
        "referenceTo": list(field.refers_to),
        "relationshipName": field.relationship or None,
    }

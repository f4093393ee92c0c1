"""Ids in addresses: what cannot be one is not found, whatever the method."""

import pytest


@pytest.mark.parametrize("given", ["0", "9223372036854775808", "9" * 300, "٣", "-1", "%D9%A3"])
def test_an_id_that_cannot_be_is_not_found(api_, given):
    token = api_.token("admin@brightpath.example")
    for method, path in (
        ("GET", f"/conversations/{given}/messages"),
        ("DELETE", f"/people/{given}"),
        ("DELETE", f"/api-keys/{given}"),
        ("PATCH", f"/hooks/{given}"),
        ("DELETE", f"/opt-outs/{given}"),
    ):
        assert api_.call(method, path, token=token).status_code == 404, path
    assert api_.client.get(f"/media/{given}").status_code == 404


def test_the_largest_id_that_fits_is_looked_for(api_):
    answer = api_.call(
        "DELETE", "/api-keys/9999999999999999", token=api_.token("admin@brightpath.example")
    )
    assert (answer.status_code, answer.json["detail"]) == (
        404,
        "There is no such key that still works.",
    )

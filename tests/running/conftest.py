"""A whole backend and simulator as processes of their own, shared by the tests of this folder."""

import pytest

from demo.seed import ANA, BEN
from demo.stack import Stack
from tests.running.rep import Phones, Rep, sign_in


@pytest.fixture(scope="package")
def stack(databases, tmp_path_factory):
    url = databases.blank(tmp_path_factory.mktemp("running"))
    with Stack(database_url=url) as running:
        yield running
    databases.drop(url)


@pytest.fixture(scope="package")
def url(stack):
    return stack.backend.url


@pytest.fixture(scope="package")
def phones(stack):
    return Phones(stack)


@pytest.fixture(scope="package")
def token(url):
    return sign_in(url, ANA)["access_token"]


@pytest.fixture(scope="package")
def ben_token(url):
    return sign_in(url, BEN)["access_token"]


@pytest.fixture
def rep(url, token):
    with Rep(url, token) as ana:
        yield ana

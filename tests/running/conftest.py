"""A whole backend and simulator as processes of their own, shared by the tests of this folder."""

import pytest

from demo.seed import ANA, BEN
from demo.stack import Stack
from tests.databases import kind
from tests.running.rep import Phones, Rep, sign_in
from tests.running.scaled import Scaled
from tests.running.traffic import Traffic


@pytest.fixture(scope="package")
def scaled():
    """Several processes, for tests that are about having them."""
    with Scaled() as running:
        yield running


@pytest.fixture(scope="package")
def stack(request, tmp_path_factory):
    """The deployment that the tests run on: all in one process, or several with PostgreSQL."""
    if kind() == "postgresql":
        yield request.getfixturevalue("scaled").stack
        return
    with Stack(folder=tmp_path_factory.mktemp("running")) as running:
        yield running


@pytest.fixture(scope="package")
def url(stack):
    return stack.config.public_url


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
def traffic(stack):
    """Prospects who text when they are told to."""
    return Traffic(stack)


@pytest.fixture
def rep(url, token):
    with Rep(url, token) as ana:
        yield ana

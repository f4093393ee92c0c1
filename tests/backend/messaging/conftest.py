"""What tests of the carrier's list share."""

import pytest

from backend.messaging import reconcile
from tests.backend.messaging.listing import Listing


@pytest.fixture
def reconcile_with(world):
    """Reconcile with a carrier that lists these texts."""
    return lambda *texts: reconcile.reconcile(world.writer, Listing(*texts))

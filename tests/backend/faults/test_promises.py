"""Sends, repeats, texts that come, STOP and START, callbacks, deaths and time in any order, by two
workers and for two teams: the promises hold after every step. ``make faults`` goes deeper."""

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from backend.messaging.in_flight import InFlight
from tests.backend.faults.promises import Promises
from tests.backend.messaging.test_in_flight import webhooks


def test_the_promises_hold_in_any_order_of_steps(world):
    class Machine(Promises):
        pass

    Machine.world, Machine.client = world, webhooks(world, InFlight(0))
    examples = settings.default.max_examples // 2
    run_state_machine_as_test(
        Machine, settings=settings(max_examples=examples, stateful_step_count=40)
    )

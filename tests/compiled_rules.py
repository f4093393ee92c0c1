"""Addresses that are compiled once in a run.

Most tests serve the same ones from a Flask of their own, and werkzeug compiles two functions for
each address of each: two thirds of the time that the tests of the API took.
"""

from collections.abc import Callable
from typing import ClassVar

from werkzeug.routing import Rule


class CompiledOnce(Rule):
    """As werkzeug's. What builds an address is given the rule when it is called, so one function
    does for all rules that are written alike."""

    _compiled: ClassVar[dict[tuple[object, ...], Callable[..., tuple[str, str]]]] = {}

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if self.defaults:  # may be of any type
            return super()._compile_builder(append_unknown)
        written = (self.rule, *self._trace, append_unknown)
        if written not in self._compiled:
            self._compiled[written] = super()._compile_builder(append_unknown)
        return self._compiled[written]

"""The kinds of series. Every label has a fixed set of values: nobody can grow the series."""

from collections.abc import Iterable, Mapping, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from backend.crm_port import CRMS

registry = CollectorRegistry()
OTHER = "other"


class Counted:
    """A counter with one label; values that were not named beforehand count as ``other``."""

    def __init__(self, name: str, text: str, label: str, values: tuple[str, ...]) -> None:
        self._counter = Counter(f"repline_{name}", text, [label], registry=registry)
        self._series = {value: self._counter.labels(value) for value in (*values, OTHER)}

    def count(self, value: str, by: int = 1) -> None:
        self._series.get(value, self._series[OTHER]).inc(by)


class Timed:
    """How long something took, in seconds, by one label with these values."""

    def __init__(
        self, name: str, text: str, label: str, values: tuple[str, ...], buckets: Sequence[float]
    ) -> None:
        made = Histogram(f"repline_{name}", text, [label], buckets=buckets, registry=registry)
        self._series = {value: made.labels(value) for value in values}

    def took(self, value: str, seconds: float) -> None:
        self._series[value].observe(seconds)


class Each:
    """A gauge with a series for each of some values of one label."""

    def __init__(self, name: str, text: str, label: str, values: Iterable[str]) -> None:
        gauge = Gauge(f"repline_{name}", text, [label], registry=registry)
        self._series = {value: gauge.labels(value) for value in values}

    def set(self, values: Mapping[str, float]) -> None:
        """``values`` by the label's value; of what has none it is 0."""
        for value, series in self._series.items():
            series.set(values.get(value, 0))


class PerCrm(Each):
    """A gauge with a series for each CRM that there is."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, text, "crm", CRMS)


def counter(name: str, text: str) -> Counter:
    return Counter(f"repline_{name}", text, registry=registry)


def gauge(name: str, text: str) -> Gauge:
    return Gauge(f"repline_{name}", text, registry=registry)

"""The kinds of series. Every label has a fixed set of values: nobody can grow the series."""

from collections.abc import Mapping, Sequence

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


class PerCrm:
    """A gauge with a series for each CRM that there is."""

    def __init__(self, name: str, text: str) -> None:
        gauge = Gauge(f"repline_{name}", text, ["crm"], registry=registry)
        self._series = {crm: gauge.labels(crm) for crm in CRMS}

    def set(self, values: Mapping[str, float]) -> None:
        """``values`` by the CRM's name; a CRM without one has none."""
        for crm, series in self._series.items():
            series.set(values.get(crm, 0))


def counter(name: str, text: str) -> Counter:
    return Counter(f"repline_{name}", text, registry=registry)


def gauge(name: str, text: str) -> Gauge:
    return Gauge(f"repline_{name}", text, registry=registry)

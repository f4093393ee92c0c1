"""What is counted. Every label has a fixed set of values, so that nobody can grow the series."""

from collections.abc import Iterable, Mapping

from prometheus_client import CollectorRegistry, Counter, Gauge

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


webhooks = Counted(
    "webhooks",
    "Webhooks of the carrier, by what became of them",
    "result",
    ("filed", "known", "forged", "malformed", "too_large", "quarantined"),
)
frames = Counted(
    "frames",
    "Frames that clients sent, by what became of them",
    "result",
    ("handled", "refused", "failed"),
)
pushes = Counted(
    "pushes", "Web Pushes, by what became of them", "result", ("delivered", "gone", "failed")
)
sign_ins = Counted(
    "sign_ins", "Tries to sign in, by outcome", "result", ("right", "wrong", "throttled")
)
requests = Counted(
    "requests",
    "Requests to the API, by the class of their status",
    "status",
    ("1xx", "2xx", "3xx", "4xx", "5xx"),
)
feed_events = Counter("repline_feed_events", "Events added to feeds", registry=registry)
sockets_dropped = Gauge(
    "repline_sockets_dropped", "Slow readers dropped since the start", registry=registry
)
events_caught_up = Gauge(
    "repline_events_caught_up", "Events sent from the feed and not as they came", registry=registry
)
sockets_open = Gauge("repline_sockets_open", "Sockets that are open", registry=registry)
outbox_waiting = Gauge(
    "repline_outbox_waiting", "Texts in the outbox, whatever their state", registry=registry
)
outbox_age = Gauge(
    "repline_outbox_oldest_seconds",
    "How long the text that waits longest for the carrier has been due",
    registry=registry,
)
texts_unknown = Gauge(
    "repline_texts_unknown",
    "Texts of which nobody knows whether the carrier has them",
    registry=registry,
)


texts_given_up = Gauge(
    "repline_texts_given_up",
    "Texts that the carrier took and never said what became of, of the last 30 days",
    registry=registry,
)
quarantine_age = Gauge(
    "repline_quarantine_oldest_seconds",
    "How long what is longest in quarantine has been there",
    registry=registry,
)


class Each:
    """A gauge with a series for each of some values of one label."""

    def __init__(self, name: str, text: str, label: str, values: Iterable[str]) -> None:
        gauge = Gauge(f"repline_{name}", text, [label], registry=registry)
        self._series = {value: gauge.labels(value) for value in values}

    def set(self, values: Mapping[str, float]) -> None:
        """``values`` by the label's value; of what has none it is 0."""
        for value, series in self._series.items():
            series.set(values.get(value, 0))


QUARANTINE_REASONS = ("no_number", "schema", "failed", "media")
ROUNDS = ("reconcile", "late", "statuses", "quarantine", "drift", "numbers")
quarantined = Each(
    "quarantine_entries",
    "What arrived and could not be filed, by why",
    "reason",
    QUARANTINE_REASONS,
)
round_done = Each(
    "round_last_done_timestamp_seconds",
    "When recurring work was last done to its end, 0 for never",
    "round",
    ROUNDS,
)
round_failing = Each(
    "round_failing", "Whether recurring work came to no end when it was last tried", "round", ROUNDS
)


class PerCrm(Each):
    """A gauge with a series for each CRM that there is."""

    def __init__(self, name: str, text: str) -> None:
        super().__init__(name, text, "crm", CRMS)


crm_logs_waiting = PerCrm("crm_logs_waiting", "Activities that wait for a CRM")
crm_logs_age = PerCrm(
    "crm_logs_oldest_seconds", "How long the activity that waits longest for a CRM has waited"
)
crm_logs_failed = PerCrm("crm_logs_failed", "Activities that a CRM refused, until one tries anew")
crms_connected = PerCrm("crms_connected", "Teams that have connected a CRM")
crms_broken = PerCrm("crms_broken", "Teams whose sign-in at a CRM is not good any more")
crms_parked = PerCrm("crms_parked", "Teams whose CRM cannot be had, or wants to be left alone")

"""What this process has done. What stands in the database is in :mod:`backend.metrics.standing`."""

from prometheus_client import Histogram

from backend.metrics.kinds import Counted, Timed, counter, gauge, registry

__all__ = ["registry"]

webhooks = Counted(
    "webhooks",
    "Webhooks of the carrier, by what became of them",
    "result",
    ("filed", "known", "forged", "malformed", "too_large", "held", "quarantined", "failed"),
)
# The carrier gives up after 15 seconds.
webhook_seconds = Timed(
    "webhook_seconds",
    "How long the carrier waited for the answer to a webhook",
    "webhook",
    ("text", "status"),
    (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15),
)
webhooks_lost = counter("webhooks_lost", "Texts whose webhook never came, found in the list")
commit_seconds = Histogram(
    "repline_commit_seconds",
    "How long a transaction took to be on disk",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
    registry=registry,
)
commit_works = Histogram(
    "repline_commit_works",
    "How many pieces of work shared a transaction",
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
    registry=registry,
)
hand_overs = Counted(
    "hand_overs",
    "Texts whose turn came, by what became of it",
    "outcome",
    ("taken", "rejected", "put_back", "uncertain", "refused", "stale"),
)
texts_twice = counter("texts_twice", "Texts that the carrier was found to have twice")
segments = counter("segments", "Segments handed over, which is what the carrier bills")
gate_refused = Counted(
    "gate_refused",
    "Texts that the gate let not pass, by its reason",
    "reason",
    (
        *("opted_out", "do_not_text", "do_not_contact", "suspected", "quiet_hours"),
        *("budget", "team_cap", "user_cap", "a2p", "landline", "not_in_crm", "own_number"),
        *("no_license", "messenger_off", "paused", "disabled", "no_number", "retired_number"),
        *("number_not_sms", "local_presence", "media_not_possible", "empty", "too_long"),
        "not_standard",
    ),
)
statuses = Counted(
    "statuses",
    "Statuses of texts, by whether they were a step ahead",
    "result",
    ("moved", "late"),
)
frames = Counted(
    "frames",
    "Frames that clients sent, by what became of them",
    "result",
    ("handled", "refused", "failed"),
)
frames_refused = Counted(
    "frames_refused",
    "Frames that were refused, by reason",
    "reason",
    ("malformed", "unknown_type", "version", "too_large", "not_found", "conflict", "gate"),
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
requests_refused = Counted(
    "requests_refused",
    "Requests to the API that were refused, by status",
    "status",
    ("400", "401", "403", "404", "409", "413", "422", "429"),
)
feed_events = counter("feed_events", "Events added to feeds")
feed_resets = counter("feed_resets", "Sockets that had to start afresh: too far behind")
feed_lag = gauge("feed_lag_seconds", "Age of the oldest event that a socket has not been sent")
sockets_dropped = gauge("sockets_dropped", "Slow readers dropped since the start")
events_caught_up = gauge("events_caught_up", "Events sent from the feed and not as they came")
sockets_open = gauge("sockets_open", "Sockets that are open")
sockets_swept = gauge(
    "sockets_swept_timestamp_seconds", "When sockets were last held against ended sign-ins"
)
jobs_failed = counter("jobs_failed", "Recurring jobs that ended in an error")
asides_failed = counter("asides_failed", "Wake-ups through Redis that did not get through")

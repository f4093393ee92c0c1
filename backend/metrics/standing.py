"""What stands in the database, read when somebody asks: every process says the same."""

from prometheus_client import Gauge

from backend.metrics.kinds import Each, PerCrm, gauge, registry

outbox_waiting = gauge("outbox_waiting", "Texts in the outbox, whatever their state")
outbox_age = gauge(
    "outbox_oldest_seconds",
    "How long the text that waits longest for the carrier has been due",
)
texts_unknown = gauge("texts_unknown", "Texts of which nobody knows whether the carrier has them")
texts_given_up = gauge(
    "texts_given_up",
    "Texts that the carrier took and never said what became of, of the last 30 days",
)
QUARANTINE_REASONS = ("no_number", "schema", "failed", "media")
quarantined = Each(
    "quarantine_entries", "What arrived and could not be filed", "reason", QUARANTINE_REASONS
)
quarantine_age = gauge(
    "quarantine_oldest_seconds", "How long what is longest in quarantine has been there"
)
opt_outs = gauge("opt_outs", "Mobiles that a team may not text, by their own word")
jobs_done = Gauge(
    "repline_job_last_success_timestamp_seconds",
    "When a recurring job was last done to its end",
    ["job", "every"],
    registry=registry,
)
ROUNDS = ("reconcile", "late", "statuses", "quarantine", "drift", "numbers")
round_done = Each(
    "round_last_done_timestamp_seconds",
    "When a round of reconciliation was last done to its end, 0 for never",
    *("round", ROUNDS),
)
round_failing = Each(
    "round_failing",
    "Whether a round of reconciliation came to no end when it was last tried",
    *("round", ROUNDS),
)
crm_logs_waiting = PerCrm("crm_logs_waiting", "Activities that wait for a CRM")
crm_logs_age = PerCrm(
    "crm_logs_oldest_seconds", "How long the activity that waits longest for a CRM has waited"
)
crm_logs_failed = PerCrm("crm_logs_failed", "Activities that a CRM refused, until one tries anew")
crms_connected = PerCrm("crms_connected", "Teams that have connected a CRM")
crms_broken = PerCrm("crms_broken", "Teams whose sign-in at a CRM is not good any more")
crms_parked = PerCrm("crms_parked", "Teams whose CRM cannot be had, or wants to be left alone")

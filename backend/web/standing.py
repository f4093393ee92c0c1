"""What is measured of the database each time that somebody asks for metrics."""

from backend.metrics import standing
from backend.store import heartbeats, vitals


def measure() -> None:
    waiting = vitals.waiting()
    standing.outbox_waiting.set(waiting.texts)
    standing.outbox_age.set(waiting.oldest_ms / 1000)
    standing.texts_unknown.set(waiting.unknown)
    standing.texts_given_up.set(vitals.given_up())
    kept, oldest_ms = vitals.quarantine()
    standing.quarantined.set(kept)
    standing.quarantine_age.set(oldest_ms / 1000)
    standing.opt_outs.set(vitals.opt_outs())
    standing.jobs_done.clear()
    for job in heartbeats.jobs():
        standing.jobs_done.labels(job.name, job.every).set(job.at / 1000)
    beats = heartbeats.all_beats()
    standing.round_done.set({name: beat.at / 1000 for name, beat in beats.items()})
    standing.round_failing.set({name: bool(beat.cause) for name, beat in beats.items()})
    held = vitals.crms()
    standing.crm_logs_waiting.set({crm: each.waiting for crm, each in held.items()})
    standing.crm_logs_age.set({crm: each.oldest_ms / 1000 for crm, each in held.items()})
    standing.crm_logs_failed.set({crm: each.failed for crm, each in held.items()})
    standing.crms_connected.set({crm: each.connected for crm, each in held.items()})
    standing.crms_broken.set({crm: each.broken for crm, each in held.items()})
    standing.crms_parked.set({crm: each.parked for crm, each in held.items()})

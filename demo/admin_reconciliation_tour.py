"""The part of the tour that goes through what did not go as it should: rounds, texts in doubt and
the quarantine."""

from collections.abc import Callable

from playwright.sync_api import Page

from backend.messaging import quarantining, silent
from backend.models import Conversation, StatusAsk
from backend.store import findings, messages, quarantine
from backend.store.findings import Finding
from backend.store.rows import now
from backend.store.writer import Transaction
from demo.seed import ANA_NUMBER

Keep = Callable[[Page, str], None]
Go = Callable[[Page, str], None]
HOUR_MS = 3600_000
BODIES = (
    "Are you still on for Thursday at ten? I can bring the contract, both versions of it.",
    "The sheet is on its way.",
    "Thanks for today!",
)


def furnish(tx: Transaction, team: int) -> None:
    """Two texts in doubt, one given up, and something in quarantine."""
    talks = Conversation.select().where(Conversation.team == team).limit(len(BODIES))
    for index, (talk, body) in enumerate(zip(talks, BODIES, strict=True)):
        text = messages.add_outbound(
            tx,
            team,
            talk.id,
            author=1,
            ref=f"demo-doubt-{index}",
            body=body,
            mobile=talk.person.mobile,
            segments=1,
        )
        given_up = index == len(BODIES) - 1
        messages.set_status(tx, team, text, "sent" if given_up else "unknown")
        if given_up:
            StatusAsk.create(
                team=team, message=text, not_before=0, given_up_at=now(), cause=silent.NO_WORD
            )
        tx.execute("UPDATE message SET at = ? WHERE id = ?", (now() - 30 * HOUR_MS, text))
        quarantine.put(
            tx,
            team,
            key=f"media:{text}",
            kind="media",
            reason="media",
            detail="The carrier does not have it any more.",
            mobile=talk.person.mobile,
            message=text,
            again=False,
        )
    unread = {"From": "+14045550187", "To": ANA_NUMBER, "Body": "Hi"}
    quarantining.keep_unread(tx, unread, "MessageSid is missing.")
    findings.put(tx, team, "reconcile", Finding(now() - 5 * HOUR_MS, 4, 3))


def reconciliation(page: Page, go: Go, keep: Keep) -> None:
    """Look at each page, ask before a text is sent again, and run a round."""
    go(page, "In doubt")
    keep(page, "in-doubt")
    page.get_by_role("button", name="Send again").first.click()
    page.get_by_role("dialog").wait_for()
    keep(page, "in-doubt-again")
    page.get_by_role("button", name="Cancel").click()
    go(page, "Quarantine")
    keep(page, "quarantine")
    go(page, "Queues")
    page.get_by_role("button", name="Run now: Silent texts asked for").click()
    page.get_by_text("Silent texts asked for: it runs now.").first.wait_for()
    keep(page, "queues-run")

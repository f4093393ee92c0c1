"""Rows become people: added, brought up to date, or refused because they cannot be told apart."""

from typing import Literal

from backend.compliance.erasing import known_by_hash, recognise
from backend.importing.rows import Bad, Row
from backend.messaging.events import person_updated
from backend.store import numbers, people, person_numbers, pseudonym
from backend.store.writer import Transaction
from shared.wire import Person

Outcome = Literal["added", "changed", "same"]


def file(
    tx: Transaction, team: int, rows: list[Row], erased: frozenset[str]
) -> tuple[dict[Outcome, int], list[Bad]]:
    """Note what the rows say of the team's people: how many were added, changed or known as they
    are, and the rows that stand against somebody else. ``erased`` are pseudonyms of whom no row may
    bring back. Others wait for the writer meanwhile: what can be asked for all rows at once, is.

    No mobile is looked up at the carrier here: each look-up costs money, and is made when somebody
    is first texted.
    """
    counts: dict[Outcome, int] = {"added": 0, "changed": 0, "same": 0}
    bad: list[Bad] = []
    if not rows:
        return counts, bad
    mobiles = {row.mobile for row in rows}
    ours, hashed = numbers.ours(mobiles), known_by_hash(team, mobiles)
    for row in rows:
        if row.mobile in ours:
            bad.append(_refused(row, "This mobile is one of our own numbers: give the person’s."))
        elif erased and _pseudonyms(team, row) & erased:
            text = "They were erased after this file came. Import them anew if they ask for it."
            bad.append(_refused(row, text, told=False))
        else:
            outcome = _file(tx, team, row, hashed)
            if isinstance(outcome, Bad):
                bad.append(outcome)
            else:
                counts[outcome] += 1
    return counts, bad


def _file(tx: Transaction, team: int, row: Row, hashed: set[str]) -> Outcome | Bad:
    person = people.known(team, row.page, row.mobile)
    held = people.get(team, person) if person is not None else None
    mobile = row.mobile
    if held is not None:
        theirs = {each.e164 for each in held.numbers}
        if _is_another(row, held, theirs):
            said = f"{held.name}, {held.mobile_display}"
            text = f"Its CRM reference is that of {said}: neither name nor mobile is the same."
            return _refused(row, f"{text} Correct the one or the other.")
        # Which of a person's numbers is texted, the rep has chosen.
        mobile = held.mobile if row.mobile in theirs else row.mobile
    person, changed = people.bring_up_to_date(tx, team, person, row.page, mobile)
    if mobile in hashed:
        recognise(tx, team, mobile)
        hashed.discard(mobile)
    if held is None:
        if row.numbers:
            person_numbers.add(tx, team, person, row.numbers)
        return "added"
    if row.numbers:
        changed |= person_numbers.keep(tx, team, person, _merged(row, held))
    if changed:
        person_updated(tx, team, person)
    return "changed" if changed else "same"


def _is_another(row: Row, held: Person, theirs: set[str]) -> bool:
    """Whether a record that the CRM has under the same reference is somebody else: with a wrong
    column taken for the reference, a whole company would become one person."""
    if not (row.page.crm_ref and held.name and row.page.name):
        return False
    same_name = row.page.name.casefold() == held.name.casefold()
    return not same_name and row.mobile not in {held.mobile, *theirs}


def _merged(row: Row, held: Person) -> list[tuple[str, str]]:
    """What was known of their numbers, with what the row says: it takes none away."""
    found = {each.e164: each.label for each in held.numbers}
    for e164, label in row.numbers:
        found[e164] = label or found.get(e164, "")
    return [*found.items()]


def _refused(row: Row, text: str, *, told: bool = True) -> Bad:
    return Bad(row.line, "", text[:600], row.cells if told else [])


def _pseudonyms(team: int, row: Row) -> set[str]:
    names = {row.mobile, *(e164 for e164, _ in row.numbers), row.page.crm_ref}
    return {pseudonym.of(team, name) for name in names if name}

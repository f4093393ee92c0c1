"""What came of each fault, to be read by a person."""

from tests.faults.fault import Outcome

HEAD = f"{'fault':<40} {'where':<11} {'tried':>7} {'violations':>11} {'seconds':>8}"


def row(outcome: Outcome) -> str:
    return (
        f"{outcome.fault:<40} {outcome.where:<11} {outcome.tried:>7,}"
        f" {len(outcome.violations):>11,} {outcome.seconds:>8.1f}"
    )


def table(outcomes: list[Outcome]) -> str:
    total = Outcome(
        "all",
        "",
        sum(each.tried for each in outcomes),
        [violation for each in outcomes for violation in each.violations],
        sum(each.seconds for each in outcomes),
    )
    return "\n".join([HEAD, *(row(each) for each in outcomes), row(total)])

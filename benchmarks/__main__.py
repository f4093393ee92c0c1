"""``python -m benchmarks``: measure, print the table, keep the figures and draw them."""

import argparse
import json
import sys
import time
from dataclasses import replace
from pathlib import Path

from benchmarks import browser, crm_pages, plot, report, runs, scaled_runs
from benchmarks.plan import FULL, QUICK

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"


def main() -> int:
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="a smoke test, no figures to keep")
    arguments.add_argument("--no-browser", action="store_true", help="leave Chromium out")
    arguments.add_argument("--name", default="latest", help="of the files in benchmarks/results")
    arguments.add_argument("--pages", action="store_true", help="CRM pages alone; nothing is kept")
    arguments.add_argument("--large", action="store_true", help="ten million messages too")
    arguments.add_argument(
        "--deployment", choices=("sqlite", "postgresql"), help="this one alone; both by default"
    )
    given = arguments.parse_args()
    plan = QUICK if given.quick else FULL
    if given.large:
        plan = replace(plan, inbox=(*plan.inbox, 10_000_000))
    begun = time.monotonic()
    if given.pages:
        print(report.table({"absent": {}, "crm_pages": crm_pages.measure(plan)}))
        return 0

    def say(what: str) -> None:
        print(f"[{time.monotonic() - begun:5.1f} s] {what}", file=sys.stderr, flush=True)

    if given.deployment == "postgresql":
        results = runs.begun(plan)
    else:
        results = runs.run(plan, ROOT / ".bench", say)
    if given.deployment != "sqlite":
        results["postgresql"] = scaled_runs.run(plan, ROOT / ".bench", say)
    if given.deployment == "postgresql":
        results["absent"]["all else"] = "left out by --deployment"
    elif given.no_browser:
        results["absent"]["Chromium"] = "left out by --no-browser"
    elif missing := browser.absent():
        results["absent"]["Chromium"] = missing
    else:
        say("in Chromium")
        results["browser"] = browser.measure(plan)
        say("on a CRM's pages")
        results["crm_pages"] = crm_pages.measure(plan)
    results["seconds"] = round(time.monotonic() - begun, 1)
    RESULTS.mkdir(exist_ok=True)
    path = RESULTS / f"{given.name}.json"
    path.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    print(report.table(results))
    print(f"\n{path.relative_to(ROOT)}")
    if "latency" in results:
        plot.draw(results, path.with_suffix(".png"))
        print(path.with_suffix(".png").relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())

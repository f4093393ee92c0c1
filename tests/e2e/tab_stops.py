"""Where Tab stops on a page, in which order, and whether one sees it."""

from dataclasses import dataclass

from playwright.sync_api import Page

# What can be used, in the order of the page, and from then on each place at which Tab stops.
_WATCH = """() => {
  const usable =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const all = [...document.querySelectorAll(usable)].filter(
    (each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled,
  );
  // Where the system chooses the colours there are no shadows.
  const forced = matchMedia("(forced-colors: active)").matches;
  const look = (each) => getComputedStyle(each)[forced ? "outlineStyle" : "boxShadow"];
  const name = (each) =>
    `${each.localName} ${each.ariaLabel || each.labels?.[0]?.textContent || each.textContent}`
      .trim().replace(/\\s+/g, " ").slice(0, 60);
  // Tab goes on from where the focus was, also after that is gone.
  const top = document.createElement("span");
  top.tabIndex = -1;
  document.body.prepend(top);
  top.focus();
  top.remove();
  const before = new Map(all.map((each) => [each, look(each)]));
  globalThis.stops = [];
  globalThis.watching?.abort();
  globalThis.watching = new AbortController();
  document.addEventListener("focusin", ({ target }) => {
    const { top, bottom } = target.getBoundingClientRect();
    const shown = bottom > 0 && top < innerHeight && look(target) !== before.get(target);
    globalThis.stops.push({ name: name(target), shown });
  }, { signal: globalThis.watching.signal });
  const parts = { date: 4, time: 4 }; // Tab stops at each, and at what opens the calendar
  return {
    names: all.map(name),
    presses: all.reduce((sum, { type }) => sum + (parts[type] ?? 1), 0),
  };
}"""


@dataclass(frozen=True)
class Walk:
    """``usable`` are the names of all controls, ``stops`` those at which Tab has stopped;
    ``unseen`` those where nothing shows it, or that are outside the window then."""

    usable: list[str]
    stops: list[str]
    unseen: list[str]


def walk(page: Page) -> Walk:
    """Press Tab through the whole page, from its top."""
    found = page.evaluate(_WATCH)
    usable = found["names"]
    for _ in range(found["presses"]):
        page.keyboard.press("Tab")
    stops = page.evaluate("stops")
    return Walk(
        usable,
        [each["name"] for each in stops],
        [each["name"] for each in stops if not each["shown"]],
    )

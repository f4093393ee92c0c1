import { type ReadonlySignal, signal } from "@preact/signals";

/** Whether the rep is looking: the document is visible and has the focus. */
export function attention(ends: AbortSignal): ReadonlySignal<boolean> {
  const looking = () => document.visibilityState === "visible" && document.hasFocus();
  const attended = signal(looking());
  const look = () => {
    attended.value = looking();
  };
  for (const event of ["focus", "blur"]) window.addEventListener(event, look, { signal: ends });
  document.addEventListener("visibilitychange", look, { signal: ends });
  return attended;
}

/** Whether the pane shows the list or a conversation, not both. The same width as in narrow.css. */
export function narrowness(ends: AbortSignal): ReadonlySignal<boolean> {
  const query = matchMedia("(max-width: 559px)");
  const narrow = signal(query.matches);
  const look = () => {
    narrow.value = query.matches;
  };
  query.addEventListener("change", look, { signal: ends });
  return narrow;
}

import { useRef } from "preact/hooks";
import type { Message } from "../../wire";
import { usePane } from "../context";
import { Icon } from "./Icon";

/** How many texts came in below what is being read. */
export function NewPill({ messages, toEnd }: { messages: readonly Message[]; toEnd(): void }) {
  const { ui } = usePane();
  const seen = useRef(0);
  const last = messages.at(-1)?.id ?? 0;
  if (ui.atBottom.value) seen.current = last;
  const fresh = messages.filter((m) => m.direction === "inbound" && m.id > seen.current).length;
  if (ui.atBottom.value) return null;
  return (
    <button type="button" class={fresh ? "pill fresh" : "pill"} onClick={toEnd}>
      {fresh ? `${fresh} new` : <span class="unseen">Go to the latest text</span>}
      <Icon name="down" />
    </button>
  );
}

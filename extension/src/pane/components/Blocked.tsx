import { useRef } from "preact/hooks";
import { useFocus } from "../hooks/use_focus";
import { Icon } from "./Icon";

/** In the composer's place while a text may not be sent. */
export function Blocked({ text, draft }: { text: string; draft: boolean }) {
  const reason = useRef<HTMLDivElement>(null);
  useFocus("composer", reason);
  return (
    <footer class="compose-place">
      <div class="blocked" ref={reason} tabIndex={-1}>
        <Icon name="warning" />
        <p dir="auto">
          {text}
          {draft && " Your draft is kept."}
        </p>
      </div>
    </footer>
  );
}

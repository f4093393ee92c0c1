import { Icon } from "./Icon";

/** In the composer's place while a text may not be sent. */
export function Blocked({ text, draft }: { text: string; draft: boolean }) {
  return (
    <footer class="compose-place">
      <div class="blocked">
        <Icon name="warning" />
        <p dir="auto">
          {text}
          {draft && " Your draft is kept."}
        </p>
      </div>
    </footer>
  );
}

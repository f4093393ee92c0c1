import { usePane } from "../context";

/** What screen readers are told. The log itself is not live: paging back would be read out. */
export function Live() {
  const { ui } = usePane();
  return (
    <>
      <div class="unseen" role="log" aria-live="polite" aria-label="New texts">
        {ui.heard.value && <p key={ui.heard.value}>{ui.heard.value}</p>}
      </div>
      <div class="unseen" role="status">
        {ui.status.value}
      </div>
    </>
  );
}

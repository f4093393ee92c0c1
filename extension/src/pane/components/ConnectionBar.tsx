import { usePane } from "../context";
import { useDelayed } from "../hooks/use_delayed";

/** A word on the connection while there is none. Short interruptions go unmentioned. */
export function ConnectionBar() {
  const { session, post } = usePane();
  const connection = session.value?.connection;
  const lost = useDelayed(connection === "reconnecting" || connection === "connecting", 800);
  if (connection === "offline")
    return (
      <div class="bar offline" role="status">
        <span>Offline. Texts you send now will go out when you are back.</span>
        <button type="button" class="link" onClick={() => post({ kind: "reconnect" })}>
          Try now
        </button>
      </div>
    );
  if (!lost) return null;
  return (
    <div class="bar" role="status">
      {connection === "connecting" ? "Connecting…" : "Reconnecting…"}
    </div>
  );
}

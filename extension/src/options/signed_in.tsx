import { useState } from "preact/hooks";
import type { Connection } from "../lib/messages";
import type { Known } from "./app";
import { ask } from "./ask";

const WORDS: Record<Connection, string> = {
  signed_out: "Signed out",
  connecting: "Connecting…",
  online: "Online",
  reconnecting: "Reconnecting…",
  offline: "Offline. Texts you send wait here until the server can be reached.",
};

interface Props {
  known: Known;
  changed: (known: Known) => void;
}

export function SignedIn({ known, changed }: Props) {
  const [busy, setBusy] = useState(false);
  const { connection, user, team, numbers, blocked } = known.session;

  async function signOut() {
    if (busy) return;
    setBusy(true);
    const answer = await ask({ kind: "sign_out" });
    setBusy(false);
    if (answer.ok) changed(answer);
  }

  return (
    <>
      <h2>Signed in</h2>
      <dl>
        <div>
          <dt>User</dt>
          <dd>
            <bdi>{user?.name}</bdi>
            <small>{user?.email}</small>
          </dd>
        </div>
        <div>
          <dt>Team</dt>
          <dd>
            <bdi>{team?.name}</bdi>
          </dd>
        </div>
        <div>
          <dt>{numbers.length === 1 ? "Number" : "Numbers"}</dt>
          <dd class="numbers">
            {numbers.map((number) => number.display).join(", ") ||
              (connection === "online" ? "None yet: ask your admin for one" : "–")}
          </dd>
        </div>
        <div>
          <dt>Server</dt>
          <dd>{known.server}</dd>
        </div>
        <div>
          <dt>Connection</dt>
          <dd class={`connection ${connection}`}>
            <span role="status">{WORDS[connection]}</span>
          </dd>
        </div>
      </dl>
      {blocked ? (
        <p class="trouble">{blocked.text}</p>
      ) : (
        <p class="next">
          Open a contact or lead in your CRM and press <b>Message</b>, or click the Repline icon in
          the toolbar.
        </p>
      )}
      <button type="button" onClick={signOut} aria-disabled={busy}>
        {busy ? "Signing out…" : "Sign out"}
      </button>
    </>
  );
}

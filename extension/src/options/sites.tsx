import type { TargetedSubmitEvent } from "preact";
import { useState } from "preact/hooks";
import type { Sites as Known } from "../lib/messages";
import type { Known as All } from "./app";
import { ask } from "./ask";
import { Field } from "./field";

interface Props {
  sites: Known;
  changed: (known: All) => void;
}

/** On which sites Repline is, besides the CRMs that it knows. */
export function Sites({ sites, changed }: Props) {
  const [trouble, setTrouble] = useState("");

  async function add(event: TargetedSubmitEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const pattern = patternOf(String(new FormData(form).get("site") ?? ""));
    if (!pattern) return setTrouble("Enter an address that begins with https://");
    setTrouble("");
    // Chrome asks the rep, and only while it still knows of their click: nothing may come before.
    const granted = await chrome.permissions.request({ origins: [pattern] });
    if (!granted) return setTrouble("Chrome was not allowed to let Repline read this site.");
    form.reset();
    await switchOn(new URL(pattern.slice(0, -1)).hostname);
  }

  async function switchOn(host: string) {
    const answer = await ask({ kind: "switch_site", host, on: true });
    if (answer.ok) changed(answer);
  }

  async function remove(pattern: string) {
    await chrome.permissions.remove({ origins: [pattern] });
    const answer = await ask({ kind: "status" });
    if (answer.ok) changed(answer);
  }

  return (
    <section class="card sites" aria-labelledby="sites">
      <h2 id="sites">Sites</h2>
      <p>Repline is on the record pages of Salesforce, HubSpot and Dynamics 365.</p>
      {sites.off.length + sites.added.length > 0 && (
        <ul>
          {sites.off.map((host) => (
            <li key={host}>
              <span>
                {host}
                <small>Turned off</small>
              </span>
              <button type="button" onClick={() => switchOn(host)} aria-label={`Turn on ${host}`}>
                Turn on
              </button>
            </li>
          ))}
          {sites.added.map((pattern) => (
            <li key={pattern}>
              <span>
                {hostOf(pattern)}
                <small>Added by you</small>
              </span>
              <button
                type="button"
                onClick={() => remove(pattern)}
                aria-label={`Remove ${hostOf(pattern)}`}
              >
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      <form class="add" onSubmit={add} noValidate>
        <Field
          name="site"
          label="Use Repline on another site"
          hint="The address of your CRM, for example https://crm.example.com"
          error={trouble}
          focused={trouble !== ""}
          input={{ type: "url", spellcheck: false, maxLength: 2000 }}
        />
        <button type="submit">Use on this site</button>
      </form>
    </section>
  );
}

/** "https://crm.example.com/people" as a match pattern; null for what is no such address. */
function patternOf(typed: string): string | null {
  const text = typed.trim();
  const url = text ? URL.parse(text.includes("://") ? text : `https://${text}`) : null;
  return url?.protocol === "https:" && url.hostname.includes(".") ? `${url.origin}/*` : null;
}

function hostOf(pattern: string): string {
  return pattern.replace(/^https:\/\/(.*)\/\*$/, "$1");
}

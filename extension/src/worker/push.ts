// Web Push: wakes this worker when Chrome has ended it. The socket works without: failures are quiet.

import type { PushPayload } from "../wire";
import { showBadge } from "./badge";
import type { Parts } from "./parts";
import { call } from "./rest";

declare const self: ServiceWorkerGlobalScope;

/** Makes sure that the backend can wake this browser. */
export async function subscribe(core: Pick<Parts, "account">): Promise<void> {
  const { identity } = core.account;
  if (!identity?.push_key) return;
  try {
    const token = await core.account.token();
    const subscription = await subscribed(identity.push_key);
    const { endpoint, keys } = subscription.toJSON();
    const body = { endpoint, p256dh: keys?.p256dh, auth: keys?.auth };
    await call(identity.server, "PUT", "/push", { body, token });
  } catch (error) {
    console.info("No Web Push: texts arrive while the worker is awake", error);
  }
}

export async function unsubscribe(): Promise<void> {
  const subscription = await self.registration.pushManager.getSubscription();
  await subscription?.unsubscribe();
}

/** A push has come: tell of the text at once, then let the socket bring the rest. */
export async function pushed(
  core: Pick<Parts, "account" | "connection" | "feed" | "notices">,
  event: PushEvent,
): Promise<void> {
  const payload = parse(event);
  if (payload && core.account.identity) {
    await core.notices.pushed(payload);
    // Older than what the socket has brought: its unread count is older too.
    if (payload.seq > (core.feed.last ?? 0)) showBadge(payload.unread);
  }
  await core.connection.connect();
}

async function subscribed(key: string): Promise<PushSubscription> {
  const manager = self.registration.pushManager;
  const held = await manager.getSubscription();
  if (held && sameKey(held.options.applicationServerKey, key)) return held;
  await held?.unsubscribe();
  try {
    return await manager.subscribe({ userVisibleOnly: false, applicationServerKey: key });
  } catch {
    return manager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
  }
}

function sameKey(held: ArrayBuffer | null, key: string): boolean {
  if (!held) return false;
  const text = btoa(String.fromCharCode(...new Uint8Array(held)));
  return (
    text.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "") === key.replace(/=+$/, "")
  );
}

function parse(event: PushEvent): PushPayload | null {
  try {
    const payload = event.data?.json();
    return Number.isInteger(payload?.message) && Number.isInteger(payload?.conversation)
      ? payload
      : null;
  } catch {
    return null;
  }
}

// What the options page asks.

import type { OptionsAnswer, OptionsToWorker } from "../lib/messages";
import type { Parts } from "./parts";
import { unsubscribe } from "./push";
import { call, Refusal, Unreachable } from "./rest";
import { serverAddress } from "./server";
import { sites, switchSite } from "./sites";

type Core = Pick<Parts, "account" | "restored" | "session" | "signIn" | "ended">;

type No = Extract<OptionsAnswer, { ok: false }>;

export async function answerOptions(core: Core, asked: OptionsToWorker): Promise<OptionsAnswer> {
  await core.restored;
  if (asked.kind === "sign_in") {
    const no = await signIn(core, asked.server, asked.email, asked.password);
    if (no) return no;
  }
  if (asked.kind === "sign_out") await signOut(core);
  if (asked.kind === "switch_site") await switchSite(asked.host, asked.on);
  const server = core.account.identity?.server ?? "";
  return { ok: true, session: core.session, server, sites: await sites() };
}

async function signIn(
  core: Core,
  typed: string,
  email: string,
  password: string,
): Promise<No | null> {
  const server = serverAddress(typed);
  if ("problem" in server) return { ok: false, field: "server", text: server.problem };
  try {
    await core.signIn(server.address, email.trim(), password);
    return null;
  } catch (error) {
    if (error instanceof Unreachable && error.busy) {
      return { ok: false, field: "", text: error.message };
    }
    if (!(error instanceof Refusal)) {
      const text = `No answer from ${server.address}. Check the address and your connection.`;
      return { ok: false, field: "server", text };
    }
    if (error.status === 404) {
      return { ok: false, field: "server", text: "There is no Repline server at this address." };
    }
    const field = error.field === "email" || error.field === "password" ? error.field : "";
    return { ok: false, field, text: error.detail || "The email address or password is wrong." };
  }
}

async function signOut(core: Core): Promise<void> {
  const { identity } = core.account;
  if (!identity) return;
  try {
    const token = await core.account.token();
    await call(identity.server, "DELETE", "/push", { token });
  } catch (error) {
    console.info("The backend was not told that pushes end", error);
  }
  await unsubscribe().catch(() => {});
  await core.account.signOut();
  await core.ended();
}

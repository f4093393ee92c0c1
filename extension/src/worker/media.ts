// Pictures and files of texts, between a pane and the backend: the pane has no token.

import type { PaneToWorker } from "../lib/messages";
import type { Media } from "../wire";
import type { Pane } from "./panes";
import type { Parts } from "./parts";
import { download, Refusal, send } from "./rest";

type Said<K extends PaneToWorker["kind"]> = Extract<PaneToWorker, { kind: K }>;

type Core = Pick<Parts, "account" | "panes">;

export async function upload(core: Core, pane: Pane, said: Said<"upload">): Promise<void> {
  const { request, name, content_type, data } = said;
  await answer(core, pane, request, async (server, token) => {
    const file = new Blob([Uint8Array.fromBase64(data)], { type: content_type });
    const path = `/media?${new URLSearchParams({ name })}`;
    const media = await send<Media>(server, path, file, token);
    core.panes.post(pane, { kind: "uploaded", request, media });
  });
}

export async function fetchMedia(core: Core, pane: Pane, said: Said<"fetch_media">): Promise<void> {
  const { request, media } = said;
  await answer(core, pane, request, async (server, token) => {
    const file = await download(server, `/media/${media}`, token);
    const data = (await file.bytes()).toBase64();
    core.panes.post(pane, { kind: "media", request, media, content_type: file.type, data });
  });
}

async function answer(
  core: Core,
  pane: Pane,
  request: string,
  work: (server: string, token: string) => Promise<void>,
): Promise<void> {
  try {
    const token = await core.account.token();
    const server = core.account.identity?.server;
    if (server) await work(server, token);
  } catch (error) {
    const text =
      error instanceof Refusal && error.detail ? error.detail : "No answer from the server.";
    const reason = error instanceof Refusal ? "refused" : "unreachable";
    core.panes.post(pane, { kind: "refused", request, reason, text, blocked: null });
  }
}

// A page of conversations from the backend, for a pane or ahead of the first one.

import type { Conversation, ConversationList, FrameRefused } from "../wire";
import type { Parts } from "./parts";

export type Listed = Pick<ConversationList, "folder"> &
  Partial<Pick<ConversationList, "search" | "before">>;

export const ROWS = 50;

export const isFirst = ({ folder, search, before }: Listed) =>
  folder === "inbox" && !search && !before;

export function askForPage(
  core: Pick<Parts, "asks" | "cache" | "later">,
  asker: object,
  listed: Listed,
  answered: (conversations: Conversation[], next: string) => void = () => {},
  refused: (frame: FrameRefused) => void = () => {},
): void {
  core.asks.ask(
    asker,
    { type: "conversation.list", ...listed, limit: ROWS },
    (frame) => {
      if (frame.type !== "conversation.page") return;
      const newest = frame.conversations.map((one) => core.cache.putConversation(one));
      if (isFirst(listed)) core.cache.putPage(newest, frame.next);
      core.later(core.cache.save());
      answered(newest, frame.next);
    },
    refused,
  );
}

// Desktop notifications, at most one per message: the socket and Web Push may both bring it, and
// either may bring it again.

import type { Conversation, Message, PushPayload } from "../wire";
import type { Disk, Told } from "./disk";

const PREFIX = "message-";
const MOST = 300;

export class Notices {
  #told: Told[] = [];
  #saving: Promise<void> = Promise.resolve();

  constructor(
    private readonly disk: Disk,
    private readonly inView: (conversation: number) => Promise<boolean>,
  ) {}

  async restore(): Promise<void> {
    this.#told = (await this.disk.get("told")) ?? [];
  }

  async incoming(message: Message, conversation: Conversation): Promise<void> {
    const { person } = conversation;
    await this.#tell(
      message.id,
      conversation.id,
      person.name || person.mobile_display,
      message.body,
    );
  }

  async pushed(payload: PushPayload): Promise<void> {
    await this.#tell(payload.message, payload.conversation, payload.title, payload.body);
  }

  /** Texts up to and including `upto` have been read. Resolves when their notifications are gone. */
  async read(conversation: number, upto = Number.POSITIVE_INFINITY): Promise<void> {
    const read = this.#told.filter(
      (told) => told.conversation === conversation && told.message <= upto,
    );
    await Promise.all(read.map(({ message }) => chrome.notifications.clear(PREFIX + message)));
  }

  /** The text was filed under another person: its notification leads there. */
  async moved(message: number, conversation: number): Promise<void> {
    this.#told = this.#told.map((told) =>
      told.message === message ? { message, conversation } : told,
    );
    await this.#keep();
  }

  async clear(): Promise<void> {
    for (const id of Object.keys(await chrome.notifications.getAll())) {
      if (id.startsWith(PREFIX)) void chrome.notifications.clear(id);
    }
  }

  /** The conversation that a notification is about, or null if it is not one of ours. */
  conversationOf(notification: string): number | null {
    const told = this.#told.find(({ message }) => PREFIX + message === notification);
    return told?.conversation ?? null;
  }

  async #tell(message: number, conversation: number, title: string, body: string): Promise<void> {
    if (this.#told.some((told) => told.message === message)) return;
    this.#told = [...this.#told, { message, conversation }].slice(-MOST);
    if (!(await this.inView(conversation))) {
      await chrome.notifications.create(PREFIX + message, {
        type: "basic",
        iconUrl: chrome.runtime.getURL("icons/128.png"),
        title: title || "New text",
        message: body || "Photo or file",
      });
    }
    await this.#keep();
  }

  #keep(): Promise<void> {
    const told = this.#told;
    this.#saving = this.#saving.then(() => this.disk.set("told", told));
    return this.#saving;
  }
}

// Questions of panes to the backend, each answered once. Those without an answer are asked again on
// the next connection: all of them may be repeated.

import type { ClientFrame, FrameRefused, ServerFrame } from "../wire";
import { VERSION } from "../wire";

type Asking = Extract<ClientFrame, { request: string }>;
type Question = Asking extends infer F
  ? F extends Asking
    ? Omit<F, "request" | "v">
    : never
  : never;

interface Ask {
  frame: Asking;
  asker: object;
  answered: (frame: ServerFrame) => void;
  refused: (frame: FrameRefused) => void;
}

const MOST = 50;

export class Asks {
  #open = new Map<string, Ask>();

  constructor(private readonly send: (frame: ClientFrame) => boolean) {}

  ask(
    asker: object,
    question: Question,
    answered: (frame: ServerFrame) => void,
    refused: (frame: FrameRefused) => void,
  ): void {
    const request = crypto.randomUUID();
    const frame = { ...question, request, v: VERSION } as Asking;
    this.#open.set(request, { frame, asker, answered, refused });
    for (const oldest of this.#open.keys()) {
      if (this.#open.size <= MOST) break;
      this.#open.delete(oldest);
    }
    this.send(frame);
  }

  answer(request: string, frame: ServerFrame): void {
    this.#take(request)?.answered(frame);
  }

  /** True when the refusal was about one of these. */
  refuse(frame: FrameRefused): boolean {
    const ask = this.#take(frame.request);
    ask?.refused(frame);
    return ask !== undefined;
  }

  flush(): void {
    for (const { frame } of this.#open.values()) this.send(frame);
  }

  /** The pane is gone: nobody waits for these any more. */
  drop(asker: object): void {
    for (const [request, ask] of this.#open) if (ask.asker === asker) this.#open.delete(request);
  }

  clear(): void {
    this.#open.clear();
  }

  #take(request: string): Ask | undefined {
    const ask = this.#open.get(request);
    this.#open.delete(request);
    return ask;
  }
}

// A new access token on the open socket before the old one ends, which would close it.

import { type SessionRenew, VERSION } from "../wire";

export interface RenewingNeeds {
  /** Milliseconds until the token should be exchanged. */
  renewIn(): number;
  token(): Promise<string>;
  /** False when there is no session on the socket. */
  send(frame: SessionRenew): boolean;
}

/** An end that is always near (a wrong clock) must not become a storm. */
const LEAST_MS = 10_000;

export class Renewing {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;

  constructor(private readonly needs: RenewingNeeds) {}

  start(): void {
    this.stop();
    const wait = Math.max(this.needs.renewIn(), LEAST_MS);
    this.#timer = setTimeout(() => void this.#renew(this.#run), wait);
  }

  stop(): void {
    this.#run += 1;
    clearTimeout(this.#timer);
  }

  async #renew(run: number): Promise<void> {
    try {
      const token = await this.needs.token();
      if (run === this.#run) this.needs.send({ type: "session.renew", v: VERSION, token });
    } catch (error) {
      console.info("The session could not be renewed yet", error);
    }
    if (run === this.#run) this.start();
  }
}

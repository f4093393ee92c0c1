// Who is signed in, and a valid access token when one is needed.

import type { SessionTokens } from "../wire";
import type { Disk, Identity } from "./disk";
import { call, Refusal, Unreachable } from "./rest";
import { warm } from "./warm";

export interface Access {
  token: string;
  expires_at: number; // ms, the backend's clock
}

/** Nobody is signed in, or no longer. */
export class SignedOut extends Error {}

/** A token this close to its end is exchanged before it is used. */
const MARGIN_MS = 60_000;

export class Account {
  identity: Identity | null = null;
  /** What to add to the clock here to get the backend's. */
  skew = 0;
  #access: Access | null = null;
  #renewing: Promise<string> | null = null;

  constructor(
    private readonly disk: Disk,
    private readonly ended: () => void,
  ) {}

  async restore(): Promise<void> {
    this.identity = (await this.disk.get("identity")) ?? null;
    this.#access = (await warm.get("access")) ?? null;
  }

  /** Whose drafts, texts and feed these are. Empty when nobody is signed in. */
  get owner(): string {
    return this.identity ? `${this.identity.server}#${this.identity.user.id}` : "";
  }

  /** Milliseconds until the access token should be exchanged; 0 when there is none. */
  get renewIn(): number {
    if (!this.#access) return 0;
    return Math.max(0, this.#access.expires_at - MARGIN_MS - (Date.now() + this.skew));
  }

  async signIn(server: string, email: string, password: string): Promise<void> {
    const client = `extension ${chrome.runtime.getManifest().version}`;
    const body = { email, password, client };
    await this.#keep(server, await call<SessionTokens>(server, "POST", "/session", { body }));
  }

  /** A token that works for a while yet. Throws SignedOut or Unreachable. */
  async token(fresh = false): Promise<string> {
    if (!this.identity) throw new SignedOut();
    if (this.#access && !fresh && this.renewIn > 0) return this.#access.token;
    // One at a time: a refresh token is good for one exchange, a second would end the session.
    this.#renewing ??= this.#renew(this.identity).finally(() => {
      this.#renewing = null;
    });
    return this.#renewing;
  }

  async signOut(): Promise<void> {
    const { identity } = this;
    const access = this.#access;
    await this.#forget();
    if (!identity || !access) return;
    await call(identity.server, "DELETE", "/session", { token: access.token }).catch((error) =>
      console.info("The backend was not told of the sign-out", error),
    );
  }

  /** The backend ended the session: drafts and unsent texts stay for the next sign-in. */
  async lose(): Promise<void> {
    if (!this.identity) return;
    await this.#forget();
    this.ended();
  }

  async #renew(identity: Identity): Promise<string> {
    const body = { refresh_token: identity.refresh_token };
    try {
      const tokens = await call<SessionTokens>(identity.server, "POST", "/session/refresh", {
        body,
      });
      if (this.identity !== identity) throw new SignedOut(); // signed out meanwhile
      await this.#keep(identity.server, tokens);
      return tokens.access_token;
    } catch (error) {
      if (error instanceof Refusal && (error.status === 401 || error.status === 403)) {
        if (this.identity === identity) await this.lose();
        throw new SignedOut();
      }
      if (error instanceof Refusal) throw new Unreachable(error.message, { cause: error });
      throw error;
    }
  }

  async #keep(server: string, tokens: SessionTokens): Promise<void> {
    const { user, team, push_key, refresh_token } = tokens;
    this.identity = { server, user, team, push_key, refresh_token };
    this.#access = { token: tokens.access_token, expires_at: tokens.expires_at };
    await this.disk.set("identity", this.identity);
    await warm.set({ access: this.#access });
  }

  async #forget(): Promise<void> {
    this.identity = null;
    this.#access = null;
    await this.disk.del("identity");
    await warm.drop("access");
  }
}

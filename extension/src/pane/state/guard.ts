import { signal } from "@preact/signals";
import type { IsClear } from "../sight";

/** Refuses presses that do something while the rep may not see what they press. */
export function createGuard(isClear: IsClear) {
  /** How many presses were refused since one was let through; 0 shows nothing. */
  const refused = signal(0);

  function allows(): boolean {
    const clear = isClear();
    refused.value = clear ? 0 : refused.value + 1;
    return clear;
  }

  return {
    refused,
    allows,

    /** The same store for those who draw: `doing` are done for presses that could be seen, and are
     * undefined for others. What a store does by itself later is not asked about again. */
    before<S extends object>(store: S, ...doing: Doing<S>[]): S {
      const asking = doing.map((name) => {
        const act = store[name] as (...given: unknown[]) => unknown;
        return [name, (...given: unknown[]) => (allows() ? act(...given) : undefined)];
      });
      return { ...store, ...Object.fromEntries(asking) };
    },

    forgive(): void {
      refused.value = 0;
    },
  };
}

/** Of a store what is done without telling how it went, or with true if it went well. */
type Doing<S> = {
  [K in keyof S]: S[K] extends (...given: never[]) => void | Promise<void> | Promise<boolean>
    ? K
    : never;
}[keyof S];

export type Guard = ReturnType<typeof createGuard>;

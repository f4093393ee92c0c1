import { signal } from "@preact/signals";
import type { Sight } from "../sight";

interface Refused {
  sight: Sight;
  times: number;
}

/** Refuses presses that do something while the rep may not see what they press. `covered` is told of
 * each that was refused as something lies over the pane. */
export function createGuard(look: () => Sight, covered: () => void) {
  /** Why the last press was refused, and how many were since one was let through; null shows
   * nothing. */
  const refused = signal<Refused | null>(null);

  function allows(): boolean {
    const sight = look();
    const times = (refused.value?.times ?? 0) + 1;
    refused.value = sight === "clear" ? null : { sight, times };
    if (sight === "covered") covered();
    return sight === "clear";
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

    /** The rep is shown something else: what was refused is of the past. */
    forgive(): void {
      refused.value = null;
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

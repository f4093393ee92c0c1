import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

const MARGIN_PX = 8;

export interface Fit {
  up: boolean;
  /** How far to the right, in px; negative is to the left. */
  shift: number;
}

/** Where what has opened beside its button fits into the log, or into the pane: above the button
 * where there is more room, and not over the sides. Null until that is known. */
export function useFit(open: boolean, place: RefObject<HTMLElement | null>, up: boolean) {
  const [fit, setFit] = useState<Fit | null>(null);
  useLayoutEffect(() => {
    const element = place.current;
    const button = element?.parentElement?.getBoundingClientRect();
    if (!open || !element || !button) {
      setFit(null);
      return;
    }
    const around = (element.closest(".log") ?? document.documentElement).getBoundingClientRect();
    const { left, right, height } = element.getBoundingClientRect();
    const [above, below] = [button.top - around.top, around.bottom - button.bottom];
    const needed = height + MARGIN_PX;
    const [wanted, other] = up ? [above, below] : [below, above];
    const over = right - (around.right - MARGIN_PX);
    const under = around.left + MARGIN_PX - left;
    setFit({
      up: wanted < needed && other > wanted ? !up : up,
      shift: under > 0 ? under : over > 0 ? -over : 0,
    });
  }, [open]);
  return fit;
}

import { useRef } from "preact/hooks";
import { usePane } from "../context";
import { Icon } from "./Icon";

const STEP = 40;
const LEAST = { width: 360, height: 400 };

/** The pane sits in the lower right corner of the page, so it grows from its upper left one. */
export function Grip() {
  const { post } = usePane();
  const start = useRef<{ x: number; y: number; width: number; height: number } | null>(null);

  function resize(width: number, height: number): void {
    post({
      kind: "size",
      width: Math.round(Math.max(LEAST.width, width)),
      height: Math.round(Math.max(LEAST.height, height)),
    });
  }

  const byKey: Record<string, [number, number]> = {
    ArrowLeft: [STEP, 0],
    ArrowRight: [-STEP, 0],
    ArrowUp: [0, STEP],
    ArrowDown: [0, -STEP],
  };

  return (
    <button
      type="button"
      class="grip"
      aria-label="Resize: arrow keys or drag"
      title="Resize"
      onKeyDown={(event) => {
        const step = byKey[event.key];
        if (!step) return;
        event.preventDefault();
        resize(innerWidth + step[0], innerHeight + step[1]);
      }}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        // Of the screen: the pane's own corner moves while one drags.
        start.current = {
          x: event.screenX,
          y: event.screenY,
          width: innerWidth,
          height: innerHeight,
        };
      }}
      onPointerMove={(event) => {
        const from = start.current;
        if (from) resize(from.width + from.x - event.screenX, from.height + from.y - event.screenY);
      }}
      onPointerUp={() => {
        start.current = null;
      }}
      onPointerCancel={() => {
        start.current = null;
      }}
    >
      <Icon name="grip" />
    </button>
  );
}

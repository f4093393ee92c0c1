import { useEffect, useReducer, useRef } from "preact/hooks";
import { usePane } from "../context";
import { useVirtual } from "../hooks/use_virtual";
import { Row } from "./Row";

const ROW_PX = 60;
/** Ask for the next page this many rows before the end is reached. */
const AHEAD = 10;

export function Rows() {
  const { list, talks, ui, open } = usePane();
  const scroller = useRef<HTMLDivElement>(null);
  /** Where the arrows are. A ref: keys may come faster than drawings. */
  const active = useRef<number | null>(null);
  /** The row to focus once it has been drawn. */
  const coming = useRef<number | null>(null);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const rows = list.rows.value;
  const virtual = useVirtual(scroller, rows.length, ROW_PX);
  const shown = virtual.getVirtualItems();
  const lastShown = shown.at(-1)?.index ?? 0;

  // The one row that Tab reaches: where the arrows were, else the open conversation, else the first.
  const at = (id: number | null) => rows.findIndex((c) => c.id === id);
  const tabbed = () => {
    const index = at(active.current);
    return Math.max(0, index >= 0 ? index : at(talks.current.value));
  };
  const tabbedNow = tabbed();

  function go(index: number): void {
    const target = rows[Math.max(0, Math.min(rows.length - 1, index))];
    if (!target) return;
    active.current = target.id;
    virtual.scrollToIndex(at(target.id), { align: "auto" });
    coming.current = target.id;
    arrive();
    redraw(undefined);
  }

  function arrive(): void {
    if (coming.current === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-id="${coming.current}"]`);
    if (!row) return;
    row.focus({ preventScroll: true });
    // Nothing in a frame that is not shown yet can take it: the page focuses the frame once it is.
    if (document.activeElement === row) coming.current = null;
  }

  useEffect(() => {
    if (list.more.value && lastShown >= rows.length - AHEAD) list.loadMore();
  }, [lastShown, rows.length, list.more.value]);

  const wanted = ui.focus.value === "list";
  useEffect(() => {
    if (!wanted) return;
    ui.focus.value = null;
    go(tabbed());
  }, [wanted]);

  useEffect(arrive);
  useEffect(() => {
    window.addEventListener("focus", arrive);
    return () => window.removeEventListener("focus", arrive);
  }, []);

  const steps: Record<string, () => number> = {
    ArrowDown: () => tabbed() + 1,
    ArrowUp: () => tabbed() - 1,
    PageDown: () => tabbed() + 8,
    PageUp: () => tabbed() - 8,
    Home: () => 0,
    End: () => rows.length - 1,
  };

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys of the rows bubble up to here
    <div
      class="rows"
      ref={scroller}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
        event.preventDefault();
        go(step());
      }}
    >
      {/* biome-ignore lint/a11y/noRedundantRoles: Safari and Chrome drop list semantics of unstyled lists */}
      <ul role="list" style={{ height: `${virtual.getTotalSize()}px` }}>
        {shown.map((item) => {
          const conversation = rows[item.index];
          if (!conversation) return null;
          return (
            <li
              key={conversation.id}
              style={{ transform: `translateY(${item.start}px)` }}
              aria-setsize={list.more.value ? -1 : rows.length}
              aria-posinset={item.index + 1}
            >
              <Row
                conversation={conversation}
                current={conversation.id === talks.current.value}
                tabbed={item.index === tabbedNow}
                open={() => {
                  active.current = conversation.id;
                  open(conversation.id);
                }}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

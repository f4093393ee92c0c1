import type { ComponentChildren } from "preact";
import { useId, useLayoutEffect } from "preact/hooks";
import { useFit } from "../hooks/use_fit";
import { usePopover } from "../hooks/use_popover";
import { Icon, type IconName } from "./Icon";

export interface Choice {
  key: string;
  label: string;
  /** A second line: what the choice is, or why it cannot be made. */
  detail?: string;
  icon?: IconName;
  /** Of several of which one holds; undefined for what is merely done. */
  checked?: boolean;
  act(): void;
}

interface Props {
  label: string;
  /** What the button shows. */
  children: ComponentChildren;
  class: string;
  choices: Choice[];
  side?: "start" | "end";
  up?: boolean;
  /** For one of many of its kind, among which the arrows go: whether Tab reaches this one. */
  tabbed?: boolean;
}

/** A button with a menu, by the keys of the ARIA pattern: arrows, Home, End, letters, Escape. */
export function Menu(props: Props) {
  const { label, children, class: extra, choices, side = "start", up = false, tabbed } = props;
  const { open, place, button, show, toggle, close } = usePopover();
  const id = useId();
  const fit = useFit(open, place, up);

  const items = () => [...(place.current?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
  useLayoutEffect(() => {
    if (!fit) return;
    const held = place.current?.querySelector<HTMLElement>("[aria-checked=true]");
    (held ?? items()[0])?.focus();
  }, [fit]);

  function keys(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const steps: Record<string, number> = {
      ArrowDown: (at + 1) % all.length,
      ArrowUp: (at - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    let to = steps[event.key];
    if (event.key === "Tab") close(false);
    else if (to === undefined && event.key.length === 1 && event.key !== " ") {
      const order = [...all.slice(at + 1), ...all.slice(0, at + 1)];
      const letter = event.key.toLowerCase();
      to = all.indexOf(
        order.find((one) => one.textContent.toLowerCase().startsWith(letter)) as never,
      );
      event.preventDefault(); // letters are not the pane's keys in here
    }
    if (to === undefined) return;
    event.preventDefault();
    all[to]?.focus();
  }

  return (
    <div class={`menu-place ${side}${(fit?.up ?? up) ? " up" : ""}`}>
      <button
        type="button"
        ref={button}
        class={extra}
        aria-label={label}
        title={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        tabIndex={tabbed === false ? -1 : undefined}
        onClick={toggle}
        onKeyDown={(event) => {
          if (tabbed !== undefined) return;
          if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
          event.preventDefault();
          show();
        }}
      >
        {children}
      </button>
      {open && (
        <div
          class="menu"
          role="menu"
          id={id}
          aria-label={label}
          ref={place}
          style={{ translate: fit?.shift ? `${fit.shift}px` : undefined }}
          onKeyDown={keys}
        >
          {choices.map(({ key, label: text, detail, icon, checked, act }) => (
            <button
              key={key}
              type="button"
              {...(checked === undefined
                ? { role: "menuitem" }
                : { role: "menuitemradio", "aria-checked": checked })}
              tabIndex={-1}
              onClick={() => {
                close();
                act();
              }}
            >
              {icon && <Icon name={icon} />}
              <span class="choice">
                <span dir="auto">{text}</span>
                {detail && <small dir="auto">{detail}</small>}
              </span>
              {checked && <Icon name="check" />}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

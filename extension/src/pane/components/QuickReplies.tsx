import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { usePane } from "../context";
import type { Popover } from "../hooks/use_popover";
import { matching } from "../state/quick_replies";
import { IconButton } from "./IconButton";

interface Props {
  popover: Popover;
  insert(text: string): void;
}

/** Texts kept for reuse: the button, and the list that "/" opens too. */
export function QuickReplies({ popover, insert }: Props) {
  const { open, place, button, toggle, close } = popover;
  return (
    <>
      <IconButton
        ref={button}
        icon="bolt"
        label="Quick replies"
        aria-expanded={open}
        aria-haspopup="dialog"
        onClick={toggle}
      />
      {open && (
        <div class="popover replies" role="dialog" aria-label="Quick replies" ref={place}>
          <List
            choose={(text) => {
              close(false);
              insert(text);
            }}
          />
        </div>
      )}
    </>
  );
}

function List({ choose }: { choose(text: string): void }) {
  const { quickReplies } = usePane();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const all = quickReplies.all.value;
  const error = quickReplies.error.value;
  const found = matching(all ?? [], query);
  const at = Math.min(active, found.length - 1);

  // Before the next key comes: what is typed right behind "/" belongs in here.
  useLayoutEffect(() => {
    input.current?.focus();
    void quickReplies.load();
  }, []);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at]);

  function keys(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      const one = found[at];
      if (one) choose(one.body);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      setActive((at + step + found.length) % (found.length || 1));
    } else if (event.key === "/" && query === "") {
      // "//": who wants the character itself.
      event.preventDefault();
      choose("/");
    }
  }

  return (
    <>
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label="Find a quick reply"
        placeholder="Find a quick reply"
        aria-expanded={found.length > 0}
        aria-controls="replies"
        aria-activedescendant={found[at] ? `reply-${found[at].id}` : undefined}
        autoComplete="off"
        spellcheck={false}
        value={query}
        onInput={(event) => {
          setQuery(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={keys}
      />
      <div class="reply-list" id="replies" role="listbox" aria-label="Quick replies" ref={list}>
        {found.map(({ id, name, body, shared }, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the input above
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the input above
          <div
            key={id}
            id={`reply-${id}`}
            role="option"
            class="reply"
            aria-selected={index === at}
            onClick={() => choose(body)}
          >
            <b dir="auto">
              {name}
              {!shared && <small> · only yours</small>}
            </b>
            <span dir="auto">{body}</span>
          </div>
        ))}
      </div>
      <div class="popover-word" role="status">
        <Word loaded={all !== null} none={all?.length === 0} found={found.length} error={error} />
      </div>
    </>
  );
}

interface WordProps {
  loaded: boolean;
  none: boolean;
  found: number;
  error: string;
}

function Word({ loaded, none, found, error }: WordProps) {
  const { quickReplies } = usePane();
  if (error)
    return (
      <>
        {error}{" "}
        <button type="button" class="link" onClick={() => void quickReplies.load()}>
          Try again
        </button>
      </>
    );
  if (!loaded) return <>Loading…</>;
  if (none) return <>No quick replies yet. An admin adds them on the admin pages.</>;
  if (!found) return <>Nothing found</>;
  return <span class="unseen">{found === 1 ? "1 quick reply" : `${found} quick replies`}</span>;
}

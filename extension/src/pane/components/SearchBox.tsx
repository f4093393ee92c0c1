import { useRef } from "preact/hooks";
import { usePane } from "../context";
import { useFocus } from "../hooks/use_focus";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";

export function SearchBox() {
  const { list, ui } = usePane();
  const input = useRef<HTMLInputElement>(null);
  useFocus("search", input);

  function keys(event: KeyboardEvent): void {
    if (event.isComposing) return;
    if (event.key === "Escape" && list.typed.value) {
      event.preventDefault();
      list.setSearch("");
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      ui.focus.value = "list";
    }
  }

  return (
    <search class="search">
      <Icon name="search" />
      <input
        ref={input}
        type="text"
        inputMode="search"
        placeholder="Search"
        aria-label="Search conversations"
        aria-keyshortcuts="/"
        autoComplete="off"
        spellcheck={false}
        maxLength={100}
        dir="auto"
        value={list.typed.value}
        onInput={(event) => list.setSearch(event.currentTarget.value)}
        onKeyDown={keys}
      />
      {list.typed.value ? (
        <IconButton
          icon="close"
          label="Clear search"
          onClick={() => {
            list.setSearch("");
            input.current?.focus();
          }}
        />
      ) : (
        <span class="key" aria-hidden="true">
          /
        </span>
      )}
    </search>
  );
}

import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Person } from "../../wire";
import { usePane } from "../context";
import { useLayer } from "../hooks/use_layer";

export function NameForm({ person }: { person: Person }) {
  const { naming, ui } = usePane();
  const [name, setName] = useState("");
  const form = useRef<HTMLFormElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const close = () => {
    naming.open.value = false;
  };
  useLayer(true, close);
  useLayoutEffect(() => {
    naming.error.value = "";
    input.current?.focus();
    return () => {
      // Saved or canceled: unless the rep is elsewhere by now.
      if (form.current?.contains(document.activeElement)) ui.focus.value = "composer";
    };
  }, []);
  const error = naming.error.value;
  return (
    <form
      ref={form}
      class="name-form"
      onSubmit={(event) => {
        event.preventDefault();
        naming.save(person.id, name);
      }}
    >
      <input
        ref={input}
        aria-label={`Name of ${person.mobile_display}`}
        placeholder={`Name of ${person.mobile_display}`}
        maxLength={200}
        dir="auto"
        autoComplete="off"
        value={name}
        aria-invalid={error !== ""}
        aria-describedby="name-error"
        onInput={(event) => setName(event.currentTarget.value)}
      />
      <button type="submit" class="primary">
        Save
      </button>
      <button type="button" class="plain" onClick={close}>
        Cancel
      </button>
      <p id="name-error" class="error" role="alert">
        {error}
      </p>
    </form>
  );
}

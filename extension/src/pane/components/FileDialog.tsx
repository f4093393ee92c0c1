import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Message, Person } from "../../wire";
import { usePane } from "../context";
import { callName, WAITING } from "../format/words";
import { useDelayed } from "../hooks/use_delayed";
import { useLayer } from "../hooks/use_layer";
import { Covered } from "./Covered";
import { IconButton } from "./IconButton";

/** Whose text it really was, of those who share the mobile. */
export function FileDialog({ message }: { message: Message }) {
  const { changing, filing } = usePane();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = () => {
    // Closed before it is taken away, or the focus would not go back.
    dialog.current?.close();
    filing.close();
  };
  useLayer(true, close);
  // Before the people take the focus in it.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      class="filing"
      aria-labelledby="filing-title"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      closedby="any"
    >
      <div class="filing-body">
        <header>
          <h2 id="filing-title">File under another person</h2>
          <IconButton icon="close" label="Close" onClick={close} />
        </header>
        <p class="filed" dir="auto">
          {message.body || "Photo or file"}
        </p>
        <People message={message} />
        <Covered />
        {changing.waits(message.id) && (
          <p class="popover-word" role="status">
            {WAITING}
          </p>
        )}
        <p class="error" role="alert">
          {changing.troubles.value.get(message.id)}
        </p>
      </div>
    </dialog>
  );
}

function People({ message }: { message: Message }) {
  const { changing, filing } = usePane();
  const people = filing.people.value;
  const error = filing.error.value;
  const list = useRef<HTMLUListElement>(null);
  const slow = useDelayed(people === null && !error);
  const busy = changing.busy.value.has(message.id);
  const buttons = () => [...(list.current?.querySelectorAll("button") ?? [])];
  useEffect(() => buttons()[0]?.focus(), [people]);

  function keys(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    const all = buttons();
    const at = all.indexOf(document.activeElement as HTMLButtonElement);
    if (!step || at < 0) return;
    event.preventDefault();
    all[(at + step + all.length) % all.length]?.focus();
  }

  if (error)
    return (
      <p class="popover-word" role="alert">
        {error}{" "}
        <button type="button" class="link" onClick={() => void filing.load()}>
          Try again
        </button>
      </p>
    );
  if (!people)
    return (
      <p class="popover-word" role="status">
        {slow && "Loading people…"}
      </p>
    );
  if (!people.length) return <p class="popover-word">Nobody else has this number any more.</p>;
  return (
    <ul ref={list} onKeyDown={keys} aria-busy={busy}>
      {people.map((person) => (
        <li key={person.id}>
          <button
            type="button"
            aria-disabled={busy}
            onClick={() => void filing.file(message, person)}
          >
            <b dir="auto">{callName(person)}</b>
            <Facts person={person} />
          </button>
        </li>
      ))}
    </ul>
  );
}

function Facts({ person: { title, account } }: { person: Person }) {
  if (!title && !account) return null;
  return (
    <small>
      <bdi>{title}</bdi>
      {title && account && " · "}
      <bdi>{account}</bdi>
    </small>
  );
}

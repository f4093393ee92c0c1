import { useState } from "preact/hooks";
import { usePane } from "../context";
import { bytes } from "../format/files";
import type { Attachment } from "../state/attachments";
import { PICTURES } from "../state/media";
import { Icon } from "./Icon";
import { IconButton } from "./IconButton";

/** The files that go with the text: there at once, each with what it waits for or needs. */
export function AttachmentStrip({ conversation }: { conversation: number }) {
  const { attachments } = usePane();
  const all = attachments.of(conversation);
  const trouble = attachments.trouble.value;
  const wrong = all.filter((one) => one.problem);
  return (
    <>
      <p class="trouble" role="alert">
        {trouble}
      </p>
      {all.length > 0 && (
        <ul class="attachments" aria-label="Attached files">
          {all.map((one) => (
            <Tile key={one.key} one={one} />
          ))}
        </ul>
      )}
      <div role="alert">
        {wrong.map((one) => (
          <Problem key={one.key} one={one} />
        ))}
      </div>
      {all.length > 0 && <p class="hint">Files stay here until this pane is closed.</p>}
    </>
  );
}

const STATES = { uploading: "uploading", done: "ready", failed: "failed", refused: "can't go" };

function Tile({ one }: { one: Attachment }) {
  const { attachments, toast, ui } = usePane();
  const { key, name, size, state } = one;

  function remove(): void {
    const removed = attachments.remove(key);
    if (!removed) return;
    toast.offer(`${removed.name} removed`, removed.gone, removed.back);
    ui.focus.value = "composer";
  }

  return (
    <li
      class={`attachment ${state}`}
      title={`${name}, ${bytes(size)}`}
      aria-busy={state === "uploading"}
    >
      <Face one={one} />
      <span class="unseen">
        {name}, {bytes(size)}, {STATES[state]}
      </span>
      {state === "uploading" && <i class="spinner" aria-hidden="true" />}
      {one.problem && <Icon name="warning" />}
      <IconButton
        icon="close"
        label={`Remove ${name}`}
        class="remove"
        onClick={remove}
        onKeyDown={(event) => {
          if (event.key === "Delete" || event.key === "Backspace") remove();
        }}
      />
    </li>
  );
}

function Face({ one }: { one: Attachment }) {
  const { pictures } = usePane();
  const [broken, setBroken] = useState("");
  const uploaded = one.media && PICTURES.has(one.media.content_type) ? one.media.id : null;
  const url = one.url || (uploaded === null ? "" : pictures.url(uploaded));
  if (url && url !== broken)
    return <img src={url} alt="" draggable={false} onError={() => setBroken(url)} />;
  return (
    <span class="file-face">
      <Icon name={one.url ? "picture" : "file"} />
      <bdi>{one.name}</bdi>
    </span>
  );
}

/** What is wrong with a file, and what can be done. Nothing is made smaller unasked. */
function Problem({ one }: { one: Attachment }) {
  const { attachments, ui } = usePane();
  const { key, problem, smaller, state, size, name } = one;
  const refocus = () => {
    ui.focus.value = "composer";
  };
  return (
    <div class="note problem">
      <span dir="auto">
        {problem}
        {smaller && ` As a JPEG: ${bytes(size)} → ${bytes(smaller.size)}.`}
      </span>
      {smaller && (
        <button
          type="button"
          class="link"
          onClick={() => {
            attachments.shrink(key);
            refocus();
          }}
        >
          {size > smaller.size ? "Make it smaller" : "Make it a JPEG"}
        </button>
      )}
      {state === "failed" && (
        <button
          type="button"
          class="link"
          aria-label={`Try ${name} again`}
          onClick={() => {
            attachments.retry(key);
            refocus();
          }}
        >
          Try again
        </button>
      )}
    </div>
  );
}

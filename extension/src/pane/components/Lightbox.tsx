import { useEffect, useRef, useState } from "preact/hooks";
import type { Conversation, Media, Message } from "../../wire";
import { usePane } from "../context";
import { exact } from "../format/time";
import { altOf, isShown } from "../format/media";
import { callName } from "../format/words";
import { useDownload } from "../hooks/use_download";
import { useLayer } from "../hooks/use_layer";
import { usePicture } from "../hooks/use_picture";
import { IconButton } from "./IconButton";

interface Shown {
  media: Media;
  message: Message;
}

/** The pictures of a conversation, one at a time and as large as fits. */
export function Lightbox({ conversation }: { conversation: Conversation }) {
  const { ui, talks } = usePane();
  const all: Shown[] = (talks.talk.value?.messages ?? []).flatMap((message) =>
    message.media
      .filter((media) => isShown(media) && media.state === "ready")
      .map((media) => ({ media, message })),
  );
  const at = all.findIndex(({ media }) => media.id === ui.picture.value);
  const shown = all[at];
  if (!shown) return null;
  const go = (step: number) => {
    const next = all[at + step];
    if (next) ui.picture.value = next.media.id;
  };
  return <Box shown={shown} at={at} count={all.length} go={go} conversation={conversation} />;
}

interface BoxProps {
  shown: Shown;
  at: number;
  count: number;
  go(step: number): void;
  conversation: Conversation;
}

function Box({ shown: { media, message }, at, count, go, conversation }: BoxProps) {
  const { ui } = usePane();
  const dialog = useRef<HTMLDialogElement>(null);
  const [whole, setWhole] = useState(true);
  const { url, error } = usePicture(media.id);
  const download = useDownload(media);
  const who =
    message.direction === "inbound" ? callName(conversation.person) : message.author || "you";
  const close = () => {
    // Closed before it is taken away, or the focus would not go back.
    dialog.current?.close();
    ui.picture.value = null;
  };
  useLayer(true, close);
  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => setWhole(true), [media.id]);

  const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };
  return (
    <dialog
      ref={dialog}
      class="lightbox"
      aria-label={altOf(media, who)}
      closedby="any"
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onKeyDown={(event) => {
        const step = steps[event.key];
        if (!step || !whole) return;
        event.preventDefault();
        go(step);
      }}
    >
      <header>
        <p>
          <b dir="auto">{who === "you" ? "You" : who}</b> <span>{exact(message.at)}</span>
          {count > 1 && (
            <span class="place" role="status">
              {at + 1} of {count}
            </span>
          )}
        </p>
        <IconButton
          icon="actual"
          label={whole ? "Show in actual size" : "Fit to the pane"}
          aria-pressed={!whole}
          onClick={() => setWhole(!whole)}
        />
        <IconButton icon="download" label="Download" onClick={download.save} />
        <IconButton icon="close" label="Close picture" onClick={close} />
      </header>
      <div class={whole ? "stage" : "stage actual"} tabIndex={whole ? undefined : 0}>
        {url ? <img src={url} alt={altOf(media, who)} /> : <p>{error || "Loading…"}</p>}
      </div>
      {download.error && <p role="alert">{download.error}</p>}
      {count > 1 && (
        <>
          <IconButton
            icon="previous"
            label="Previous picture"
            class="side previous"
            aria-disabled={at === 0}
            onClick={() => go(-1)}
          />
          <IconButton
            icon="next"
            label="Next picture"
            class="side next"
            aria-disabled={at === count - 1}
            onClick={() => go(1)}
          />
        </>
      )}
    </dialog>
  );
}

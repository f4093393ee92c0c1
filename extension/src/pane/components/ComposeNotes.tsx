import type { Blocked, Conversation } from "../../wire";
import { type Advice, advice, type Swap, spoken, swapped, visible } from "../advice";
import { usePane } from "../context";
import { Icon } from "./Icon";

/** What costs money or needs a choice, above the composer. */
export function ComposeNotes(props: { conversation: Conversation; passing: Blocked | null }) {
  const { composer, attachments } = usePane();
  const { passing } = props;
  const { id } = props.conversation;
  const edit = composer.edit(id);
  const text = edit?.body ?? composer.text(id);
  // A picture message costs the same in any alphabet.
  const better = attachments.of(id).length || edit?.message.media_count ? null : advice(text);
  return (
    <>
      <div role="status">
        {passing && !edit && (
          <div class="note quiet-hours">
            <Icon name={passing.reason === "quiet_hours" ? "moon" : "clock"} />
            <span dir="auto">{passing.text}</span>
          </div>
        )}
      </div>
      <div role="status">{better && <Dearer better={better} id={id} text={text} />}</div>
    </>
  );
}

/** One character can double the price. Nothing is changed unasked: the rep may want it so. */
function Dearer({ better, id, text }: { better: Advice; id: number; text: string }) {
  const { composer, ui } = usePane();
  const { cause, now, count, action, swaps } = better;

  function write(changed: string): void {
    if (composer.edit(id)) composer.changeEdit(id, { body: changed });
    else composer.write(id, changed);
    ui.focus.value = "composer";
  }

  return (
    <div class="note">
      <span>
        {cause} {messages(now)}, not {count}.
        {swaps.length > 0 && (
          <span class="swaps">
            {swaps.map((swap) => (
              <SwapChip key={swap.from} swap={swap} act={() => write(swapped(text, [swap]))} />
            ))}
          </span>
        )}
      </span>
      {action && (
        <button type="button" class="link" onClick={() => write(better.plain)}>
          {action}
        </button>
      )}
    </div>
  );
}

function SwapChip({ swap, act }: { swap: Swap; act(): void }) {
  const { from, to, times } = swap;
  const label = `Replace ${spoken(from)} with ${spoken(to)}, ${times === 1 ? "once" : `${times} times`}`;
  return (
    <button type="button" class="swap" aria-label={label} title={label} onClick={act}>
      <bdi>{visible(from)}</bdi> → <bdi>{visible(to)}</bdi>
      {times > 1 && ` ×${times}`}
    </button>
  );
}

const messages = (count: number) => (count === 1 ? "1 message" : `${count} messages`);

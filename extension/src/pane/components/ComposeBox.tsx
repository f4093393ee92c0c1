import { useRef } from "preact/hooks";
import type { Conversation } from "../../wire";
import { usePane } from "../context";
import { callName } from "../format/words";
import { whenInWords } from "../format/zone";
import { pasted, useDrop } from "../hooks/use_files";
import { useLayer } from "../hooks/use_layer";
import { usePopover } from "../hooks/use_popover";
import { sendable, tooLong } from "../state/composer";
import type { Later } from "../state/standing";
import { AttachButton, noFiles } from "./AttachButton";
import { AttachmentStrip } from "./AttachmentStrip";
import { ComposeText } from "./ComposeText";
import { Count } from "./Count";
import { EmojiButton } from "./EmojiButton";
import { NumberPicker } from "./NumberPicker";
import { QuickReplies } from "./QuickReplies";
import { SendButtons } from "./SendButtons";

interface Props {
  conversation: Conversation;
  /** Set while a text may not go now. */
  later: Later | null;
}

export function ComposeBox({ conversation, later }: Props) {
  const pane = usePane();
  const { composer, attachments, changing, sending, schedule, session, ui } = pane;
  const area = useRef<HTMLTextAreaElement>(null);
  const times = usePopover();
  const replies = usePopover();
  const { id, person, number } = conversation;
  const edit = composer.edit(id);
  const text = edit?.body ?? composer.text(id);
  const long = tooLong(sendable(text));
  const files = edit
    ? edit.message.media_count
    : attachments.of(id).filter((one) => one.state !== "refused").length;
  const over = useDrop((dropped) => attach(dropped));
  useLayer(edit !== undefined, () => schedule.discard(id));

  function write(body: string): void {
    sending.hold(id);
    if (edit) composer.changeEdit(id, { body });
    else composer.write(id, body);
  }

  function attach(chosen: readonly File[]): void {
    if (edit) attachments.trouble.value = "Save or discard the scheduled text first.";
    else if (!number.mms) attachments.trouble.value = noFiles(number);
    else {
      sending.hold(id);
      attachments.add(id, chosen);
    }
    ui.focus.value = "composer";
  }

  function submit(): void {
    if (edit) void schedule.save(id);
    else if (later && !later.exact) times.show();
    else sending.send(id, later?.from);
  }

  function keys(event: KeyboardEvent): void {
    if (event.key === "/" && text === "" && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      replies.show();
      return;
    }
    // 229: the Enter that ends a composition, where isComposing is already false.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229)
      return;
    event.preventDefault();
    if (!event.repeat) submit();
  }

  function insert(piece: string): void {
    const element = area.current;
    if (!element) return;
    element.setRangeText(piece, element.selectionStart, element.selectionEnd, "end");
    write(element.value);
    ui.focus.value = "composer";
  }

  const label = edit ? `Scheduled text to ${callName(person)}` : `Text to ${callName(person)}`;
  return (
    <form
      class={`compose${long ? " over" : ""}${over ? " dropping" : ""}`}
      aria-label={label}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
        ui.focus.value = "composer";
      }}
      onKeyDown={(event) => {
        if (!event.altKey || !event.shiftKey || event.code !== "KeyS") return;
        event.preventDefault();
        times.show();
      }}
    >
      {edit ? (
        <p class="from">
          Changing the text for{" "}
          <b>{whenInWords(edit.at, conversation.zone || person.time_zone, pane.now.value)}</b>
          {files > 0 && ` with ${files === 1 ? "1 file" : `${files} files`}`}
        </p>
      ) : (
        <NumberPicker conversation={conversation} />
      )}
      <AttachmentStrip conversation={id} />
      {edit && changing.troubles.value.has(edit.message.id) && (
        <p class="trouble bad" role="alert">
          {changing.troubles.value.get(edit.message.id)}
        </p>
      )}
      <ComposeText
        {...{ area, text, label, long, write, keys }}
        leave={composer.flush}
        paste={(event) => {
          const files = pasted(event);
          if (!files.length) return;
          event.preventDefault();
          attach(files);
        }}
      />
      <div class="tools">
        {!edit && <AttachButton number={number} attach={attach} />}
        <EmojiButton insert={insert} />
        <QuickReplies popover={replies} insert={insert} />
        <Count text={text} files={files} prices={session.value?.prices ?? null} />
        <SendButtons conversation={conversation} later={later} popover={times} />
      </div>
      {over && <p class="drop">{number.mms ? "Drop to attach" : noFiles(number)}</p>}
    </form>
  );
}

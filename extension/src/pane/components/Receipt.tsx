import type { Receipt } from "../../wire";
import { usePane } from "../context";
import { logAddress, receiptWords } from "../format/receipts";
import { WAITING } from "../format/words";

interface Props {
  receipt: Receipt;
  /** Whether this is the place where it is said in full. */
  full: boolean;
}

/** The quiet word at the end of a line: "Logged", which leads to it in the CRM. */
export function LoggedWord({ receipt, full }: Props) {
  const told = receiptWords(receipt);
  if (!told || isFull(receipt, full)) return null;
  const { words, sentence } = told;
  return (
    <>
      {" · "}
      <Logged receipt={receipt} shown={words} sentence={sentence} />
    </>
  );
}

interface NoteProps {
  /** The text that can be tried again; null for what is none. */
  message: number | null;
  receipt: Receipt | null;
  full: boolean;
}

/** What a rep should know of it in full, and what can be done. */
export function LoggedNote({ message, receipt, full }: NoteProps) {
  const { changing } = usePane();
  const trouble = message === null ? "" : changing.troubles.value.get(message);
  const told = receipt && isFull(receipt, full) ? receiptWords(receipt) : null;
  return (
    <>
      {receipt && told && (
        <span class={receipt.state === "failed" ? "detail failed" : "detail"} dir="auto">
          <Logged receipt={receipt} shown={told.sentence} sentence={told.sentence} />
        </span>
      )}
      {receipt?.state === "failed" && message !== null && <TryAgain message={message} />}
      {trouble && (
        <span class="detail failed" role="alert">
          {trouble}
        </span>
      )}
    </>
  );
}

function isFull(receipt: Receipt, full: boolean): boolean {
  const seen = receiptWords(receipt)?.seen;
  return seen === "always" || (seen === "latest" && full);
}

interface LoggedProps {
  receipt: Receipt;
  shown: string;
  sentence: string;
}

/** The worker opens it: a frame must not turn into the page it links to. */
function Logged({ receipt, shown, sentence }: LoggedProps) {
  const { post } = usePane();
  const url = logAddress(receipt);
  const rest = sentence.startsWith(shown) ? sentence.slice(shown.length) : `. ${sentence}`;
  const words = (
    <>
      {shown}
      {rest && <span class="unseen">{rest}</span>}
    </>
  );
  if (!url) return <span title={sentence}>{words}</span>;
  return (
    <a
      class="logged"
      href={url}
      target="_blank"
      rel="noopener noreferrer"
      title={sentence}
      onClick={(event) => {
        event.preventDefault();
        post({ kind: "open_link", url });
      }}
    >
      {words}
    </a>
  );
}

function TryAgain({ message }: { message: number }) {
  const { changing, receipts, ui } = usePane();
  const busy = changing.busy.value.has(message);
  return (
    <button
      type="button"
      class="link"
      aria-disabled={busy}
      onClick={async ({ currentTarget }) => {
        const feed = currentTarget.closest<HTMLElement>(".feed-rows");
        const done = await receipts.retry(message);
        // The button is gone, and with it the focus of who has stayed on it.
        if (!done || document.activeElement !== document.body) return;
        if (feed) feed.focus();
        else ui.focus.value = "composer";
      }}
    >
      {changing.waits(message) ? WAITING : busy ? "Trying…" : "Try again"}
    </button>
  );
}

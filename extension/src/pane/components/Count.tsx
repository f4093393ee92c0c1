import { MAX_BODY } from "../../wire";
import { segments } from "../segments";

const number = new Intl.NumberFormat("en-US");

/** What the text costs as it is being written. */
export function Count({ text }: { text: string }) {
  const { count, encoding, characters } = segments(text);
  const over = characters - MAX_BODY;
  const unicode = encoding === "UCS-2";
  const kind = unicode
    ? "Unicode: 70 characters in one message, 67 in each of several"
    : "Plain: 160 characters in one message, 153 in each of several";
  return (
    <span id="count" class={over > 0 ? "price over" : "price"} title={kind}>
      {text && (
        <>
          {number.format(characters)} / {number.format(MAX_BODY)} ·{" "}
          {over > 0
            ? `${number.format(over)} too many`
            : `${count} ${count === 1 ? "message" : "messages"}`}
          <span class="unseen">, {unicode ? "Unicode" : "plain characters"}</span>
        </>
      )}
    </span>
  );
}

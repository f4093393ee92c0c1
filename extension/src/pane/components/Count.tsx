import { MAX_BODY, type Prices } from "../../wire";
import { dollars } from "../format/money";
import { segments } from "../segments";

const number = new Intl.NumberFormat("en-US");

/** So near to the limit, what is left says more than what is there. */
const CLOSE = 100;

interface Props {
  text: string;
  files: number;
  prices: Prices | null;
}

/** What the text costs as it is being written. */
export function Count({ text, files, prices }: Props) {
  const { count, encoding, characters } = segments(text);
  const over = characters - MAX_BODY;
  const unicode = encoding === "UCS-2";
  const sort = unicode
    ? "Unicode: 70 characters in one message, 67 in each of several"
    : "Plain: 160 characters in one message, 153 in each of several";
  const words = files
    ? `1 message with ${files === 1 ? "1 file" : `${files} files`}`
    : count === 1
      ? "1 message"
      : `${count} messages`;
  // As the backend expects it: words or none, a text is at least one part.
  const price = prices && dollars(Math.max(1, count) * prices.segment + files * prices.media);
  const left =
    -over <= CLOSE
      ? `${number.format(MAX_BODY - characters)} left`
      : `${number.format(characters)} / 1,600`;
  return (
    <span id="count" class={over > 0 ? "price over" : "price"} title={files ? undefined : sort}>
      {over > 0
        ? `${number.format(over)} too many`
        : (text || files > 0) && (
            <>
              {text && <span class={-over <= CLOSE ? "left" : "typed"}>{left} · </span>}
              {words}
              {price && ` · ${price}`}
              {text && !files && (
                <span class="unseen">, {unicode ? "Unicode" : "plain characters"}</span>
              )}
            </>
          )}
    </span>
  );
}

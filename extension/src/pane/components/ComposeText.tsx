import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { marked } from "../advice";
import { useFocus } from "../hooks/use_focus";

interface Props {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  label: string;
  long: boolean;
  write(text: string): void;
  leave(): void;
  paste(event: ClipboardEvent): void;
  keys(event: KeyboardEvent): void;
}

/** The text, and below it the same text again, unseen, whose marks show through. */
export function ComposeText({ area, text, label, long, write, leave, paste, keys }: Props) {
  const mirror = useRef<HTMLPreElement>(null);
  const stretches = marked(text);
  useFocus("composer", area);

  function follow(): void {
    const above = area.current;
    const below = mirror.current;
    if (!above || !below) return;
    // Without the scrollbar, whichever side it is on.
    below.style.width = `${above.clientWidth}px`;
    below.style.left = `${above.clientLeft}px`;
    below.style.height = `${above.clientHeight}px`;
    below.scrollTop = above.scrollTop;
  }

  useLayoutEffect(() => {
    const element = area.current;
    if (!element) return;
    element.style.height = "0";
    element.style.height = `${element.scrollHeight}px`;
    follow();
  }, [text]);
  useLayoutEffect(() => {
    if (!area.current) return;
    const observer = new ResizeObserver(follow);
    observer.observe(area.current);
    return () => observer.disconnect();
  }, []);

  return (
    <div class="writing">
      {stretches && (
        <pre class="mirror" ref={mirror} dir="auto" aria-hidden="true">
          {stretches.map((stretch, index) =>
            stretch.odd ? <mark key={index}>{stretch.text}</mark> : stretch.text,
          )}
          {/* A line that was only begun has a height in the text, and none in here. */}
          {"\u200b"}
        </pre>
      )}
      <textarea
        ref={area}
        rows={1}
        dir="auto"
        placeholder="Write a text"
        aria-label={label}
        aria-keyshortcuts="c"
        aria-invalid={long}
        aria-describedby="count"
        value={text}
        onInput={(event) => write(event.currentTarget.value)}
        onKeyDown={keys}
        onPaste={paste}
        onScroll={follow}
        onBlur={leave}
      />
    </div>
  );
}

import { useEffect, useState } from "preact/hooks";

const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") === true;

/**
 * Files dropped anywhere on the pane go to `take`, instead of turning the frame into a picture.
 * True while some are held over it.
 */
export function useDrop(take: (files: File[]) => void): boolean {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const ends = new AbortController();
    const listen = (type: "dragover" | "dragleave" | "drop", act: (event: DragEvent) => void) =>
      window.addEventListener(type, act, { signal: ends.signal });
    listen("dragover", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    });
    listen("dragleave", (event) => {
      if (!event.relatedTarget) setOver(false);
    });
    listen("drop", (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(false);
      take([...(event.dataTransfer?.files ?? [])]);
    });
    return () => ends.abort();
  });
  return over;
}

/** Pictures that are pasted. Office programs put a picture beside every text: then the text counts. */
export function pasted(event: ClipboardEvent): File[] {
  const data = event.clipboardData;
  if (!data?.files.length || data.types.includes("text/plain")) return [];
  return [...data.files];
}

import { useRef } from "preact/hooks";
import type { Number as OwnNumber } from "../../wire";
import { PICKABLE } from "../format/files";
import { IconButton } from "./IconButton";

interface Props {
  number: OwnNumber;
  attach(files: readonly File[]): void;
}

/** Picks files; for a number that sends none the button says so instead. */
export function AttachButton({ number, attach }: Props) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton
        icon="clip"
        label={number.mms ? "Attach files" : noFiles(number)}
        aria-disabled={!number.mms}
        onClick={() => (number.mms ? input.current?.click() : attach([]))}
      />
      <input
        ref={input}
        type="file"
        class="unseen"
        tabIndex={-1}
        aria-hidden="true"
        multiple
        accept={PICKABLE.join(",")}
        onChange={(event) => {
          attach([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = ""; // the same file may be chosen again
        }}
      />
    </>
  );
}

export const noFiles = ({ display }: OwnNumber) =>
  `${display} can't send files. Ask an admin for a number that can.`;

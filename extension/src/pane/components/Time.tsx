import { exact } from "../format/time";

export function Time({ at, text }: { at: number; text: string }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={exact(at)}>
      {text}
    </time>
  );
}

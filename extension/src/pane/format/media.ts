// What a picture or file of a text is called on the screen.
import type { Media } from "../../wire";
import { PICTURES } from "../state/media";
import { bytes } from "./files";

const KINDS: Record<string, { word: string; ending: string }> = {
  "application/pdf": { word: "PDF", ending: "pdf" },
  "text/vcard": { word: "Contact card", ending: "vcf" },
  "text/x-vcard": { word: "Contact card", ending: "vcf" },
  "text/calendar": { word: "Calendar entry", ending: "ics" },
  "text/plain": { word: "Text file", ending: "txt" },
  "image/jpeg": { word: "JPEG picture", ending: "jpg" },
  "image/png": { word: "PNG picture", ending: "png" },
  "image/gif": { word: "GIF picture", ending: "gif" },
  "image/webp": { word: "WebP picture", ending: "webp" },
};

/** Whether it is drawn in the log, once it is there. Every other kind is a file to download. */
export const isShown = ({ content_type }: Media) => PICTURES.has(content_type);

/** "PDF · 120 KB": what one gets before one gets it. */
export function kindOf({ content_type, size }: Media): string {
  const [family = "", rest = ""] = content_type.split("/");
  const known = KINDS[content_type]?.word;
  const word =
    known ?? ({ video: "Video", audio: "Sound" }[family] || `${rest.toUpperCase()} file`);
  return [word.trim(), size > 0 ? bytes(size) : ""].filter(Boolean).join(" · ");
}

/** A name to save it under: the sender's, without what a file's name cannot hold. */
export function saveName({ id, name, content_type }: Media): string {
  const safe = name.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, "_").trim();
  const ending = KINDS[content_type]?.ending;
  if (safe.replace(/[._]/g, "")) return safe;
  return ending ? `attachment-${id}.${ending}` : `attachment-${id}`;
}

/** For people who do not see it. */
export function altOf({ name, content_type }: Media, who: string): string {
  const what = KINDS[content_type]?.word ?? "Picture";
  return name ? `${what} from ${who}: ${name}` : `${what} from ${who}`;
}

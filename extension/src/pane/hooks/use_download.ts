import { useState } from "preact/hooks";
import type { Media } from "../../wire";
import { usePane } from "../context";
import { saveName } from "../format/media";
import { Denied } from "../state/asking";

/** Chrome reads the address as the download begins; a slow disk may need a moment for it. */
const KEEP_MS = 60_000;

/** Saving a file of a text. Whatever it claims to be, the browser is told that it is only bytes:
 * nothing of it is ever opened here. */
export function useDownload(media: Media): { busy: boolean; error: string; save(): void } {
  const { asking, world } = usePane();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState("");

  async function save(): Promise<void> {
    if (busy) return;
    setBusy(true);
    setError("");
    try {
      const { data } = await asking.fetchMedia(media.id);
      const url = world.files.url(world.files.fromBase64(data, "application/octet-stream"));
      const link = document.createElement("a");
      link.href = url;
      link.download = saveName(media);
      link.click();
      setTimeout(() => world.files.revoke(url), KEEP_MS);
    } catch (failed) {
      setError(failed instanceof Denied ? failed.message : "The file did not load.");
    } finally {
      setBusy(false);
    }
  }

  return { busy, error, save: () => void save() };
}

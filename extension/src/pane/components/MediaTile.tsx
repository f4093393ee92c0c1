import { useRef, useState } from "preact/hooks";
import type { Media } from "../../wire";
import { usePane } from "../context";
import { altOf, isShown, kindOf } from "../format/media";
import { useDownload } from "../hooks/use_download";
import { usePicture } from "../hooks/use_picture";
import { useSeen } from "../hooks/use_seen";
import { Icon } from "./Icon";

const GONE = "This file is no longer kept.";
const REFUSED = "This file was not taken in.";

/** The pictures and files of one text; `who` sent them. */
export function MediaGrid({ media, who }: { media: readonly Media[]; who: string }) {
  const tiles = media.filter(
    (one) => one.state === "pending" || (one.state === "ready" && isShown(one)),
  );
  const files = media.filter((one) => !tiles.includes(one));
  return (
    <div class="media-of">
      {tiles.length > 0 && (
        <div class={`tiles of-${Math.min(tiles.length, 3)}`}>
          {tiles.map((one) => (
            <MediaTile key={one.id} media={one} who={who} />
          ))}
        </div>
      )}
      {files.map((one) => (
        <FileTile key={one.id} media={one} />
      ))}
    </div>
  );
}

function MediaTile({ media, who }: { media: Media; who: string }) {
  const place = useRef<HTMLDivElement>(null);
  const { pictures } = usePane();
  // What is here already is drawn at once: a text that was just sent does not flicker.
  const seen = useSeen(place) || pictures.has(media.id);
  const { width, height, state } = media;
  // Known before the picture is: nothing moves when it comes.
  const aspect = width > 0 && height > 0 ? `${width} / ${height}` : "4 / 3";
  return (
    <div class="tile" ref={place} style={{ "--aspect": aspect }}>
      {state === "pending" ? <Waiting /> : seen && <Picture media={media} who={who} />}
    </div>
  );
}

function Waiting() {
  return (
    <div class="tile-word waiting">
      <Icon name="picture" />
      <span>On its way…</span>
    </div>
  );
}

function Picture({ media, who }: { media: Media; who: string }) {
  const { ui } = usePane();
  const { url, error, again } = usePicture(media.id);
  const [broken, setBroken] = useState(false);
  if (broken) return <FileTile media={media} />;
  if (error)
    return (
      <div class="tile-word">
        <Icon name="warning" />
        <span dir="auto">{error}</span>
        <button type="button" class="link" onClick={again}>
          Try again
        </button>
      </div>
    );
  if (!url) return <Waiting />;
  return (
    <button
      type="button"
      class="picture"
      aria-haspopup="dialog"
      onClick={() => {
        ui.picture.value = media.id;
      }}
    >
      <img src={url} alt={altOf(media, who)} onError={() => setBroken(true)} />
    </button>
  );
}

/** Something that is not drawn here: saved to the rep's disk, and opened there by their choice. */
function FileTile({ media }: { media: Media }) {
  const { busy, error, save } = useDownload(media);
  const ready = media.state === "ready";
  const name = media.name || kindOf(media);
  const why = ready ? error : media.error || (media.state === "gone" ? GONE : REFUSED);
  return (
    <div class="file">
      <Icon name={ready ? "file" : "warning"} />
      <div class="file-words">
        <b dir="auto" title={name}>
          {name}
        </b>
        <small>{why || kindOf(media)}</small>
      </div>
      {ready && (
        <button
          type="button"
          class="icon-button"
          aria-label={`Download ${name}`}
          title="Download"
          aria-disabled={busy}
          onClick={save}
        >
          <Icon name="download" />
        </button>
      )}
    </div>
  );
}

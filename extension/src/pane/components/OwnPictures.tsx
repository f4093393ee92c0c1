import type { Media } from "../../wire";
import { attachments } from "../format/words";
import { usePicture } from "../hooks/use_picture";
import { PICTURES } from "../state/media";
import { Icon } from "./Icon";

/** What goes with a text that has not gone yet: from this pane's own files where it has them. */
export function OwnPictures({ media, count }: { media: readonly Media[]; count: number }) {
  if (!media.length) return count ? <p class="media">{attachments(count)}</p> : null;
  return (
    <div class="own-pictures">
      {media.map((one) =>
        PICTURES.has(one.content_type) ? (
          <OwnPicture key={one.id} media={one} />
        ) : (
          <p class="media" key={one.id}>
            <Icon name="file" />
            <bdi>{one.name || "File"}</bdi>
          </p>
        ),
      )}
    </div>
  );
}

function OwnPicture({ media }: { media: Media }) {
  const { url, error } = usePicture(media.id);
  if (url) return <img src={url} alt={media.name || "Picture"} draggable={false} />;
  return (
    <p class="media">
      <Icon name="picture" />
      {error || media.name || "Picture"}
    </p>
  );
}

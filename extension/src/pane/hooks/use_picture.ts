import { useEffect } from "preact/hooks";
import { usePane } from "../context";

/** The address of a text's picture while it is on the screen; "" until it has come. */
export function usePicture(media: number): { url: string; error: string; again(): void } {
  const { pictures } = usePane();
  useEffect(() => pictures.use(media), [media]);
  return {
    url: pictures.url(media),
    error: pictures.error(media),
    again: () => pictures.again(media),
  };
}

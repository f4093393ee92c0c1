// What the browser does with files, in one place: tests hand the pane another one.

export interface Files {
  /** An address for `<img>`, at once: nothing is read for it. */
  url(file: Blob): string;
  revoke(url: string): void;
  toBase64(file: Blob): Promise<string>;
  fromBase64(data: string, type: string): Blob;
  /** The picture as a JPEG of at most `bytes`, or null where it cannot be read or made so small. */
  shrink(file: Blob, bytes: number): Promise<Blob | null>;
}

export const browserFiles: Files = {
  url: (file) => URL.createObjectURL(file),
  revoke: (url) => URL.revokeObjectURL(url),
  toBase64: async (file) => new Uint8Array(await file.arrayBuffer()).toBase64(),
  fromBase64: (data, type) => new Blob([Uint8Array.fromBase64(data)], { type }),
  shrink,
};

/** Longest side in pixels and quality, tried in this order. A phone shows no more than the first. */
const STEPS = [
  [2048, 0.85],
  [1600, 0.8],
  [1280, 0.75],
  [1024, 0.7],
  [640, 0.6],
] as const;

async function shrink(file: Blob, bytes: number): Promise<Blob | null> {
  let picture: ImageBitmap;
  try {
    picture = await createImageBitmap(file);
  } catch {
    return null;
  }
  try {
    for (const [side, quality] of STEPS) {
      const made = await asJpeg(picture, side, quality);
      if (made.size <= bytes) return made;
    }
    return null;
  } finally {
    picture.close();
  }
}

async function asJpeg(picture: ImageBitmap, side: number, quality: number): Promise<Blob> {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (!context) throw new Error("no canvas");
  // JPEG knows no transparency: what was clear would turn black.
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(picture, 0, 0, width, height);
  return canvas.convertToBlob({ type: "image/jpeg", quality });
}

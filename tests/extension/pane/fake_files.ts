// A browser's files for tests: addresses are counted, and what is given back is known.
import type { Files } from "../../../extension/src/pane/files";

export class FakeFiles implements Files {
  readonly open = new Set<string>();
  /** What the next picture that is made smaller becomes. */
  smaller: Blob | null = null;
  #made = 0;

  url(): string {
    this.#made += 1;
    const url = `blob:${this.#made}`;
    this.open.add(url);
    return url;
  }

  revoke(url: string): void {
    if (!this.open.delete(url)) throw new Error(`${url} was given back twice`);
  }

  async toBase64(file: Blob): Promise<string> {
    return btoa(await file.text());
  }

  fromBase64(data: string, type: string): Blob {
    return new Blob([atob(data)], { type });
  }

  async shrink(): Promise<Blob | null> {
    return this.smaller;
  }
}

/** A file that says it has this many bytes, without having them. */
export function file(name: string, type: string, size = 1000): File {
  const made = new File(["x"], name, { type });
  Object.defineProperty(made, "size", { value: size });
  return made;
}

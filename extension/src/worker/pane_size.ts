// How large the rep has made the pane: the same on every page.

import type { Disk, Size } from "./disk";

export class PaneSize {
  now: Size = { width: 760, height: 600 };

  constructor(private readonly disk: Disk) {}

  async restore(): Promise<void> {
    this.now = (await this.disk.get("size")) ?? this.now;
  }

  put(width: number, height: number): void {
    this.now = { width: Math.round(width), height: Math.round(height) };
    void this.disk.set("size", this.now);
  }
}

// Prices come in millionths of a US dollar.
const CENT = 10_000;

/** "$0.02"; "under $0.01" rather than a price of nothing. */
export function dollars(millionths: number): string {
  if (millionths > 0 && millionths < CENT / 2) return "under $0.01";
  return `$${(Math.round(millionths / CENT) / 100).toFixed(2)}`;
}

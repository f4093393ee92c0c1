/** A number as people here write it: "+14045550187" -> "(404) 555-0187"; others stay as they are. */
export function displayPhone(e164: string): string {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(e164);
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : e164;
}

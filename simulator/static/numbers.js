// Numbers as people write them, and back.

/** "+14045550187" -> "(404) 555-0187"; what is not a number of the US or Canada stays as it is. */
export function pretty(number) {
  const parts = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  return parts ? `(${parts[1]}) ${parts[2]}-${parts[3]}` : number;
}

/** What somebody typed -> E.164, or null if it cannot be a number. */
export function parsed(text) {
  if (/[^\d\s().+\-\u2010-\u2015]/.test(text)) return null;
  const digits = text.replace(/\D/g, "");
  if (text.trim().startsWith("+"))
    return digits.length >= 8 && digits.length <= 15 ? `+${digits}` : null;
  if (digits.length === 10) return `+1${digits}`;
  return digits.length === 11 && digits.startsWith("1") ? `+${digits}` : null;
}

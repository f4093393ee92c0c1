// One record has one id, however its address is written.

import type { CrmSite } from "../wire";

const FORMS: Record<NonNullable<CrmSite["id_form"]>, (id: string) => string> = {
  "": (id) => id,
  sf18,
  guid: (id) => id.replace(/[{}]/g, "").toLowerCase(),
};

export function normalId(form: CrmSite["id_form"], id: string): string {
  return FORMS[form ?? ""](id);
}

const SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/** Salesforce's id in 18 characters. The last three say which of the first fifteen are capitals,
 * five each, the first one the lowest bit, for systems that do not tell them apart. */
function sf18(id: string): string {
  const own = id.slice(0, 15);
  let suffix = "";
  for (let at = 0; at < 15; at += 5) {
    let bits = 0;
    for (let bit = 0; bit < 5; bit++) if (/[A-Z]/.test(own[at + bit] ?? "")) bits |= 1 << bit;
    suffix += SUFFIX[bits];
  }
  return own + suffix;
}

import type { OptionsAnswer, OptionsToWorker } from "../lib/messages";

/** Asks the worker; a worker that cannot be reached is an answer too. */
export async function ask(question: OptionsToWorker): Promise<OptionsAnswer> {
  try {
    return await chrome.runtime.sendMessage(question);
  } catch (error) {
    console.warn(error);
    return { ok: false, field: "", text: "Repline is restarting. Try again in a moment." };
  }
}

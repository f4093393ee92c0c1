// Reads a JSON list of texts, writes [parts, encoding] of each as Twilio's calculator counts them.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { SegmentedMessage } = createRequire(import.meta.url)("sms-segments-calculator");
const texts = JSON.parse(readFileSync(0, "utf8"));
const counted = texts.map((text) => {
  const message = new SegmentedMessage(text);
  return [message.segmentsCount, message.encodingName];
});
process.stdout.write(JSON.stringify(counted));

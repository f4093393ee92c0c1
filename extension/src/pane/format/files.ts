// What files may go with a text, and how they are spoken of.

/** Twilio makes these fit the phone; anything else it hands on as it is, and carriers drop it when
 * it is large. https://www.twilio.com/docs/messaging/guides/accepted-mime-types */
const SENT_AS_PICTURE = new Set(["image/jpeg", "image/png", "image/gif"]);
const SENT_AS_FILE = new Set([
  ...["application/pdf", "text/vcard", "text/x-vcard"],
  ...["video/mp4", "video/3gpp"],
]);

/** Of all files of one text together. Twilio's 5 MB are a little more, which leaves room for words. */
export const MOST_BYTES = 5_000_000;
const MOST_BYTES_OF_FILE = 500_000;

/** For the file dialog: what can be sent, and pictures that can be turned into such. */
export const PICKABLE = [...SENT_AS_PICTURE, ...SENT_AS_FILE, "image/webp", "image/avif", ".vcf"];

export const isPicture = (type: string) => type.startsWith("image/");

/** Why the file cannot go as it is, what to do, and the bytes it would have to fit where a smaller
 * JPEG would do; null where it can go. `room` is what the other files of the text leave. */
export function refusal(
  file: { name: string; type: string; size: number },
  room: number,
): { text: string; fit: number } | null {
  const name = shortName(file.name);
  if (file.size === 0) return { text: `${name} is empty. Choose another file.`, fit: 0 };
  const picture = isPicture(file.type);
  if (!SENT_AS_PICTURE.has(file.type) && !SENT_AS_FILE.has(file.type)) {
    const text = picture
      ? `${name} is of a kind that phones may not show. Send it as a JPEG, or choose a JPEG, PNG or GIF.`
      : `${name} can't go with a text. Choose a picture, PDF, contact card or MP4 video.`;
    return { text, fit: picture ? room : 0 };
  }
  if (!picture && file.size > MOST_BYTES_OF_FILE)
    return {
      text: `${name} is ${bytes(file.size)}; phones take files up to ${bytes(MOST_BYTES_OF_FILE)}. Send a link to it instead.`,
      fit: 0,
    };
  if (file.size <= room) return null;
  const alone = file.size > MOST_BYTES;
  const limit = bytes(MOST_BYTES);
  const text = alone
    ? `${name} is ${bytes(file.size)}; a text takes ${limit}.`
    : `With ${name} the files are over the ${limit} that a text takes.`;
  return { text: picture ? text : `${text} Send it in another text.`, fit: picture ? room : 0 };
}

/** "812 KB", "4.9 MB": in steps of 1,000, as file managers and carriers count. */
export function bytes(size: number): string {
  if (size < 1000) return `${size} bytes`;
  if (size < 999_500) return `${Math.round(size / 1000)} KB`;
  return `${(size / 1_000_000).toFixed(1).replace(".0", "")} MB`;
}

const LONGEST_NAME = 28;

/** The end tells more than the middle: it has the kind. */
export function shortName(name: string): string {
  const characters = [...name];
  if (characters.length <= LONGEST_NAME) return name || "This file";
  return `${characters.slice(0, 18).join("")}…${characters.slice(-8).join("")}`;
}

/**
 * Characters without width that get into files by copying from mails, chats and web pages: soft hyphens, spaces without
 * width, byte order marks, marks of direction. They mean nothing in a name, an address or a number.
 */
const STRAY = /[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu;

/** Spaces that look like the usual one: non-breaking, thin, ideographic. */
const OTHER_SPACE = /(?! )\p{Zs}/gu;

/** What can't be seen. Joiners (U+200C, U+200D) are part of how Persian or Hindi, and some emoji, are written. */
const INVISIBLE = /[\p{Cf}\p{Co}]/u;
const INVISIBLE_BUT_JOINERS = /(?!\u200c|\u200d)[\p{Cf}\p{Co}]/u;

/** Properties that hold words of people, in any script. */
const WORDS = /^(name|firstName|lastName|addressLine[12]|city|stateOrProvince|notes)$/;

/** A text without stray characters, with usual spaces, and composed: `é` is one character, as Webex returns it. */
export function tidy(text: string): string {
  // Most texts are ASCII.
  if (/^[\n\r\t -~]*$/.test(text)) return text;
  return text.replace(STRAY, '').replace(OTHER_SPACE, ' ').normalize('NFC');
}

/** Whether a property's text still holds invisible characters after it was made {@link tidy}. */
export function hidesSomething(property: string | number, text: string): boolean {
  return (WORDS.test(String(property)) ? INVISIBLE_BUT_JOINERS : INVISIBLE).test(text);
}

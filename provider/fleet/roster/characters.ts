/**
 * Invisible characters that get into files by copying from mails, chats and web pages: soft hyphens, zero-width spaces,
 * byte order marks, direction marks. They have no meaning in a name, an address or a number.
 */
const STRAY = /[\u00ad\u061c\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]/gu;

/** Spaces other than U+0020 that look like it: non-breaking, thin, ideographic. */
const OTHER_SPACE = /(?! )\p{Zs}/gu;

/** Invisible characters. Joiners (U+200C, U+200D) are valid in words: Persian, Hindi and some emoji need them. */
const INVISIBLE = /[\p{Cf}\p{Co}]/u;
const INVISIBLE_BUT_JOINERS = /(?!\u200c|\u200d)[\p{Cf}\p{Co}]/u;

/** Properties with words in any script. */
const WORDS = /^(name|firstName|lastName|addressLine[12]|city|stateOrProvince|notes)$/;

/** Removes stray characters, makes all spaces U+0020, and composes letters: `é` is one character, as in Webex. */
export function tidy(text: string): string {
  // Fast path: most texts are ASCII.
  if (/^[\n\r\t -~]*$/.test(text)) return text;
  return text.replace(STRAY, '').replace(OTHER_SPACE, ' ').normalize('NFC');
}

/** True if a property's text contains invisible characters even after {@link tidy}. */
export function hidesSomething(property: string | number, text: string): boolean {
  return (WORDS.test(String(property)) ? INVISIBLE_BUT_JOINERS : INVISIBLE).test(text);
}

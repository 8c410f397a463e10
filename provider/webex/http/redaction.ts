/**
 * Removes secrets from a server's texts: some servers echo the headers or the form of a request that they refuse.
 */

/** Length of the shortest text that counts as a secret. Removing shorter ones would garble every text. */
const SHORTEST = 4;

/** Removes every known secret from a text, in each encoding that a server may use. */
export function redact(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue;
    for (const form of formsOf(secret)) if (result.includes(form)) result = result.replaceAll(form, '***');
  }
  return result;
}

const known = new Map<string, readonly string[]>();

/** The forms of a secret: plain, in a URL, in a form, in HTML, and in base64 at each position. */
function formsOf(secret: string): readonly string[] {
  const found = known.get(secret);
  if (found) return found;
  // A lone surrogate, which no URL can hold, is sent as the replacement character.
  const plain = Buffer.from(secret).toString();
  const forms = [secret, plain, encodeURIComponent(plain), new URLSearchParams({ '': plain }).toString().slice(1)];
  const all = [...forms, inHtml(plain), ...[0, 1, 2].flatMap((shift) => inBase64(plain, shift))];
  const distinct = [...new Set(all)].sort((left, right) => right.length - left.length);
  known.set(secret, distinct);
  return distinct;
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function inHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** The part of base64 that is the same in each text with the secret `shift` bytes after a multiple of three. */
function inBase64(secret: string, shift: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  // The first characters depend on the text before the secret, the last one on the text after it.
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  const sure = whole.slice(shift === 0 ? 0 : shift + 1);
  return sure.length < 8 ? [] : [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
}

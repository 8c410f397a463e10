/**
 * Keeping secrets out of what a server says: some echo the request that they refuse, with its headers or its form.
 */

/** Shorter ones are no real secrets, and would garble every text. */
const SHORTEST = 4;

/** Takes every known secret out of a text, in each way in which servers write what they were sent. */
export function redact(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of secrets) {
    if (secret.length < SHORTEST) continue;
    for (const form of formsOf(secret)) if (result.includes(form)) result = result.replaceAll(form, '***');
  }
  return result;
}

const known = new Map<string, readonly string[]>();

/** A secret as it is, in a URL, in a form, in HTML, and in base64 whatever stands before it. */
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

/** What base64 of any text holds that holds the secret `shift` bytes after a multiple of three. Not of a short one. */
function inBase64(secret: string, shift: number): string[] {
  const bytes = Buffer.concat([Buffer.alloc(shift), Buffer.from(secret)]);
  // The first characters depend on what stands before, the last one on what comes after.
  const whole = bytes.subarray(0, bytes.length - (bytes.length % 3)).toString('base64');
  const sure = whole.slice(shift === 0 ? 0 : shift + 1);
  return sure.length < 8 ? [] : [sure, sure.replaceAll('+', '-').replaceAll('/', '_')];
}

/** How Pulumi's protocol marks a value as secret (runtime/rpc.js: specialSigKey and specialSecretSig). */
const SIGNATURE_KEY = '4dabf18193072939515e22adb298388d';
const SECRET_SIGNATURE = '1b47061264138c4ac30d75fd1eb44270';

/** Replacement of a secret value in a text. */
const REDACTED = '[secret]';

/** A secret of at least this length is redacted anywhere; a shorter one only as a whole word. */
const LONG = 8;

/** Messages quote at least so many characters of a text before they shorten it. */
const BEGINNING = 32;

/** Properties by name, in the form of the protocol. */
type Props = Record<string, unknown>;

/**
 * Properties that reveal inputs under another name: `{ previous: ['roles'] }`. The engine itself marks the properties
 * that have the name of a secret input.
 */
export type Derived = Readonly<Record<string, readonly string[]>>;

/** Copies the properties, and marks each derived property that reveals a secret input as secret. */
export function withSecrets(props: Props, secretInputs: readonly string[], derived: Derived): Props {
  const marked = Object.entries(derived).filter(
    ([key, inputs]) => props[key] !== undefined && inputs.some((input) => secretInputs.includes(input)),
  );
  return { ...props, ...Object.fromEntries(marked.map(([key]) => [key, asSecret(props[key])])) };
}

function asSecret(value: unknown): Props {
  return { [SIGNATURE_KEY]: SECRET_SIGNATURE, value };
}

/**
 * The values of secret inputs that a process has received. Pulumi's dynamic plugin receives them in the clear; errors
 * and warnings must not show them.
 *
 * Texts and numbers are redacted, true and false are not. Short texts are redacted as whole words only.
 */
export class SecretValues {
  private readonly forms = new Set<string>();

  /** Adds the values of these inputs, at any depth. */
  add(props: Props, secretInputs: readonly string[]): void {
    for (const key of secretInputs) this.addValue(props[key]);
  }

  /** Removes the values from a text, also in the encodings of JSON and URLs. */
  redact(text: string): string {
    let result = text;
    for (const form of this.forms) {
      if (form.length < LONG) result = withoutWord(result, form);
      else if (form.length <= BEGINNING) result = result.replaceAll(form, REDACTED);
      else result = withoutBeginning(result, form);
    }
    return result;
  }

  private addValue(value: unknown): void {
    if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) this.addValue(part);
    else if (typeof value === 'number') this.forms.add(String(value));
    else if (typeof value === 'string' && value.trim() !== '') for (const form of formsOf(value)) this.forms.add(form);
  }
}

function formsOf(value: string): string[] {
  // A lone surrogate, which no URL can hold, is sent as the replacement character.
  const sent = Buffer.from(value).toString();
  const inUrls = [encodeURIComponent(sent), new URLSearchParams({ '': sent }).toString().slice(1)];
  // E-mail addresses are compared in lower case, so messages may quote them in lower case.
  const mailbox = value.includes('@') ? [value.toLowerCase()] : [];
  return [value, ...mailbox, JSON.stringify(value).slice(1, -1), ...inUrls];
}

function withoutWord(text: string, word: string): string {
  if (!text.includes(word)) return text;
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'gu'), REDACTED);
}

/** Redacts each place where the text contains the beginning of the value, up to the first different character. */
function withoutBeginning(text: string, value: string): string {
  const begins = value.slice(0, BEGINNING);
  let result = '';
  let done = 0;
  for (let at = text.indexOf(begins); at >= 0; at = text.indexOf(begins, done)) {
    let length = BEGINNING;
    while (length < value.length && text[at + length] === value[length]) length++;
    result += `${text.slice(done, at)}${REDACTED}`;
    done = at + length;
  }
  return result + text.slice(done);
}

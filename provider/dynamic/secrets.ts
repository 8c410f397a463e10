/** How Pulumi's protocol marks a value as secret (runtime/rpc.js: specialSigKey and specialSecretSig). */
const SIGNATURE_KEY = '4dabf18193072939515e22adb298388d';
const SECRET_SIGNATURE = '1b47061264138c4ac30d75fd1eb44270';

/** What stands in a text in place of a secret value. */
const REDACTED = '[secret]';

/** From this length on a text is redacted anywhere, not only as a whole word. */
const LONG = 8;

/** Messages quote at least so many characters of a text before they cut it. */
const BEGINNING = 32;

/** Properties by name, as the protocol has them. */
type Props = Record<string, unknown>;

/**
 * Which properties reveal inputs under another name: `{ previous: ['roles'] }`. The engine itself marks properties that
 * have the name of a secret input.
 */
export type Derived = Readonly<Record<string, readonly string[]>>;

/** A copy in which each derived property is marked as secret that reveals a secret input. */
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
 * The values of secret inputs that a process has received. Pulumi's dynamic plugin receives them in the clear: the texts
 * of errors and warnings must not show them.
 *
 * Texts and numbers are redacted, true and false are not. Short texts are redacted as whole words only.
 */
export class SecretValues {
  private readonly forms = new Set<string>();

  /** Adds the values of these inputs, at any depth. */
  add(props: Props, secretInputs: readonly string[]): void {
    for (const key of secretInputs) this.addValue(props[key]);
  }

  /** The text without the values, also in the forms that JSON and URLs give them. */
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
  // Mailboxes are compared, and so quoted, in lower case.
  const mailbox = value.includes('@') ? [value.toLowerCase()] : [];
  return [value, ...mailbox, JSON.stringify(value).slice(1, -1), ...inUrls];
}

function withoutWord(text: string, word: string): string {
  if (!text.includes(word)) return text;
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\p{L}\\p{N}_])${escaped}(?![\\p{L}\\p{N}_])`, 'gu'), REDACTED);
}

/** Redacts each place where the text has the first characters of the value, as far as it goes on with the value. */
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

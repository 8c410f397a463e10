import type { FoundCustomer } from './found';

/** Reserved words of TypeScript, and the names that each file of a program imports or declares. */
const RESERVED = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for function ' +
    'if implements import in instanceof interface let new null package private protected public return static super switch this ' +
    'throw true try typeof var void while with yield arguments eval undefined customer template location user'
  ).split(' '),
);

/** Unique names: if two texts give the same name, the second name gets a number. */
export class Names {
  private readonly used: Set<string>;

  constructor(
    private readonly make: (text: string) => string,
    reserved: Iterable<string> = RESERVED,
  ) {
    this.used = new Set(reserved);
  }

  of(text: string): string {
    const base = this.make(text);
    let name = base;
    for (let count = 2; this.used.has(name.toLowerCase()); count++)
      name = `${base}${/\d$/.test(base) ? '_' : ''}${count}`;
    this.used.add(name.toLowerCase());
    return name;
  }
}

/** The text for the file name of a customer: its name, or its externalId if the name has no usable character. */
export function fileSource({ externalId, declaration }: FoundCustomer): string {
  const name = String(declaration?.inputs.name ?? '');
  return words(name).length > 0 ? name : externalId;
}

/** A text as a file name that every operating system accepts: `kunde-7-sued`. */
export function fileName(text: string): string {
  const name = words(text).join('-').slice(0, 60) || 'customer-file';
  // Devices in Windows, also with an extension.
  return /^(con|prn|aux|nul|com\d|lpt\d)$/.test(name) ? `customer-${name}` : name;
}

/** A text as the name of a variable: `sanJose`. */
export function variableName(text: string): string {
  const [first = 'it', ...rest] = words(text);
  const name = [first, ...rest.map((word) => word.charAt(0).toUpperCase() + word.slice(1))].join('').slice(0, 40);
  return /^\d/.test(name) ? `at${name}` : name;
}

function words(text: string): string[] {
  return (
    text
      .normalize('NFKD')
      .replace(/[\p{M}'’]/gu, '')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  );
}

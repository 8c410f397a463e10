import type { FoundCustomer } from './found';

/** Words of the language, and what each file of a program imports or declares. */
const RESERVED = new Set(
  (
    'await break case catch class const continue debugger default delete do else enum export extends false finally for function ' +
    'if implements import in instanceof interface let new null package private protected public return static super switch this ' +
    'throw true try typeof var void while with yield arguments eval undefined customer template location user'
  ).split(' '),
);

/** Texts that name something once only: of two that come out alike, the second gets a number. */
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

/** What the file of a customer is called after: its name, unless no letter of it can be part of one. */
export function fileSource({ externalId, declaration }: FoundCustomer): string {
  const name = String(declaration?.inputs.name ?? '');
  return words(name).length > 0 ? name : externalId;
}

/** A text as a file may be called on every system: `kunde-7-sued`. */
export function fileName(text: string): string {
  return words(text).join('-').slice(0, 60) || 'customer-file';
}

/** A text as a variable may be called: `sanJose`. */
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

import { ADDRESS } from './cisco';
import { johnsPizza } from './customer';

// Programs of the reconciliation tests: declarations as data, so that a test contains only its own changes.

/** One resource of a program. */
export interface Declaration {
  readonly kind: 'CustomerOrg' | 'Location' | 'User';
  readonly name: string;
  readonly args: Record<string, unknown>;
  /** Resource options as source text: `{ protect: true }`. */
  readonly options?: string;
}

/** A test's changes of one of the sample declarations below. */
export interface Changes {
  readonly name?: string;
  readonly args?: Record<string, unknown>;
  readonly options?: string;
}

/** An output of a resource that is declared earlier in the same program. */
export function output(resource: string, property: string): unknown {
  return { $output: [resource, property] };
}

/** Source of a program that declares these resources, in this order. */
export function program(...declarations: Declaration[]): string {
  const lines = declarations.map(({ kind, name, args, options }) => {
    const made = `new webex.${kind}(${JSON.stringify(name)}, ${source(args)}, ${options ?? '{}'})`;
    return `made[${JSON.stringify(name)}] = ${made};`;
  });
  return ["const webex = require('pulumi-webex-wholesale');", 'const made = {};', ...lines].join('\n');
}

function source(value: unknown): string {
  return JSON.stringify(value).replace(/\{"\$output":\["([^"]+)","([^"]+)"\]\}/g, 'made["$1"].$2');
}

export const NUMBERS = ['+12145557861', '+12145551321', '+12145556985'];

/** The sample customer of Cisco's document, with calling at its headquarters. */
export function customer({ name = 'johns-pizza', args, options }: Changes = {}): Declaration {
  return { kind: 'CustomerOrg', name, args: johnsPizza(args), ...(options !== undefined && { options }) };
}

/** A location of the sample customer, with three numbers. */
export function location({ name = 'denver', args, options }: Changes = {}): Declaration {
  const declared = {
    customerId: output('johns-pizza', 'id'),
    name: 'Denver',
    timeZone: 'America/Denver',
    preferredLanguage: 'en_us',
    announcementLanguage: 'en_us',
    address: { ...ADDRESS, addressLine1: '123 Some St.' },
    calling: { pstn: { displayName: 'Non-integrated CCP' }, phoneNumbers: NUMBERS, mainNumber: NUMBERS[0] },
  };
  return { kind: 'Location', name, args: { ...declared, ...args }, ...(options !== undefined && { options }) };
}

/** A user of the sample customer, at its headquarters. */
export function user({ name = 'alice', args, options }: Changes = {}): Declaration {
  const declared = {
    customerId: output('johns-pizza', 'id'),
    email: 'alice.anderson@acme.com',
    firstName: 'Alice',
    lastName: 'Anderson',
    package: 'webex_calling',
    extension: '51301',
    removal: 'delete',
  };
  return { kind: 'User', name, args: { ...declared, ...args }, ...(options !== undefined && { options }) };
}

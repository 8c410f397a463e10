import { comparable } from '../../resources/inputs/spelling';

/** The declared objects of a customer in a program or roster, of the kinds that can also be made in Control Hub. */
export interface Expected {
  externalId: string;
  /** E-mail address of the first administrator. */
  primaryEmail?: string;
  /** Names of the headquarters and of all locations. */
  locations: Set<string>;
  /** Declared roles by e-mail address (`comparable`); undefined if the user declares none. */
  users: Map<string, readonly string[] | undefined>;
  /** Declared phone numbers by location. A location that isn't a key leaves its numbers unmanaged on purpose. */
  numbers: Map<string, readonly string[]>;
}

type Inputs = Record<string, unknown>;

/** The expected objects of a customer, from its declared inputs. */
export function expectedOf(customer: Inputs, locations: readonly Inputs[], users: readonly Inputs[]): Expected {
  const { externalId, primaryEmail } = customer;
  const headquarters = customer.headquarters as Inputs | undefined;
  const places = [...(headquarters ? [headquarters] : []), ...locations];
  return {
    externalId: String(externalId),
    ...(typeof primaryEmail === 'string' && { primaryEmail: comparable(primaryEmail, 'email') }),
    locations: new Set(places.map(({ name }) => String(name))),
    users: new Map(users.map(({ email, roles }) => [comparable(String(email), 'email'), listOf(roles)])),
    numbers: new Map(
      places.flatMap(({ name, calling }) => {
        const numbers = listOf((calling as Inputs | undefined)?.phoneNumbers);
        return numbers === undefined ? [] : [[String(name), numbers] as const];
      }),
    ),
  };
}

function listOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}

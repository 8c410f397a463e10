import { Births } from './births.ts';
import type { Dice } from './dice.ts';
import { History } from './history.ts';
import {
  type Calling,
  type CustomerModel,
  hasCalling,
  type LocationModel,
  type Unlinked,
  type UserModel,
  type World,
} from './world.ts';

/** A world that changes at random, by the rules of {@link History}. */
export class Evolution {
  readonly world: World = { templates: [], customers: [], locations: [], users: [] };
  readonly unlinked: Unlinked = { people: [], organizations: [] };
  readonly history = new History();
  readonly dice: Dice;
  readonly births: Births;

  constructor(dice: Dice) {
    this.dice = dice;
    this.births = new Births(dice);
    for (let left = dice.int(0, 2); left > 0; left--) this.addTemplate();
    for (let left = dice.int(1, 3); left > 0; left--) this.addCustomer();
    for (let left = dice.int(0, 4); left > 0; left--) this.addLocation();
    for (let left = dice.int(1, 6); left > 0; left--) this.addUser();
  }

  addTemplate(): string {
    const made = this.births.template();
    this.world.templates.push(made);
    this.history.born(made.key);
    return made.key;
  }

  addCustomer(): string {
    const made = this.births.customer(this.world.templates);
    this.world.customers.push(made);
    this.history.born(made.key);
    return made.key;
  }

  addLocation(): string | undefined {
    const customer = this.dice.maybe(this.world.customers);
    if (customer === undefined) return undefined;
    const made = this.births.location(customer);
    this.world.locations.push(made);
    this.history.born(made.key);
    return made.key;
  }

  addUser(): string | undefined {
    const customer = this.dice.maybe(this.world.customers);
    if (customer === undefined) return undefined;
    const location = this.dice.chance(0.6) ? this.dice.maybe(this.callingLocations(customer.key)) : undefined;
    const made = this.births.user(customer, location, this.freeNumbers(customer, location));
    this.declareUser(made);
    return made.key;
  }

  declareUser(made: UserModel): void {
    this.world.users.push(made);
    this.history.born(made.key);
    this.usesPackage(made);
  }

  /** Records each package, number and place of a user, because they don't count as unused any more. */
  usesPackage(user: UserModel): void {
    this.history.note(`${user.customer} package ${user.package}`);
    if (user.attendantConsole !== undefined) this.history.note(`${user.customer} package attendant_console`);
    if (user.phoneNumber !== undefined) this.history.note(`number ${user.phoneNumber}`);
    if (user.location !== undefined && hasCalling(user.package)) this.history.note(`${user.location} peopled`);
  }

  customer(key: string): CustomerModel {
    const found = this.world.customers.find((customer) => customer.key === key);
    if (found === undefined) throw new Error(`no ${key}`);
    return found;
  }

  callingLocations(customer: string): LocationModel[] {
    return this.world.locations.filter((location) => location.customer === customer && location.calling);
  }

  usersOf(customer: string): UserModel[] {
    return this.world.users.filter((user) => user.customer === customer);
  }

  /** Phone numbers of a place that no user has had. */
  freeNumbers(customer: CustomerModel, location: LocationModel | undefined): string[] {
    const calling: Calling | undefined = location ? location.calling : customer.headquarters?.calling;
    return (calling?.phoneNumbers ?? []).filter((number) => !this.history.was(`number ${number}`));
  }
}

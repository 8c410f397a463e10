/** Inputs of a resource, as a program or roster has them. */
export type FoundInputs = Record<string, unknown>;

/** A location besides the headquarters. */
export interface FoundLocation {
  id: string;
  name: string;
  inputs: FoundInputs;
}

/** A user, with the name of its location; none at the headquarters. */
export interface FoundUser {
  id: string;
  email: string;
  inputs: FoundInputs;
  location?: string;
}

/** An existing customer with its declaration. */
export interface FoundCustomer {
  id: string;
  externalId: string;
  /** Status in Webex; only a customer that is provisioned can be declared. */
  status: string;
  orgId?: string;
  /** Organization ID of the sub-partner that the customer belongs to. */
  onBehalfOfSubPartnerOrgId?: string;
  /** Absent if the customer can't be declared; the notes have the reason. */
  declaration?: {
    inputs: FoundInputs;
    locations: FoundLocation[];
    users: FoundUser[];
  };
  /** Messages about data that a declaration can't express. */
  notes: string[];
}

/** The result of a discovery. */
export interface Found {
  /** Iterated more than once. A discovery reads the customers from disk each time. */
  customers: Iterable<FoundCustomer>;
  /** Provisioning ID of the template that the customers are declared with; undefined leaves a gap. */
  provisioningId?: string;
}

import type * as pulumi from '@pulumi/pulumi';
import { idToRead, ModuleResource, type OutputsOf } from '../../dynamic/resource';
import { KINDS } from '../../kinds';
import { checkConfig } from '../run/program-config';
import type { OnboardingTemplateArgs } from './args';
import type { TemplateState } from './schema';

/** The outputs that the class declares, so that they exist also where the program gives no value: for `get`. */
const OUTPUTS = { provisioningId: undefined, name: undefined, country: undefined } satisfies OutputsOf<
  OnboardingTemplate,
  TemplateState
>;

/**
 * An onboarding template: what new customer organizations of a service provider start from. Its `id` is the
 * provisioning ID.
 *
 * With `provisioningId` it stands for a template in Partner Hub: Webex is asked whether the ID exists, and nothing is
 * ever changed there. Without, it is managed in a template service.
 *
 * @example
 * const template = new OnboardingTemplate('wholesale', {
 *   provisioningId: 'ZjViMzYxODctYzhkZC00NzI3LThiMmYtZjljNDQ3ZjI5MDQ2',
 * });
 */
export class OnboardingTemplate extends ModuleResource {
  /** The ID by which customers refer to the template. */
  declare readonly provisioningId: pulumi.Output<string>;
  /** Name, where the program declares it. */
  declare readonly name: pulumi.Output<string | undefined>;
  /** ISO 3166-1 alpha-2, where the program declares it. */
  declare readonly country: pulumi.Output<string | undefined>;

  /**
   * @param name logical name in the Pulumi program
   * @throws RunError where the stack configuration holds a credential
   */
  constructor(name: string, args: OnboardingTemplateArgs, opts?: pulumi.CustomResourceOptions) {
    checkConfig();
    super(KINDS.OnboardingTemplate, name, { ...OUTPUTS, ...args }, opts);
  }

  /**
   * Looks up an existing template by its provisioning ID, without managing it.
   * @param id an ID that Webex doesn't know is an error of the run
   */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): OnboardingTemplate {
    return new OnboardingTemplate(name, {}, { ...opts, id: idToRead('OnboardingTemplate', name, id) });
  }
}

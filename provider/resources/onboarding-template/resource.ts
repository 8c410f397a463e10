import type * as pulumi from '@pulumi/pulumi';
import { ModuleResource } from '../../dynamic/resource';
import { checkConfig } from '../shared/program-config';
import type { OnboardingTemplateArgs } from './args';

const KIND = {
  type: 'webex-wholesale:OnboardingTemplate',
  handlers: 'pulumi-webex-wholesale/onboarding-template',
};

/** An onboarding template: what new customer organizations of a service provider start from. */
export class OnboardingTemplate extends ModuleResource {
  /** The ID by which customers refer to the template. */
  declare readonly provisioningId: pulumi.Output<string>;
  declare readonly name: pulumi.Output<string | undefined>;
  declare readonly country: pulumi.Output<string | undefined>;

  constructor(name: string, args: OnboardingTemplateArgs = {}, opts?: pulumi.CustomResourceOptions) {
    checkConfig();
    super(KIND, name, { provisioningId: undefined, ...args }, opts);
  }

  /** Looks up an existing template by its provisioning ID, without managing it. */
  static get(name: string, id: pulumi.Input<pulumi.ID>, opts?: pulumi.CustomResourceOptions): OnboardingTemplate {
    return new OnboardingTemplate(name, {}, { ...opts, id });
  }
}

import '../node-version';
import { toResourceProvider } from '../dynamic/provider';
import { onboardingTemplate } from '../resources/onboarding-template/handler';

// What the `__provider` text of the resource class requires: the module is the pulumi.dynamic.ResourceProvider.
export = toResourceProvider(onboardingTemplate);

// The package's main, which `--policy-pack FOLDER` loads. It registers the pack; index.ts registers nothing.
import { PolicyPack } from '@pulumi/policy';
import { allPolicies } from './index';

new PolicyPack('webex-wholesale-policy', {
  displayName: 'Webex for Wholesale',
  description: 'What must not reach a Webex for Wholesale customer, stopped in preview',
  policies: allPolicies(),
});

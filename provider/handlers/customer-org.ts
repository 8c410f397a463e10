import '../node-version';
import { toResourceProvider } from '../dynamic/provider';
import { customerOrg } from '../resources/customer-org/handler';

// What the `__provider` text of the resource class requires: the module is the pulumi.dynamic.ResourceProvider.
export = toResourceProvider(customerOrg);

import '../node-version';
import { toResourceProvider } from '../dynamic/provider';
import { user } from '../resources/user/handler';

// What the `__provider` text of the resource class requires: the module is the pulumi.dynamic.ResourceProvider.
export = toResourceProvider(user);

import type * as pulumi from '@pulumi/pulumi';

/** Makes the final inputs and options of a resource. */
export type Finish = (args: pulumi.ResourceTransformationArgs) => pulumi.ResourceTransformationResult;

/** The resource that is being constructed: constructors are synchronous, so there is one at a time. */
interface Construction {
  readonly finish: Finish;
  isFinished: boolean;
}

let current: Construction | undefined;

/** Property of a resource in which the SDK's constructor keeps the transformations that it then applies. */
const TRANSFORMATIONS = '__transformations';

/**
 * Runs `finish` for the next resource of a class after all transformations of the program. The transformations of the
 * resource, its parents and the stack may add options that can't work, and make inputs secret.
 *
 * The SDK assigns the list of all transformations to a property before it applies them, so the class takes that
 * assignment and adds its own at the end.
 *
 * @returns `end`, to be called when the constructor of the SDK has returned or thrown, and `check`, which throws where
 *   the SDK has not applied it
 */
export function afterTransformations(resourceClass: { prototype: object }, finish: Finish) {
  const construction: Construction = { finish, isFinished: false };
  const outer = current;
  current = construction;
  if (!Object.hasOwn(resourceClass.prototype, TRANSFORMATIONS)) takeAssignments(resourceClass.prototype);
  return {
    end: () => {
      current = outer;
    },
    check: () => {
      if (!construction.isFinished) throw new Error('this version of @pulumi/pulumi applies no transformations');
    },
  };
}

function takeAssignments(prototype: object): void {
  Object.defineProperty(prototype, TRANSFORMATIONS, {
    configurable: true,
    set(this: pulumi.Resource, given: pulumi.ResourceTransformation[]) {
      const value = current === undefined ? given : [...given, only(this, current)];
      Object.defineProperty(this, TRANSFORMATIONS, { value, configurable: true, enumerable: true, writable: true });
    },
  });
}

/** Limits `finish` to the resource itself, because the SDK applies its transformations to its children, too. */
function only(resource: pulumi.Resource, construction: Construction): pulumi.ResourceTransformation {
  return (args) => {
    if (args.resource !== resource) return undefined;
    construction.isFinished = true;
    return construction.finish(args);
  };
}

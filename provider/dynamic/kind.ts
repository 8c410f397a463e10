/** Where a kind of resource lives: its name in the type token, and the module that is its handlers. */
export interface Kind {
  /** `MODULE:NAME` part of the type token `pulumi-nodejs:dynamic/MODULE:NAME`. */
  readonly type: string;
  /** What the plugin process requires: a module that is a `pulumi.dynamic.ResourceProvider`. */
  readonly handlers: string;
}

/** The text that the dynamic plugin evaluates: it names a module instead of carrying its code. */
export function providerCode(kind: Kind): string {
  return `exports.handler=()=>require(${JSON.stringify(kind.handlers)})`;
}

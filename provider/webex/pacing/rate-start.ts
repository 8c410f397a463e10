/**
 * While no limit is known, but one may come: requests a second at first and by how many each request raises it, and the
 * same for requests under way. All that are under way when a limit is met are turned away, most where answers are slow.
 */
export const START = { perSecond: 30, growth: 0.25, burst: 16, underWay: 4, underWayGrowth: 1 / 24 };
/** The same after a first 429, when a second is likely. */
export const SECOND_START = { perSecond: 20, growth: 0.2, burst: 1, underWay: 2, underWayGrowth: 1 / 64 };

/** Other cases with FUZZ_SEED, more or fewer with FUZZ_CASES: `npm run fuzz -- --seed S --cases N`. */
export const SEED = Number(process.env.FUZZ_SEED ?? 1);
export const CASES = Number(process.env.FUZZ_CASES ?? 10_000);

/** Settings of fast-check: failing cases are shrunk, and printed with seed and path. */
export const RUN = { seed: SEED, numRuns: CASES };

/** Timeout of a property in milliseconds: much longer than it takes, for busy machines. */
export const TIMEOUT = 300_000 + 30 * CASES;

/** Other cases with FUZZ_SEED, more or fewer with FUZZ_CASES: `npm run fuzz -- --seed S --cases N`. */
export const SEED = Number(process.env.FUZZ_SEED ?? 1);
export const CASES = Number(process.env.FUZZ_CASES ?? 10_000);

/** For fast-check; what fails is shrunk, and printed with seed and path. */
export const RUN = { seed: SEED, numRuns: CASES };

/** Milliseconds for a property: many times what one takes, for machines that are busy. */
export const TIMEOUT = 300_000 + 30 * CASES;

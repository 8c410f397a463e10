/** Other cases with FUZZ_SEED, more or fewer with FUZZ_CASES: `npm run fuzz -- --seed S --cases N`. */
export const SEED = Number(process.env.FUZZ_SEED ?? 1);
export const CASES = Number(process.env.FUZZ_CASES ?? 10_000);

/** For fast-check; what fails is shrunk, and printed with seed and path. */
export const RUN = { seed: SEED, numRuns: CASES };

/** Milliseconds for a property: a hundredth of a second a case is far more than one takes. */
export const TIMEOUT = 60_000 + 10 * CASES;

import { z } from 'zod';

/** What comes and goes in Webex, a switch for each; see docs/simulator.md. What is left out is as the documents say. */
export const weatherSchema = z.strictObject({
  /** Numbers of premises-based and non-integrated PSTN don't come along with a user who moves (code 10050010). */
  numbersStay: z.boolean().default(false),
});
export type Weather = z.infer<typeof weatherSchema>;

/** What Cisco's documents say. */
export const DOCUMENTED: Weather = weatherSchema.parse({});

/** Changes the weather in place: everything that holds it sees the change. */
export function setWeather(weather: Weather, change: Weather): void {
  Object.assign(weather, change);
}

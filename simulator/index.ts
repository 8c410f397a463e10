/** An embedded backend that implements Cisco's published Webex for Wholesale API documents. */
export { type Simulator, type SimulatorOptions, startSimulator } from './server';
export type { WeatherOption, WeatherSettings } from './weather';

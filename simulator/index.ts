/** An embedded backend that behaves as Cisco's published Webex for Wholesale documents say. */
export { type Simulator, type SimulatorOptions, startSimulator } from './server';
export type { WeatherOption, WeatherSettings } from './weather';

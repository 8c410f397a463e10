import { encodeId } from '../../ids';

/** An available PSTN connection. */
export interface PstnConnection {
  id: string;
  displayName: string;
  pstnServices: string[];
  pstnConnectionType: 'LOCAL_GATEWAY' | 'NON_INTEGRATED_CCP' | 'INTEGRATED_CCP' | 'CISCO_PSTN';
}

function connection(
  uuid: string,
  displayName: string,
  pstnConnectionType: PstnConnection['pstnConnectionType'],
): PstnConnection {
  return {
    id: encodeId('PSTN_CONNECTION', uuid),
    displayName,
    pstnServices: ['GEOGRAPHIC_NUMBERS'],
    pstnConnectionType,
  };
}

/**
 * One connection of each type. The first ID is that of the documented example. In Webex the available providers depend
 * on the location's country; here all locations have the same.
 */
export const PSTN_CONNECTIONS: readonly PstnConnection[] = [
  connection('51de489c-aa60-4c25-9af6-cc4cb171730e', 'Premises-based PSTN', 'LOCAL_GATEWAY'),
  connection('d094178f-818e-45bc-b101-a8dd48c13921', 'Non-integrated CCP', 'NON_INTEGRATED_CCP'),
  connection('d094178f-818e-45bc-b101-a8dd48c13922', 'Integrated CCP', 'INTEGRATED_CCP'),
  connection('d094178f-818e-45bc-b101-a8dd48c13923', 'Cisco Calling Plans', 'CISCO_PSTN'),
];

/**
 * True for connections without the numbers operations: "integrated PSTN connection types like Cisco Calling Plans or
 * Integrated CCP".
 */
export function isIntegrated({ pstnConnectionType }: PstnConnection): boolean {
  return pstnConnectionType === 'INTEGRATED_CCP' || pstnConnectionType === 'CISCO_PSTN';
}

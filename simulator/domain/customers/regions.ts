/**
 * Countries of the Americas and of Asia, the Pacific and Japan; every other country counts as Europe, Middle East and
 * Africa.
 */
const REGIONS: Readonly<Record<'AMER' | 'APJC', string>> = {
  AMER: 'AG AI AR AW BB BL BM BO BQ BR BS BZ CA CL CO CR CU CW DM DO EC FK GD GF GL GP GT GY HN HT JM KN KY LC MF MQ MS MX NI PA PE PM PR PY SR SV SX TC TT US UY VC VE VG VI',
  APJC: 'AS AU BD BN BT CC CK CN CX FJ FM GU HK ID IN JP KH KI KR LA LK MH MM MN MO MP MV MY NC NF NP NR NU NZ PF PG PH PK PN PW SB SG TH TK TL TO TV TW VN VU WF WS',
};

/**
 * The region of a country. An onboarding template has a "country or region" (Cisco help nf9ghpq), which determines the
 * region of its organizations. Assumption: the customer's and the template's country must be in the same of Cisco's
 * three theatres.
 */
export function regionOf(country: string): 'AMER' | 'APJC' | 'EMEA' {
  if (REGIONS.AMER.split(' ').includes(country)) return 'AMER';
  return REGIONS.APJC.split(' ').includes(country) ? 'APJC' : 'EMEA';
}

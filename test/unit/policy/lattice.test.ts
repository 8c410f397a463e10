import { describe, expect, it } from 'vitest';
import {
  administratorBy,
  CUSTOMER_PACKAGES,
  capabilitiesLost,
  capabilitiesOf,
  downgradeReason,
  isAdministratorRole,
  isDowngrade,
  organizationLevel,
  USER_PACKAGES,
  userPackages,
} from '../../../provider/packages';

describe('the package lattice', () => {
  it('knows what every package and add-on gives', () => {
    for (const name of CUSTOMER_PACKAGES) expect(capabilitiesOf(name), name).not.toEqual([]);
    expect(capabilitiesOf(['constructor', '__proto__', 'webex_of_tomorrow'])).toEqual([]);
  });

  it('is an order: nothing is lower than itself, and lower than lower is lower', () => {
    for (const a of USER_PACKAGES) {
      expect(isDowngrade(a, a)).toBe(false);
      for (const b of USER_PACKAGES) {
        for (const c of USER_PACKAGES) {
          if (!isDowngrade(a, b) && !isDowngrade(b, c)) expect(isDowngrade(a, c), `${a} ${b} ${c}`).toBe(false);
        }
      }
    }
  });

  it.each([
    ['webex_suite', 'webex_calling', ['meetings']],
    ['webex_suite', 'webex_meetings', ['calling', 'calling features', 'voicemail']],
    ['webex_calling', 'webex_meetings', ['calling', 'calling features', 'voicemail']],
    ['webex_meetings', 'webex_calling', ['meetings']],
    ['webex_calling', 'webex_calling_standard', ['calling features']],
    ['cx_essentials', 'webex_suite', ['call queues']],
    ['cx_premium_agent', 'cx_standard_agent', ['supervision']],
    ['webex_voice', 'webex_suite', []],
    ['webex_calling', 'cx_essentials', []],
    [['webex_suite', 'attendant_console'], 'webex_suite', ['attendant console']],
    ['webex_suite', ['webex_suite', 'attendant_console'], []],
  ])('from %s to %s loses %j', (from, to, lost) => {
    expect(capabilitiesLost(from, to)).toEqual(lost);
    expect(isDowngrade(from, to)).toBe(lost.length > 0);
  });

  it.each([
    [['webex_calling', 'webex_suite', 'webex_voice'], ['webex_suite']],
    [
      ['webex_calling', 'webex_meetings'],
      ['webex_calling', 'webex_meetings'],
    ],
    [
      ['webex_suite', 'cx_essentials', 'webex_calling'],
      ['webex_suite', 'cx_essentials'],
    ],
    [['common_area_calling', 'attendant_console'], []],
    [[], []],
  ])('the level of an organization with %j is %j', (packages, level) => {
    expect(organizationLevel(packages)).toEqual(level);
  });

  it('knows an administrator by the role, before or after a change', () => {
    const admins = [
      'Full Administrator',
      'Read-only Administrator',
      'User and Device Administrator',
      'device administrator',
    ];
    expect(admins.every(isAdministratorRole)).toBe(true);
    expect(['Compliance Officer', 'Webex Site administratorship', ''].some(isAdministratorRole)).toBe(false);
    expect(administratorBy(['Full Administrator'], [])).toBe('is an administrator (Full Administrator)');
    expect(administratorBy(undefined, ['Compliance Officer', 'Full Administrator'])).toBe(
      'becomes an administrator (Full Administrator)',
    );
    expect(administratorBy(undefined, undefined)).toBeUndefined();
  });

  it('names a change together with its add-on', () => {
    const change = { email: 'john.anderson@acme.com', because: 'is an administrator (Full Administrator)' };
    const [from, to] = [userPackages('webex_suite', true), userPackages('webex_suite', undefined)];
    expect(downgradeReason({ ...change, from, to })).toContain(
      "can't be changed from webex_suite with attendant_console to webex_suite: john.anderson@acme.com is an administrator " +
        '(Full Administrator) and loses attendant console.',
    );
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { cutConnection } from './cut-connection';
import { backend, callingWith, customerInputs, locationInputs, newProcess } from './support';

// Webex returns the language of announcements only sometimes. A missing language is unknown, and not a difference.
describe.each([
  ['told', {}],
  ['not told', { storedLanguages: true }],
])('the language of announcements, %s by Webex', (_, weather) => {
  const { state, control, url } = backend();
  const proxy = cutConnection(url);
  afterEach(() => control('PUT', '/weather', {}));

  const languagesOf = async (id: string | undefined) => {
    const found = (await state()).locations.find((location) => location.id === id) as unknown as Record<string, string>;
    return [found.announcementLanguage, found.preferredLanguage];
  };

  it('is written where a location is taken over that an earlier program declared in another language', async () => {
    const { id: customerId } = await (await newProcess()).customerOrg.create(customerInputs());
    const inputs = locationInputs(customerId, callingWith([]));
    const { id } = await (await newProcess()).location.create(inputs);
    await control('PUT', '/weather', weather);
    const wanted = { ...inputs, announcementLanguage: 'fr_fr', adopt: true };
    const taken = await (await newProcess()).location.create(wanted);
    expect(taken).toMatchObject({ id, state: { announcementLanguage: 'fr_fr' } });
    expect(await languagesOf(id)).toEqual(['fr_fr', 'en_us']);
  });

  it('is no reason to refuse a location that is as declared otherwise', async () => {
    const { id: customerId } = await (await newProcess()).customerOrg.create(customerInputs());
    const inputs = locationInputs(customerId, callingWith([]));
    const { id } = await (await newProcess()).location.create(inputs);
    await control('PUT', '/weather', weather);
    expect(await (await newProcess()).location.create(inputs)).toMatchObject({ id });
    expect(await languagesOf(id)).toEqual(['en_us', 'en_us']);
  });

  it.each([1, 2])(
    'a headquarters whose update was killed at write %i, and then refreshed, gets both',
    async (write) => {
      const inputs = customerInputs();
      const { id, state: made } = await (await newProcess()).customerOrg.create(inputs);
      const wanted = { ...inputs, headquarters: { ...inputs.headquarters, language: 'fr_fr' } };
      proxy.cutAtWrite(write, 'connection');
      const impatient = await newProcess({ 'webex-wholesale:retryTimeoutSeconds': '1' });
      await impatient.customerOrg.update(id, made, wanted).catch(() => undefined);
      proxy.mend();
      await control('PUT', '/weather', weather);
      const { customerOrg } = await newProcess();
      const refreshed = (await customerOrg.read(id, made))?.state ?? made;
      const { changes } = await customerOrg.diff(id, refreshed, wanted);
      // As `pulumi up` does: no update without a difference.
      if (changes) await customerOrg.update(id, refreshed, wanted);
      expect(await languagesOf(made.headquartersLocationId)).toEqual(['fr_fr', 'fr_fr']);
    },
  );
});

import { describe, expect, it, vi } from 'vitest';
import { PagedLookup } from '../../../../provider/resources/lookups/paged-lookup';

const PAGE = 100;

/** A collection of so many, in pages of 100, that counts what it is asked for. */
function collection(size: number, isSmall = false) {
  const asked = { pages: 0, objects: 0 };
  const item = (index: number) => ({ id: `id-${index}` });
  const pages = vi.fn(async function* (): AsyncGenerator<{ id: string }[], { id: string }[]> {
    for (let from = 0; ; from += PAGE) {
      asked.pages++;
      const items = Array.from({ length: Math.min(PAGE, size - from) }, (_, index) => item(from + index));
      if (from + PAGE >= size) return items;
      yield items;
    }
  });
  const get = async (key: string) => {
    asked.objects++;
    const index = Number(key.slice(3));
    return index < size ? item(index) : undefined;
  };
  return { asked, pages, lookup: new PagedLookup({ pages, get, keyOf: ({ id }) => id, isSmall }) };
}

const ids = (from: number, count: number) => Array.from({ length: count }, (_, index) => `id-${from + index}`);

describe('PagedLookup', () => {
  it('asks for one object by its key', async () => {
    const { asked, lookup } = collection(50_000);
    expect(await lookup.find('id-40000')).toEqual({ id: 'id-40000' });
    expect(asked).toEqual({ pages: 0, objects: 1 });
  });

  it('asks for a page first where the collection is small', async () => {
    const { asked, lookup } = collection(20, true);
    for (const id of ids(0, 20)) expect(await lookup.find(id)).toEqual({ id });
    expect(asked).toEqual({ pages: 1, objects: 0 });
  });

  it('finds all of a collection at the price of its pages, and few more', async () => {
    const { asked, lookup } = collection(1000);
    for (const id of ids(0, 1000)) expect(await lookup.find(id)).toEqual({ id });
    expect(asked.pages).toBe(10);
    expect(asked.objects).toBeLessThanOrEqual(10);
  });

  it('does the same for many at once, with one page at a time', async () => {
    const { asked, pages, lookup } = collection(1000);
    const found = await Promise.all(ids(0, 1000).map((id) => lookup.find(id)));
    expect(found.map((item) => item?.id)).toEqual(ids(0, 1000));
    expect(asked.pages).toBe(10);
    expect(asked.objects).toBeLessThanOrEqual(10);
    expect(pages).toHaveBeenCalledTimes(1);
  });

  it('never costs much more than asking for each, however large the collection is', async () => {
    const { asked, lookup } = collection(100_000);
    for (const id of ids(90_000, 200)) await lookup.find(id);
    expect(asked.objects).toBe(200);
    expect(asked.pages).toBeLessThanOrEqual(100);
  });

  it('asks for an object that the whole list lacks: the list may lag behind', async () => {
    const small = collection(20, true);
    expect(await small.lookup.find('id-99')).toBeUndefined();
    expect(small.asked).toEqual({ pages: 1, objects: 1 });
    const large = collection(1000, true);
    expect(await large.lookup.find('id-5000')).toBeUndefined();
    expect(large.asked).toEqual({ pages: 1, objects: 1 });
  });

  it('rejects for callers that wait for a failed page, and begins again afterwards', async () => {
    const { pages, lookup } = collection(20, true);
    pages.mockImplementationOnce(() => {
      throw new Error('unreachable');
    });
    const both = await Promise.allSettled([lookup.find('id-1'), lookup.find('id-2')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await lookup.find('id-1')).toEqual({ id: 'id-1' });
  });

  it('reports the failure of a later page', async () => {
    const { lookup, pages } = collection(1000);
    pages.mockImplementationOnce(async function* () {
      yield [{ id: 'id-0' }];
      throw new Error('unreachable');
    });
    await lookup.find('id-500');
    expect(await lookup.find('id-0')).toEqual({ id: 'id-0' });
    await lookup.find('id-500');
    await expect(lookup.find('id-501')).rejects.toThrow('unreachable');
    expect(await lookup.find('id-502')).toEqual({ id: 'id-502' });
  });
});

import { expect, it } from 'vitest';
import { Endings } from './endings';

it('ends in the reverse order, goes on after a failure, and tells of it', async () => {
  const endings = new Endings();
  const order: string[] = [];
  for (const name of ['database', 'storage', 'web']) {
    endings.add(name, () => {
      order.push(name);
      if (name === 'storage') throw new Error('it is\nstuck');
    });
  }
  expect(await endings.run()).toEqual(['The storage did not end well: it is stuck']);
  expect(order).toEqual(['web', 'storage', 'database']);
});

it('ends once, however often it is asked', async () => {
  const endings = new Endings();
  let ended = 0;
  endings.add('web', async () => {
    await Promise.resolve();
    ended++;
  });
  await Promise.all([endings.run(), endings.run()]);
  expect(ended).toBe(1);
});

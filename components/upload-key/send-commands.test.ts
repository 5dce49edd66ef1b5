import { expect, it } from 'vitest';
import { sendCommands } from './send-commands';

it('never puts the key into an address or into the arguments of a process', () => {
  const { posix, posixAsking, powershell } = sendCommands('https://data.example.com', 'alk_secret');
  expect(posix).toBe(' curl -fsS https://data.example.com/send.sh | AIRLOCK_KEY=alk_secret sh -s -- FILE');
  for (const asking of [posixAsking, powershell]) expect(asking).not.toContain('alk_');
});

/** Signs in as a user does, from outside VS Code. */
import type { startSession } from '../../scripts/lib/vscodeSession.mjs';
import { handsOn } from './hands';
import { until } from './until';

type Window = Awaited<ReturnType<typeof startSession>>['window'];

export async function signIn(window: Window, token: string): Promise<void> {
  await window.command('Ctrl Hub: Sign In');
  const hands = handsOn((action) => window.act(action));
  await until('the ways to sign in', async () => (await hands.quickInput()).rows.length > 0);
  await hands.pick('Session token');
  await until('the token box', async () => (await hands.quickInput()).inputType === 'password');
  await hands.type(token);
  await hands.press('Enter');
}

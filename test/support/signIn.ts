/** Signs in as a user does, from outside VS Code. */
import { on, type Window } from './outside';
import { until } from './until';

export async function signIn(window: Window, token: string): Promise<void> {
  await window.command('Ctrl Hub: Sign In');
  await enterToken(window, token);
}

/** Answers the questions of a sign-in. */
export async function enterToken(window: Window, token: string): Promise<void> {
  const hands = on(window);
  await until('the ways to sign in', async () => (await hands.quickInput()).rows.length > 0);
  await hands.pick('Session token');
  await until('the token box', async () => (await hands.quickInput()).inputType === 'password');
  await hands.type(token);
  await hands.press('Enter');
}

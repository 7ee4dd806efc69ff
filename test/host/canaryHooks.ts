/** Around every host test: no secret in the clipboard, a request or a process; after all of them, in no file. */
import * as vscode from 'vscode';
import { assertNoLeaks } from '../../scripts/lib/canary.mjs';
import { assertNothingTold } from '../support/canary';

export const canaryHooks = {
  async afterEach(): Promise<void> {
    assertNothingTold(await vscode.env.clipboard.readText());
  },
  afterAll(): void {
    const profile = process.env.CTRL_HUB_PROFILE;
    // Our own log is among the files, so a search that does not find it looks in the wrong place.
    // Some tests alone may ask for nothing.
    const all = process.env.CTRL_HUB_ONLY === undefined;
    if (profile !== undefined) assertNoLeaks(profile, all ? { seen: 'GET /v3/orgs · 200' } : {});
  },
};

/** After every host test, no clipboard, request or process may hold a secret; after the last one, no file. */
import * as vscode from 'vscode';
import { assertNoLeaks } from '../../scripts/lib/canary.mjs';
import { assertNothingTold } from '../support/canary';

export const canaryHooks = {
  async afterEach(): Promise<void> {
    assertNothingTold(await vscode.env.clipboard.readText());
  },
  afterAll(): void {
    const profile = process.env.CTRL_HUB_PROFILE;
    // Our own log is among the files; a search that misses it is in the wrong folder. A few tests alone may
    // send no request.
    const all = process.env.CTRL_HUB_ONLY === undefined;
    if (profile !== undefined) assertNoLeaks(profile, all ? { seen: 'GET /v3/orgs · 200' } : {});
  },
};

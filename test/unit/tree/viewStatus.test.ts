import assert from 'node:assert/strict';
import { Emitter } from '../../../src/base/event';
import type { Account, Session } from '../../../src/session/session';
import { followViewStatus } from '../../../src/tree/viewStatus';
import { contextKeys } from '../../support/vscode';

describe('the status of the view', () => {
  it('is left to VS Code until it is known who is signed in, and drawn once for each change', () => {
    const sessions = new Emitter<Session>();
    const session = { current: { kind: 'starting' } as Session, onDidChange: sessions.event };
    const data = { current: undefined, onDidChange: new Emitter<undefined>().event };
    const drafts = { keys: () => [], onDidChange: () => ({ dispose: () => undefined }) };
    const drawn: string[] = [];
    const view = {
      shown: '',
      get message() {
        return view.shown;
      },
      set message(text: string) {
        view.shown = text;
        drawn.push(`message ${text}`);
      },
      about: '',
      get description() {
        return view.about;
      },
      set description(text: string) {
        view.about = text;
        drawn.push(`description ${text}`);
      },
    };
    const before = contextKeys.size;
    const status = followViewStatus(view, { session, data, drafts });
    assert.deepEqual(drawn, []);
    assert.equal(contextKeys.size, before);

    session.current = { kind: 'expired', account: { origin: 'https://api.ctrl-hub.dev' } as Account };
    for (let n = 0; n < 3; n++) sessions.fire(session.current);
    assert.deepEqual(drawn, ['description Staging']);
    assert.equal(contextKeys.get('ctrlHub.signedIn'), true);
    assert.equal(contextKeys.get('ctrlHub.canSignIn'), true);
    status.dispose();
  });
});

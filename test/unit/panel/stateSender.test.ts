import assert from 'node:assert/strict';
import fc from 'fast-check';
import { StateSender } from '../../../src/panel/stateSender';
import { withDelta } from '../../../src/protocol/delta';
import type { ChangeMessage, PanelState, StateMessage } from '../../../src/protocol/state';
import { panelStates } from '../../fixtures/panelStates';

type Message = StateMessage | ChangeMessage;

/** As the panel's page takes messages: it asks for everything where it missed something. */
class Page {
  known: { readonly version: number; readonly state: unknown } | undefined;
  readonly #ask: () => void;

  constructor(ask: () => void) {
    this.#ask = ask;
    ask();
  }

  take(message: Message): void {
    if (message.type === 'state') this.known = message;
    else if (this.known?.version === message.version - 1)
      this.known = { version: message.version, state: withDelta(this.known.state, message.delta) };
    else if (this.known) {
      this.known = undefined;
      this.#ask();
    }
  }
}

describe('the messages to a panel', () => {
  const states = Object.values(panelStates).map((state) => structuredClone(state));

  it('are the whole state once, then what changed, and nothing where nothing did', () => {
    const messages: Message[] = [];
    const sender = new StateSender((message) => messages.push(message));
    const [first = assert.fail()] = states;
    sender.send(first);
    sender.send(structuredClone(first));
    sender.send({ ...first, title: 'Ada' });
    assert.deepEqual(messages, [
      { type: 'state', version: 1, state: first },
      { type: 'change', version: 2, delta: { in: { title: { set: 'Ada' } } } },
    ]);
    sender.begin();
    sender.send({ ...first, title: 'Ada' });
    assert.deepEqual(messages.at(-1), { type: 'state', version: 3, state: { ...first, title: 'Ada' } });
  });

  it('bring every page to the last state, whatever is lost, hidden, and made anew', () => {
    const step = fc.oneof(
      fc.record({ show: fc.integer({ min: 0, max: states.length - 1 }) }),
      fc.constantFrom('lose', 'carry', 'new page'),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const onTheWay: Message[] = [];
        let asked = 0;
        let state: PanelState = states[0] ?? assert.fail();
        const sender = new StateSender((message) => onTheWay.push(structuredClone(message)));
        const ask = () => asked++;
        let page = new Page(ask);
        const answer = () => {
          for (; asked > 0; asked--) sender.begin();
          sender.send(state);
        };
        const carry = () => {
          for (const message of onTheWay.splice(0)) page.take(message);
        };
        for (const next of steps) {
          if (typeof next === 'object') {
            state = states[next.show] ?? state;
            sender.send(state);
          } else if (next === 'lose') onTheWay.splice(0, 1);
          else if (next === 'new page') page = new Page(ask);
          else carry();
        }
        // Something else changes: that is when a page that missed a message notices.
        for (let n = 0; n < 3; n++) {
          state = { ...state, title: `${n}` };
          answer();
          carry();
        }
        assert.deepEqual(page.known?.state, state);
      }),
      { numRuns: 300 },
    );
  });
});

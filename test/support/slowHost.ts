/** A host for the panel's page that handles messages on demand, by the rules of the real one. */

import { Keystrokes } from '../../src/panel/keystrokes';
import { parseIntent } from '../../src/panel/messages';
import type { FieldName } from '../../src/protocol/fields';
import type { TypedIntent } from '../../src/protocol/intents';
import type { Keystroke } from '../../src/protocol/keystroke';
import type { PanelState } from '../../src/protocol/state';
import { fields, newInteraction, panelState, ready, withRelated } from '../fixtures/panelStates';
import type { PanelPage } from './webviewPage';

const isTyped = (intent: { readonly type: string }): intent is TypedIntent =>
  ['edit', 'choose', 'interaction'].includes(intent.type);

export class SlowHost {
  readonly #panel: Pick<PanelPage, 'page' | 'show'>;
  readonly #keystrokes = new Keystrokes();
  readonly #edits: Partial<Record<FieldName, string>> = {};
  #heard: Keystroke | undefined;
  #queue: TypedIntent[] = [];
  /** The number of handled keystrokes. */
  taken = 0;
  notes = '';

  constructor(panel: Pick<PanelPage, 'page' | 'show'>) {
    this.#panel = panel;
  }

  get edits(): Readonly<Partial<Record<FieldName, string>>> {
    return this.#edits;
  }

  state(): PanelState {
    const form = newInteraction.fields.map((field) =>
      field.name === 'notes' ? { ...field, value: this.notes } : field,
    );
    const relationships = withRelated('interactions', { form: { ...newInteraction, fields: form } });
    const body = ready({ fields: fields({ typed: this.#edits }), relationships });
    return panelState(body, this.#heard ? { heard: this.#heard } : {});
  }

  /** Receives the messages that have reached VS Code, even if the page ends. */
  async carry(): Promise<void> {
    const posted = await this.#panel.page.evaluate(() => {
      const { posted: all } = window as Window & { posted?: unknown[] };
      return (all ?? []).splice(0);
    });
    for (const message of posted) {
      const intent = parseIntent(message);
      if (intent === undefined) throw new Error('a message that the host would drop');
      if (isTyped(intent)) this.#queue.push(intent);
    }
  }

  /** Handles a number of the received messages. */
  take(count = this.#queue.length): void {
    for (const intent of this.#queue.splice(0, count)) {
      const isNew = this.#keystrokes.isNew(intent);
      this.#heard = this.#keystrokes.take(intent);
      if (!isNew) continue;
      this.taken++;
      if (intent.type === 'edit') this.#edits[intent.field] = intent.value;
      if (intent.type === 'interaction' && intent.field === 'notes') this.notes = intent.value;
    }
  }

  show(state = this.state()): Promise<void> {
    return this.#panel.show(state);
  }
}

import assert from 'node:assert/strict';
import type { Services } from '../../../src/commands/common/services';
import { deleteAllDrafts } from '../../../src/commands/contact/deleteAllDrafts';
import { showDrafts } from '../../../src/commands/contact/showDrafts';
import { newDraft, withEdit } from '../../../src/contacts/drafts/draft';
import { accountInMemory } from '../../support/accountInMemory';
import { until } from '../../support/until';
import { opened, person } from '../../support/vscode';

describe('deleting all drafts', () => {
  it('deletes texts with lines that are in no draft, after a question', async () => {
    let isForgotten = false;
    const onDisk = {
      hasDamaged: async () => true,
      forgetClosed: async () => {
        isForgotten = true;
      },
    };
    const { drafts, current } = accountInMemory();
    const texts = async () => ({ documents: { onDisk } });
    const services = Object.assign({} as Services, { drafts, data: current, texts });
    for (const answer of [undefined, 'Delete All Drafts']) {
      person.shown = [];
      person.answer = answer;
      await deleteAllDrafts(services, undefined, []);
      const [{ text = '', modal = false } = {}] = person.shown;
      assert.deepEqual(
        [text, modal],
        ['Delete the texts of contacts that are not open in this window?', true],
      );
      assert.equal(isForgotten, answer !== undefined);
    }
  });
});

describe('the list of unsaved contacts', () => {
  it('has no button to save a contact of another environment', async () => {
    opened.lists.length = 0;
    const { drafts, current } = accountInMemory();
    const key = { origin: 'https://api.elsewhere.example', organisationId: 'o', contactId: 'c' };
    drafts.contacts.set(key, withEdit(newDraft(), 'email', 'typed@example.org', 'was@example.org'));
    const services = Object.assign({} as Services, { drafts, data: current, panels: {} });
    const shown = showDrafts(services, undefined, []);
    const list = await until('the list', () => opened.lists.at(-1));
    const tooltips = (buttons: unknown) => (buttons as { tooltip: string }[]).map(({ tooltip }) => tooltip);
    const [row] = list.items as { buttons: unknown }[];
    const all = tooltips(list.buttons);
    list.hide();
    await shown;
    assert.deepEqual([tooltips(row?.buttons), all], [['Discard'], ['Discard All']]);
  });
});

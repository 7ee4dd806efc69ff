import assert from 'node:assert/strict';
import { pickOrganisation } from '../../../src/commands/common/pickOrganisations';
import type { Services } from '../../../src/commands/common/services';
import { until } from '../../support/until';
import { opened } from '../../support/vscode';

describe('the question for an organisation', () => {
  it('tells two organisations with the same name apart', async () => {
    opened.lists.length = 0;
    const list = {
      organisations: [
        { id: '11111111-aaaa', name: 'Moorland Water' },
        { id: '22222222-bbbb', name: 'Moorland Water' },
        { id: '33333333-cccc', name: 'Other' },
      ],
      load: { kind: 'idle' },
      loaded: true,
    };
    const services = Object.assign({} as Services, {
      session: { ready: async () => undefined },
      data: { current: { organisations: { ensure: async () => list, list } } },
    });
    const picking = pickOrganisation(services, 'Filter');
    const box = await until('the question', () => opened.lists.find(({ items }) => items.length === 3));
    const texts = box.items.map((item) => {
      const { label, description = '' } = item as { label: string; description?: string };
      return `${label} ${description}`.trim();
    });
    box.hide();
    await picking;
    assert.equal(new Set(texts).size, 3, texts.join('\n'));
    assert.equal(texts[2], 'Other');
  });
});

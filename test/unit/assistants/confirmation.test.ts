import assert from 'node:assert/strict';
import { confirmationOf, type Known } from '../../../src/assistants/confirmation';
import { toolIds } from '../../../src/manifest';
import { hostileStrings } from '../../support/hostileStrings';

const known: Known = {
  mode: 'propose',
  allowed: ['org'],
  environment: 'Production',
  organisation: (id) => (id === 'org' ? 'Moorland Water' : undefined),
  contact: (_, id) => (id === 'ada' ? 'Ada Byron' : undefined),
};
const ask = (tool: (typeof toolIds)[keyof typeof toolIds], input: unknown, more: Partial<Known> = {}) => {
  const { title, message } = confirmationOf(tool, input, { ...known, ...more });
  return `${title}\n${message}`;
};

describe('the question before a tool runs', () => {
  it('names the organisation, the environment, how many contacts, and the fields that leave', () => {
    assert.equal(
      ask(toolIds.findContacts, { query: 'byron', fields: ['email'] }),
      [
        'Let an assistant search contacts?',
        'Organisation: Moorland Water. Environment: Production.',
        '',
        'Search: “byron”.',
        '',
        'Leaves this computer, of up to 25 contacts: ID, Name, Email.',
        '',
        'The assistant and the provider of its language model receive them, and other extensions may.',
      ].join('\n'),
    );
    const one = ask(toolIds.getContact, { organisation: 'org', id: 'ada', fields: ['telephone'] });
    assert.match(one, /Contact: Ada Byron\.\n\nLeaves this computer, of 1 contact: ID, Name, Telephone\./);
    assert.match(ask(toolIds.checkContacts, { organisation: 'org' }), /No values\./);
    const changes = [
      { id: 'a', field: 'email', value: 'secret' },
      { id: 'a', field: 'telephone', value: '' },
      { id: 'b', field: 'email', value: '' },
    ];
    const proposed = ask(toolIds.proposeChanges, { organisation: 'org', changes });
    assert.match(proposed, /Become drafts, of 2 contacts: Email, Telephone\.\n\nNothing is sent to Ctrl Hub/);
  });

  it('says what will be refused, and why', () => {
    for (const tool of Object.values(toolIds)) {
      const input = { organisation: 'org', query: 'a', id: 'a', changes: [{}] };
      assert.match(ask(tool, input, { mode: 'off' }), /switched off.*Nothing is read or changed\.$/);
      assert.match(ask(tool, { ...input, organisation: 'other' }), /do not let assistants read this/);
      assert.match(ask(tool, input, { environment: undefined }), /nobody is signed in/);
      for (const wrong of [
        undefined,
        null,
        7,
        [],
        { organisation: 7 },
        JSON.parse('{"__proto__":{"query":"a"}}'),
      ])
        assert.match(ask(tool, wrong), /input is not valid/);
    }
    assert.match(ask(toolIds.proposeChanges, {}, { mode: 'read' }), /let assistants read, and not propose/);
  });

  it('has no link, picture, code or markup of others, and no line of theirs', () => {
    for (const text of Object.values(hostileStrings).map(String)) {
      const organisation = () => text;
      const asked = [
        ask(toolIds.findContacts, { query: text.slice(0, 200) }, { organisation }),
        ask(toolIds.getContact, { organisation: 'org', id: 'x' }, { organisation, contact: () => text }),
      ];
      for (const question of asked) {
        assert.ok(!/[[\]<>`*_]|:\/\//.test(question), question);
        assert.equal(question.split('\n').length <= 8, true, question);
        assert.ok(question.length < 600);
      }
    }
  });

  it('has no text that Markdown makes a link of', () => {
    // GitHub Flavored Markdown links what begins with "www.", too.
    const asked = ask(
      toolIds.findContacts,
      { query: 'a' },
      { organisation: () => 'www.evil.example/sign-in' },
    );
    assert.doesNotMatch(asked, /\bwww\./);
  });
});

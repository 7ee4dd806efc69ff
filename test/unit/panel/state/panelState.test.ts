import assert from 'node:assert/strict';
import { ApiError } from '../../../../src/api/http/errors';
import { type Draft, newDraft, withEdit, withProposed } from '../../../../src/contacts/drafts/draft';
import {
  changedByOthers,
  draftLines,
  type FormSource,
  readyBody,
} from '../../../../src/panel/state/panelState';
import type { FieldName } from '../../../../src/protocol/fields';
import { calmForm } from '../../../support/calmForm';

const document = {
  resource: {
    id: 'c',
    type: 'contacts',
    attributes: {
      first_name: 'Ada',
      last_name: 'Byron',
      email: 'ada@example.org',
      telephone: '',
      notes: null,
    },
  },
  included: [],
};
const calm = calmForm(document);
const typed = (field: FieldName, text: string, draft: Draft = newDraft()) =>
  withEdit(draft, field, text, document.resource.attributes[field]);
const field = (source: FormSource, name: FieldName) =>
  readyBody(source).fields.find((one) => one.name === name) ?? assert.fail(name);

describe('the state of the form', () => {
  it('shows what is saved where nothing is typed, and offers nothing to undo', () => {
    const body = readyBody(calm);
    assert.deepEqual(field(calm, 'first_name'), {
      name: 'first_name',
      label: 'First name',
      saved: 'Ada',
      value: 'Ada',
    });
    assert.deepEqual([body.save, body.since], [{ kind: 'idle' }, undefined]);
    assert.deepEqual(body.attributes, [{ name: 'notes', label: 'Notes', value: '' }]);
  });

  it('shows what is typed beside what is saved, and since when', () => {
    const draft = typed('first_name', 'Augusta');
    const { saved, value } = field({ ...calm, draft }, 'first_name');
    assert.deepEqual([saved, value], ['Ada', 'Augusta']);
    assert.equal(readyBody({ ...calm, draft }).since, draft.since);
  });

  it('says of a value that an assistant proposed that nobody typed it, until somebody does', () => {
    const draft = withProposed(typed('email', 'new@example.org'), 'email');
    assert.equal(field({ ...calm, draft }, 'email').proposed, 'Proposed by an assistant');
    assert.equal(field({ ...calm, draft }, 'first_name').proposed, undefined);
    assert.equal(
      field({ ...calm, draft: typed('email', 'mine@example.org', draft) }, 'email').proposed,
      undefined,
    );
  });

  it('takes what was typed back to what is saved for no change', () => {
    const draft = typed('first_name', 'Ada', typed('first_name', 'Augusta'));
    assert.equal(readyBody({ ...calm, draft }).since, undefined);
  });

  it('says what is certainly wrong as an error, and what is unusual as a hint', () => {
    const wrong = field({ ...calm, draft: typed('email', 'nonsense') }, 'email');
    assert.match(wrong.error ?? '', /must contain an @/);
    const unusual = field({ ...calm, draft: typed('telephone', 'ask at the bar') }, 'telephone');
    assert.deepEqual([unusual.error, /Is it right/.test(unusual.hint ?? '')], [undefined, true]);
  });

  it('does not call saved what was typed during the save', () => {
    const outcome = {
      kind: 'saved',
      document,
      read: document,
      differences: [],
      alsoChanged: [],
      leftOut: [],
    } as const;
    const saving = { kind: 'saved', outcome, theirs: [], undo: {} } as const;
    const draft = typed('first_name', 'Typed meanwhile');
    assert.deepEqual(readyBody({ ...calm, saving, draft }).save, { kind: 'idle' });
  });

  it('asks to sign in again where the session has ended, unless something else is said', () => {
    const { save } = readyBody({ ...calm, sessionEnded: true });
    assert.ok(save.kind === 'failed' && save.problem.actions.includes('signIn'), JSON.stringify(save));
    const waiting = readyBody({ ...calm, sessionEnded: true, saving: { kind: 'saving', sent: {} } });
    assert.deepEqual(waiting.save, { kind: 'saving' });
  });

  it('is to be read only where a save is forbidden', () => {
    const error = new ApiError('forbidden', { status: 403 });
    const saving = { kind: 'failed', error, sent: {} } as const;
    assert.equal(readyBody({ ...calm, saving, draft: typed('email', 'a@b.example') }).readOnly, true);
  });

  it('has both sides of a conflict in the field, or a warning before the save asks', () => {
    const conflicts = [
      { field: 'email', before: 'ada@example.org', mine: 'mine@x', theirs: 'theirs@x' },
    ] as const;
    const draft = typed('email', 'mine@x');
    const asked = { ...calm, draft, conflicts, saving: { kind: 'conflict' } } as const;
    assert.deepEqual(field(asked, 'email').conflict, {
      before: 'ada@example.org',
      mine: 'mine@x',
      theirs: 'theirs@x',
    });
    const before = field({ ...calm, draft, conflicts }, 'email');
    assert.match(before.warning ?? '', /from “ada@example\.org” to “theirs@x”/);
    assert.equal(before.conflict, undefined);
  });
});

describe('what the panel tells beside the form', () => {
  it('lists what was typed, also where there is no form', () => {
    assert.deepEqual(draftLines(typed('telephone', '1', typed('first_name', 'Augusta'))), [
      { label: 'First name', value: 'Augusta' },
      { label: 'Telephone', value: '1' },
    ]);
    assert.deepEqual(draftLines(undefined), []);
  });

  it('names what a colleague changed, by its label', () => {
    assert.deepEqual(changedByOthers([]), []);
    assert.deepEqual(changedByOthers(['telephone', 'preferred_channel']), [
      'Changed by somebody else meanwhile: Telephone, Preferred channel',
    ]);
  });
});

/** Tests texts in an editor at the moments in which VS Code and the extension know different things. */
import assert from 'node:assert/strict';
import type { TextEditor } from '../../../support/textEditors';
import { TextWindow } from '../../../support/textWindow';
import { World } from '../../../support/textWorld';
import { person } from '../../../support/vscode';

async function begin() {
  const world = await World.make(3);
  const window = new TextWindow(world, 'A');
  const disk = { delay: 0 };
  const { drafts } = window.start(() => disk.delay);
  await window.run(() => drafts.ready());
  await window.run(() => window.openText());
  const [ref = assert.fail()] = world.refs;
  const { email } = window.known(ref) ?? assert.fail();
  const editor = (): TextEditor => window.editors.all[0] ?? assert.fail('no text');
  const type = (before: string, after: string) =>
    window.editors.inside(() => window.edit(editor(), editor().text.replace(before, after)));
  const edits = () => window.draft(ref)?.edits ?? {};
  return { world, window, disk, ref, email, editor, type, edits };
}

describe('a text in an editor', () => {
  it('that VS Code restored with unsaved lines is saved before a review', async () => {
    const { world, window, email, type, edits } = await begin();
    type(email, 'typed@x.org');
    await window.editors.inside(() => window.restart(false, () => 0));
    assert.equal(await window.run(() => window.apply()), true);
    await world.settle();
    assert.equal((await world.serverValues(world.refs[0] ?? assert.fail())).email, 'typed@x.org');
    assert.deepEqual(edits(), {});
    world.check();
  });

  it('that VS Code restored with lines in error stops an Apply, and is not removed by a sign-out', async () => {
    const { world, window, ref, email, editor, type } = await begin();
    window.editors.inside(() => window.typeInPanel(ref, 'last_name', 'Typed'));
    await world.settle();
    type(`email: ${email}`, 'nonsense');
    const { text } = editor();
    await window.editors.inside(() => window.restart(false, () => 0));
    await world.settle();
    await window.run(() => window.documents.onDisk.forgetClosed());
    person.shown.length = 0;
    assert.equal(await window.run(() => window.apply()), false);
    assert.match(person.shown.at(-1)?.text ?? '', /^Line \d+ of this text cannot be read/);
    assert.equal(editor().text, text);
    world.check();
  });

  it('follows a colleague once VS Code has restored it with unsaved lines', async () => {
    const { world, window, ref, email, editor, type } = await begin();
    type('first_name: ', 'first_name: Typed ');
    await window.editors.inside(() => window.restart(false, () => 0));
    await world.colleague(ref, 'email', 'colleague@x.org');
    await window.run(() => window.read(ref));
    await world.settle();
    assert.ok(editor().text.includes('colleague@x.org') && !editor().text.includes(email));
  });
});

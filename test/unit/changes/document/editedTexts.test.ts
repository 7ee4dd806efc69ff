/** Tests texts in an editor at the moments in which VS Code and the extension know different things. */
import assert from 'node:assert/strict';
import type { TextEditor } from '../../../support/texts/textEditors';
import { TextWindow } from '../../../support/texts/textWindow';
import { World } from '../../../support/texts/textWorld';
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

  it('can still be saved after somebody typed while a review saved it', async () => {
    const { world, window, disk, ref, email, editor, type, edits } = await begin();
    type(email, 'first@x.org');
    disk.delay = 20;
    const settled = window.editors.inside(() => window.documents.settle());
    await world.pass(10);
    type('first@x.org', 'second@x.org');
    assert.equal(await world.clock.runUntil(settled), true);
    assert.equal(edits().email, 'second@x.org');
    await world.settle();
    await window.run(() => window.save(editor()));
    assert.equal(editor().isDirty, false);
    assert.equal(window.draft(ref)?.edits.email, 'second@x.org');
  });

  it('makes no draft of a line that was renewed while VS Code saved an older text', async () => {
    const { world, window, ref, email, editor, type, edits } = await begin();
    type('first_name: ', 'first_name: Typed ');
    // VS Code has taken the text, and the extension hears of the colleague before it is asked to write.
    const { text } = editor();
    await world.colleague(ref, 'email', 'colleague@x.org');
    await window.run(() => window.read(ref));
    await world.settle();
    assert.ok(editor().text.includes('colleague@x.org'));
    await window.run(() => window.documents.writeFile(editor().uri, Buffer.from(text)));
    assert.ok(text.includes(email));
    assert.deepEqual(Object.keys(edits()), ['first_name']);
  });

  it('shows a change that VS Code did not load because somebody began to type', async () => {
    const { world, window, ref, editor, type } = await begin();
    window.editors.delay = 100;
    window.editors.inside(() => window.typeInPanel(ref, 'email', 'panel@x.org'));
    // The text has followed, and VS Code is about to load it.
    await world.pass(60);
    type('last_name: ', 'last_name: Typed ');
    await world.settle();
    assert.ok(editor().text.includes('panel@x.org'));
    window.checkScreens();
    world.check();
  });

  it('shows the drafts after an Undo went back to the saved text', async () => {
    const { world, window, ref, editor, type } = await begin();
    type('last_name: ', 'last_name: Typed ');
    window.editors.inside(() => window.typeInPanel(ref, 'email', 'panel@x.org'));
    await world.settle();
    assert.ok(editor().text.includes('panel@x.org'));
    window.editors.inside(() => {
      window.step(editor(), -1);
      window.step(editor(), -1);
    });
    await world.settle();
    assert.equal(editor().isDirty, false);
    assert.ok(editor().text.includes('panel@x.org'));
  });
});

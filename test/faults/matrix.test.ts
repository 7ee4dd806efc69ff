/**
 * Faults at every moment, in a real VS Code, with the packaged extension against a real server. In each cell
 * nothing typed is lost, the server gets no value that nobody chose, nothing is sent twice, the panel goes on being
 * usable, and what it says is true. `savesFaults.test.ts` does so for every answer of a server without a window:
 * here is one of each kind that the panel shows otherwise, and all that happens to VS Code itself.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiServer, startApiServer } from '../support/apiServer';
import { type ContactRecord, colleague } from '../support/colleague';
import { newGate } from '../support/gate';
import { handsOn } from '../support/hands';
import { closeAll, plainContacts, type Session, startOn } from '../support/outside';
import { enterToken, signIn } from '../support/signIn';
import { until } from '../support/until';
import { type FaultKind, faults, refuseStorage } from './faults';

const moments = ['opening', 'typing', 'reading before the save', 'the PUT', 'the answer'] as const;
type Moment = (typeof moments)[number];

/** The answers that are tried at each moment; what happens to VS Code is tried at all of them. */
const answers: Readonly<Record<Moment, readonly string[]>> = {
  opening: ['401', '404', '503', 'malformed JSON'],
  typing: ['dropped before'],
  'reading before the save': ['401', '404', '429', 'dropped during'],
  'the PUT': ['401', '412', '422', '429', '503', 'slow', 'dropped before'],
  'the answer': ['422', '503', 'HTML', 'wrong resource', 'dropped during', 'dropped after'],
};

describe('the fault matrix', () => {
  const outcome = new Map<string, string>();
  let server: ApiServer;
  let session: Session;
  let other: ReturnType<typeof colleague>;
  let organisation: ContactRecord;
  let contacts: readonly ContactRecord[];

  before(async () => {
    server = await startApiServer({ contacts: 80 });
    other = colleague(server);
    ({ organisation, contacts } = await plainContacts(server));
    session = await startOn(server);
    await signIn(session.window, server.token);
    await until('the organisations', () => rowWith(String(organisation.attributes.name)));
  });
  after(async () => {
    await closeAll(session, server);
    print();
  });

  const hands = handsOn((action) => session.window.act(action));
  const rowWith = async (text: string) => (await hands.rows()).find((row) => row.includes(text));
  const { panelText, clickButton: press } = hands;
  const value = () => hands.value('First name');
  const says = (words: RegExp) =>
    until(String(words), async () => {
      const text = await panelText();
      return words.test(text) && text;
    });
  const isFormWith = (text: string) => until(`a form with ${text}`, async () => (await value()) === text);

  /** Returns true if a draft file contains the text, which a restart would find. */
  function onDisk(text: string): boolean {
    return readdirSync(session.drafts).some(
      (name) => name.endsWith('.json') && readFileSync(join(session.drafts, name), 'utf8').includes(text),
    );
  }

  class Cell {
    readonly contact: ContactRecord;
    readonly path: string;
    readonly typed: string;
    readonly start = server.requests.length;
    fault: FaultKind;

    constructor(fault: FaultKind, moment: Moment) {
      this.fault = fault;
      this.contact = contacts[faults.indexOf(fault)] ?? assert.fail('too few contacts');
      this.path = `/v3/orgs/${organisation.id}/customers/contacts/${this.contact.id}`;
      this.typed = `Typed ${faults.indexOf(fault)}-${moments.indexOf(moment)}`;
    }

    get requests() {
      return server.requests
        .slice(this.start)
        .filter(({ path, headers }) => path.startsWith(this.path) && !headers['x-colleague']);
    }
    get puts() {
      return this.requests.filter(({ method }) => method === 'PUT');
    }
    async saved(): Promise<boolean> {
      return (await other.read(this.path)).attributes.first_name === this.typed;
    }

    /** Sets the server's fault for reads of this contact or for its PUT. */
    arm(method: 'GET' | 'PUT' | 'any', done = false) {
      const { answer } = this.fault;
      if (answer === undefined) return;
      server.fault = (request) =>
        request.path.startsWith(this.path) && (method === 'any' || request.method === method)
          ? answer(done)
          : undefined;
    }

    async open() {
      const email = String(this.contact.attributes.email);
      await hands.expand(String(organisation.attributes.name), email);
      await hands.clickRow(email);
    }
    async openForm() {
      await this.open();
      await says(new RegExp(this.contact.id));
    }
    fill = () => hands.fill('First name', this.typed);
  }

  const closePanels = async () => {
    await session.window.command('View: Close All Editors');
    await until(
      'no tab',
      async () => (await session.window.page.locator('.tabs-container .tab').count()) === 0,
    );
  };

  /** Triggers an event of VS Code, then returns to the contact. */
  async function strike(event: FaultKind['event'], cell: Cell) {
    if (event === 'kill') session.killExtensionHosts();
    await session.window.reload();
    // It comes back by itself if VS Code wrote it down, which it does every few seconds only. Otherwise, a click
    // opens it; in both cases, one that is there is only shown.
    const email = String(cell.contact.attributes.email);
    await until('the panel', async () => {
      const text = await panelText().catch(() => '');
      if (text === '' && (await rowWith(email))) await hands.clickRow(email);
      return text;
    });
  }

  /** Ends the fault and continues with the panel's actions until the contact is saved. */
  async function recover(cell: Cell) {
    server.fault = undefined;
    await until('the save', async () => {
      const text = await panelText();
      // Without unsaved work on screen, the recovery is complete.
      if (/Contact saved/.test(text)) return true;
      if ((await cell.saved()) && !/Unsaved since|Not saved|not known|asks to wait|What you typed/.test(text))
        return true;
      if (server.pending > 0 || /Saving…|Loading contact…/.test(text)) return false;
      const can = (name: string) => hands.enabled(name).catch(() => false);
      if (await can('Cancel')) await press('Cancel');
      else if (await can('Sign In')) {
        await press('Sign In');
        await enterToken(session.window, server.token);
        await isFormWith(cell.typed);
      } else if (await can('Save')) await press('Save');
      else if (await can('Retry')) await press('Retry');
      return false;
    });
  }

  /** Compares the panel's text about the save with the server. */
  async function isTrue(cell: Cell, lying: boolean) {
    const text = await says(/Contact saved|Not saved|not known whether|asks to wait/);
    const saved = await cell.saved();
    if (/Contact saved/.test(text)) assert.ok(saved, 'says saved, and is not');
    // A server that carries out a request and reports a refusal is believed; the next save finds out.
    else if (/Not saved/.test(text) && !lying) assert.ok(!saved, 'says not saved, and is');
    return text;
  }

  async function run(fault: FaultKind, moment: Moment) {
    const cell = new Cell(fault, moment);
    const { event } = fault;
    await cell.openForm();
    let restore = () => {};
    if (moment === 'opening') {
      await cell.fill();
      await until('the draft on the disk', () => onDisk(cell.typed));
      await closePanels();
      cell.arm('GET');
      if (event === 'storage') restore = refuseStorage(session.drafts);
      await cell.open();
      if (event && event !== 'storage') await strike(event, cell);
      const text = await until('an end', async () => {
        const now = await panelText();
        return !/Loading contact…/.test(now) && now;
      });
      assert.ok(text.includes(cell.typed) || (await value()) === cell.typed, 'what was typed is shown');
      assert.deepEqual(cell.puts, []);
    } else if (moment === 'typing') {
      cell.arm('any');
      const before = cell.requests.length;
      if (event === 'storage') restore = refuseStorage(session.drafts);
      await cell.fill();
      if (event !== 'storage') await until('the draft on the disk', () => onDisk(cell.typed));
      if (event === 'storage') await says(/cannot be stored on this computer at the moment/);
      else {
        if (event) await strike(event, cell);
        else assert.equal(cell.requests.length, before, 'typing asks nothing');
      }
      await isFormWith(cell.typed);
    } else {
      await cell.fill();
      await until('the draft on the disk', () => onDisk(cell.typed));
      if (event === 'storage') {
        restore = refuseStorage(session.drafts);
        await hands.fill('First name', `${cell.typed}!`);
        await cell.fill();
      }
      const done = moment === 'the answer';
      cell.arm(moment === 'reading before the save' ? 'GET' : 'PUT', done);
      if (event === 'reload' || event === 'kill') {
        const slow = moment === 'reading before the save' ? 'GET' : 'PUT';
        const struck = newGate();
        server.fault = (request) => {
          if (!request.path.startsWith(cell.path) || request.method !== slow) return undefined;
          // The response to a PUT that was carried out comes too late; otherwise the connection is cut.
          return done
            ? { carriedOut: true, held: struck.opened, status: 204 }
            : { held: struck.opened, drop: 'before' };
        };
        const before = cell.requests.length;
        await press('Save');
        await until('the request', () => cell.requests.slice(before).some(({ method }) => method === slow));
        if (done) await until('it carried out', () => cell.saved());
        // Running requests keep their fault.
        server.fault = undefined;
        await strike(event, cell);
        struck.open();
        await isFormWith(cell.typed);
      } else {
        await press('Save');
        const lying = done && /^4\d\d$/.test(fault.name);
        const text = await isTrue(cell, lying);
        if (!/Contact saved/.test(text)) {
          assert.ok(text.includes(cell.typed) || (await value()) === cell.typed, 'what was typed is shown');
          if (event !== 'storage') assert.ok(onDisk(cell.typed), 'still on the disk');
        }
      }
      const atMost =
        moment === 'reading before the save' && fault.name !== 'slow' && event !== 'storage' ? 0 : 1;
      assert.ok(cell.puts.length <= atMost, `${cell.puts.length} PUTs before the person went on`);
    }
    const carriedOut = await cell.saved();
    const sent = cell.puts.length;
    restore();
    await recover(cell);
    assert.ok(await cell.saved(), 'saved in the end');
    if (carriedOut) assert.equal(cell.puts.length, sent, 'what was carried out is not sent again');
    else assert.equal(cell.puts.length, sent + 1, 'one PUT to save it');
    for (const { json } of cell.puts) {
      const { attributes } = (json as { data: ContactRecord }).data;
      const { first_name, ...rest } = attributes;
      const { first_name: _, ...expected } = cell.contact.attributes;
      assert.equal(first_name, cell.typed, 'only what was typed is sent');
      assert.deepEqual(rest, expected, 'everything else is as it was');
    }
    await closePanels();
    await until('no draft left', () => !onDisk(cell.typed));
  }

  for (const fault of faults) {
    for (const moment of moments) {
      if (fault.event === undefined && !answers[moment].includes(fault.name)) continue;
      it(`${fault.name}, ${moment}`, async () => {
        const cell = `${fault.name} ${moment}`;
        outcome.set(cell, 'LOST');
        try {
          await run(fault, moment);
          outcome.set(cell, 'holds');
        } finally {
          server.fault = undefined;
        }
      });
    }
  }

  function print() {
    const width = Math.max(...faults.map(({ name }) => name.length));
    const line = (first: string, rest: readonly string[]) =>
      [first.padEnd(width), ...rest.map((text, index) => text.padEnd(moments[index]?.length ?? 0))].join(
        '  ',
      );
    console.log(`\n${line('', moments)}`);
    for (const { name } of faults)
      console.log(
        line(
          name,
          moments.map((moment) => outcome.get(`${name} ${moment}`) ?? '-'),
        ),
      );
    const held = [...outcome.values()].filter((word) => word === 'holds').length;
    console.log(`\n${held} of ${outcome.size} cells hold\n`);
  }
});

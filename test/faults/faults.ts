/** The faults around a save. */
import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Fault } from '../support/apiServer';

export interface FaultKind {
  readonly name: string;
  /** Returns the server's response. `done`: the request is carried out all the same. */
  readonly answer?: (done: boolean) => Fault;
  /** An event of VS Code or of its disk. */
  readonly event?: 'reload' | 'kill' | 'storage';
}

const status = (code: number, headers: Readonly<Record<string, string>> = {}): FaultKind => ({
  name: String(code),
  answer: (carriedOut) => ({
    status: code,
    headers,
    carriedOut,
    body: { errors: [{ status: String(code), title: 'Fault', detail: 'made for a test' }] },
  }),
});
const instead = (name: string, fault: Fault): FaultKind => ({
  name,
  answer: (carriedOut) => ({ ...fault, carriedOut }),
});

export const faults: readonly FaultKind[] = [
  ...[401, 403, 404, 409, 412, 422].map((code) => status(code)),
  status(429, { 'retry-after': '30' }),
  ...[500, 503].map((code) => status(code)),
  instead('HTML', { raw: '<!DOCTYPE html><h1>Proxy</h1>', headers: { 'content-type': 'text/html' } }),
  instead('malformed JSON', { raw: '{"data":{"id":' }),
  instead('wrong resource', { body: { data: { type: 'contacts', id: 'someone-else', attributes: {} } } }),
  instead('empty body', { raw: '' }),
  { name: 'slow', answer: () => ({ delay: 400 }) },
  { name: 'dropped before', answer: (done) => ({ drop: done ? 'after' : 'before' }) },
  { name: 'dropped during', answer: (done) => ({ drop: done ? 'during' : 'before', delay: 100 }) },
  { name: 'dropped after', answer: (done) => ({ drop: done ? 'after' : 'before', delay: 200 }) },
  { name: 'window reload', event: 'reload' },
  { name: 'extension host killed', event: 'kill' },
  { name: 'storage refuses', event: 'storage' },
];

/** Makes the disk refuse drafts: a file takes the place of their folder. */
export function refuseStorage(drafts: string): () => void {
  const aside = `${drafts}.aside`;
  if (existsSync(drafts)) renameSync(drafts, aside);
  writeFileSync(drafts, '');
  return () => {
    rmSync(drafts);
    if (existsSync(aside)) renameSync(aside, drafts);
  };
}

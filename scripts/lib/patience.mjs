/**
 * How long to wait here: a known piece of work is measured once a run, and every deadline grows with it. The
 * figure goes to all processes that the run starts.
 */
import { createHash } from 'node:crypto';

/** Milliseconds that the work takes on a computer with nothing else to do. */
const idle = 100;

function measured() {
  const begun = performance.now();
  let digest = Buffer.alloc(64);
  for (let n = 0; n < 60_000; n++) digest = createHash('sha256').update(digest).digest();
  return Math.max(1, (performance.now() - begun) / idle);
}

const known = Number(process.env.CTRL_HUB_SLOWNESS);
/** 1 on an idle computer, 4 on one that is four times slower. */
export const slowness = known >= 1 ? known : measured();
process.env.CTRL_HUB_SLOWNESS = slowness.toFixed(1);

/** @returns so many milliseconds of an idle computer, in milliseconds of this one */
export const patience = (ms) => Math.ceil(ms * slowness);

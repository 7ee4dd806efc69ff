/** Says what is being done: one line, to the terminal. */
export function say(line) {
  console.log(line);
}

/** Says plainly what is missing or wrong, and ends. */
export function giveUp(line) {
  console.error(line);
  process.exit(1);
}

/** Prints one line to the terminal. */
export function say(line) {
  console.log(line);
}

/** Prints an error message and exits. */
export function giveUp(line) {
  console.error(line);
  process.exit(1);
}

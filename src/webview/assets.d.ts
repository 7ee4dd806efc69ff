/** A style sheet, as text. */
declare module '*.css' {
  const text: string;

  export { text as default };
}

/** A picture's source, as text. */
declare module '*.svg' {
  const source: string;

  export { source as default };
}

/** A style sheet as text. */
declare module '*.css' {
  const text: string;

  export { text as default };
}

/** The source of a picture as text. */
declare module '*.svg' {
  const source: string;

  export { source as default };
}

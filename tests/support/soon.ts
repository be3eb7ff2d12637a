/** What is promised within a second, where a whole suite runs beside it on a busy machine. */
export const SOON_MS = 5_000

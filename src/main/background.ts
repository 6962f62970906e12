/** Work that nobody waits for: what goes wrong in it is said on standard error, where an unhandled rejection would end the app. */
export function inBackground(work: Promise<unknown>): void {
  work.catch((error: unknown) => console.error(error))
}

/** The jobs, below every screen. */
export function JobsBar() {
  return null
}

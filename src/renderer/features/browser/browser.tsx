/** An open archive. */
export function Browser() {
  return null
}

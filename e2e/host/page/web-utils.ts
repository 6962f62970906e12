/** `webUtils.getPathForFile`, which is synchronous and whose answer only the host knows. */

const paths = new WeakMap<File, string>()
/** The files of the last drop or choice: their paths are asked for together, as each question stops the page. */
let together: readonly File[] = []

for (const type of ['drop', 'change', 'paste'])
  addEventListener(
    type,
    (event) => {
      const source =
        event instanceof DragEvent ? event.dataTransfer : event instanceof ClipboardEvent ? event.clipboardData : null
      const files = source?.files ?? (event.target instanceof HTMLInputElement ? event.target.files : null)
      if (files !== null && files !== undefined) together = [...files]
    },
    true,
  )

/** The host stops the page in here, finds the function by its name, reads `files`, sets `answer` and lets it go on. */
function hostAnswersWithPaths(files: readonly File[]): readonly string[] {
  const answer: readonly string[] = files.map(() => '')
  // biome-ignore lint/suspicious/noDebugger: this statement is how the host is asked
  debugger
  return answer
}

export const webUtils = {
  getPathForFile(file: File): string {
    const known = paths.get(file)
    if (known !== undefined) return known
    const asked = together.includes(file) ? together : [file]
    const answer = hostAnswersWithPaths(asked)
    for (const [index, other] of asked.entries()) paths.set(other, answer[index] ?? '')
    return paths.get(file) ?? ''
  },
}

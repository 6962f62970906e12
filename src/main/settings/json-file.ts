/** A small JSON file that is read once and replaced whole. A damaged or missing one counts as empty. */
import { readFileSync } from 'node:fs'
import { mkdir, open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

export class JsonFile {
  readonly #path: string
  #next: string | undefined
  #writing: Promise<void> | undefined

  constructor(path: string) {
    this.#path = path
  }

  /** Whatever the file holds, undefined when it isn't there or no JSON. Read synchronously: before there is a window. */
  read(): unknown {
    try {
      return JSON.parse(readFileSync(this.#path, 'utf8'))
    } catch {
      return undefined
    }
  }

  /** Writes soon; of several values in a row only the last. What can't be written is said on standard error. */
  write(value: unknown): void {
    this.#next = JSON.stringify(value, undefined, 2)
    this.#writing ??= this.#writeAll()
  }

  /** Settles when nothing waits to be written. */
  async written(): Promise<void> {
    await this.#writing
  }

  async #writeAll(): Promise<void> {
    for (let text = this.#next; text !== undefined; text = this.#next) {
      this.#next = undefined
      try {
        await this.#replace(text)
      } catch (error) {
        console.error(`${this.#path} can’t be written: ${String(error)}`)
      }
    }
    this.#writing = undefined
  }

  /** There is the old file or the new one, whole, at every moment. */
  async #replace(text: string): Promise<void> {
    const temporary = `${this.#path}.new`
    await mkdir(dirname(this.#path), { recursive: true })
    const file = await open(temporary, 'w', 0o600)
    try {
      await file.writeFile(text)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, this.#path)
  }
}

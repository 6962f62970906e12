/** Everything that turns data into words: texts in the user’s language, sizes and times, paths with the home folder shortened. */
import type { ByteString } from '../../shared/byte-string.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { Said } from '../../shared/said.ts'
import type { ErrorText } from '../../shared/texts/errors.ts'
import type { Format } from '../../shared/texts/format.ts'
import type { TextKey, TextValues } from '../../shared/texts/text.ts'

export interface Words {
  readonly text: (key: TextKey, values?: TextValues) => string
  readonly format: Format
  /** What an error means and what to do. */
  readonly error: (code: ErrorCode) => ErrorText
  /** What the engine says. */
  readonly say: (what: Said) => string
  /** A path on disk, safe to show; the home folder as `~`. */
  readonly path: (path: ByteString) => string
}

/** The words of a window, for tests of what is said. */
import type { ByteString } from '../../shared/byte-string.ts'
import { textToByteString } from '../../shared/byte-string.ts'
import { errorText } from '../../shared/texts/errors.ts'
import { createFormat } from '../../shared/texts/format.ts'
import { sayIn } from '../../shared/texts/sentences.ts'
import { formatText } from '../../shared/texts/text.ts'
import { shortenHome } from './paths.ts'
import type { Words } from './words.ts'

/** In a locale (BCP 47), for somebody whose home is /home/ada. */
export const wordsIn = (locale: string): Words => ({
  text: (key, values) => formatText(locale, key, values),
  error: (code) => errorText(locale, code),
  say: (what) => sayIn(createFormat(locale, 'si'), what),
  format: createFormat(locale, 'si'),
  path: (path: ByteString) => shortenHome(path, textToByteString('/home/ada')),
})

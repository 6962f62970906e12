/**
 * Deutsch: was die Engine sagt. Englisch steht links; `said.ts` kennt keinen Satz, der hier fehlt. Was auf Englisch klein
 * beginnt, folgt auf den Namen dessen, worum es geht.
 */
import { archiveSentences } from './sentences/archive.ts'
import { creationSentences } from './sentences/creation.ts'
import { damageSentences } from './sentences/damage.ts'
import { extractionSentences } from './sentences/extraction.ts'
import { systemSentences } from './sentences/system.ts'

export const germanSentences = {
  ...archiveSentences,
  ...creationSentences,
  ...damageSentences,
  ...extractionSentences,
  ...systemSentences,
} as const

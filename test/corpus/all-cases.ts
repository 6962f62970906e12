/** The whole corpus, in the order of the list of hostile inputs. */
import type { Case } from './cases.ts'
import { containerCases1 } from './cases-container1.ts'
import { damageCases2 } from './cases-damage2.ts'
import { indexCases2 } from './cases-index2.ts'
import { lengthsCases2 } from './cases-lengths2.ts'
import { limitCases } from './cases-limits.ts'
import { linkCases } from './cases-links.ts'
import { nameCases } from './cases-names.ts'
import { nodeCases } from './cases-nodes.ts'
import { referencesCases2 } from './cases-references2.ts'

export const allCases: readonly Case[] = [
  ...nameCases,
  ...linkCases,
  ...nodeCases,
  ...referencesCases2,
  ...lengthsCases2,
  ...indexCases2,
  ...damageCases2,
  ...containerCases1,
  ...limitCases,
]

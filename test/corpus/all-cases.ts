/** The whole corpus, in the order of the list of hostile inputs. */
import type { Case } from './cases.ts'
import { containerCases1 } from './cases-container1.ts'
import { containerCases2 } from './cases-container2.ts'
import { limitCases } from './cases-limits.ts'
import { nameCases } from './cases-names.ts'

export const allCases: readonly Case[] = [...nameCases, ...containerCases2, ...containerCases1, ...limitCases]

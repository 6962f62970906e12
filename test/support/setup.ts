/** After each file of tests on real filesystems: the file fails when it left a mount behind. */

import { afterAll } from 'vitest'
import { failOnLeftovers, scratchFolder } from './scratch.ts'

afterAll(() => failOnLeftovers(scratchFolder()))

/** The ports over node:fs: slower, and every block is copied. */
import type { Cloner, Compressor, Ports } from '../../src/main/engine/ports.ts'
import { ReftarError } from '../../src/shared/errors.ts'
import { clock, secureRandomBytes } from '../clock.ts'
import { createNodeCompressor, missingCompressor } from '../node-zstd.ts'
import { createPortableAccounts } from './accounts.ts'
import { createPortableFiles } from './files.ts'

const REASON = 'without the Linux calls for it blocks can’t be shared'

function refuse(): never {
  throw new ReftarError('not-supported', 'Blocks can’t be shared on this platform', { operation: 'clone' })
}

const cloner: Cloner = {
  cloneRange: refuse,
  cloneFile: refuse,
  canClone: () => ({ possible: false, reason: REASON }),
}

/** Ports for platforms without an implementation of their own. `compressor` is used where this Node.js has no zstd. */
export function createPortablePorts(compressor: Compressor = missingCompressor): Ports {
  return {
    files: createPortableFiles(),
    cloner,
    extentMap: { extents: () => undefined, visitExtents: () => false },
    compressor: createNodeCompressor() ?? compressor,
    accounts: createPortableAccounts(),
    clock,
    randomBytes: secureRandomBytes,
  }
}

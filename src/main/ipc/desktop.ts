/** What the handlers of requests work with: the parts of the main process, made once. */
import type { ByteString } from '../../shared/byte-string.ts'
import type { ArchiveSessions } from '../archives/sessions.ts'
import type { Plans } from '../jobs/plans.ts'
import type { JobQueue } from '../jobs/queue.ts'
import type { PathGrants } from '../paths/grants.ts'
import type { PrivateFolders } from '../private-clones/private-folders.ts'
import type { Memory } from '../settings/memory.ts'
import type { SharingSessions } from '../sharing/sessions.ts'
import type { MainWindow } from '../windows/main-window.ts'

export interface Desktop {
  readonly memory: Memory
  /** Remembers an archive that was opened or made, and tells the page. */
  readonly rememberArchive: (path: ByteString) => Promise<void>
  readonly grants: PathGrants
  readonly window: MainWindow
  readonly archives: ArchiveSessions
  readonly clones: PrivateFolders
  readonly plans: Plans
  readonly jobs: JobQueue
  readonly sharing: SharingSessions
}

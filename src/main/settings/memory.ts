/** What the app remembers between runs: the settings, recent archives, the window's place, the last target folder. */
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { ByteString } from '../../shared/byte-string.ts'
import type { RecentArchive, Settings } from '../../shared/ipc/settings.ts'
import { type Guard, isBoolean, isCount, isListOf, isObject, isOptional, isPath, isWhole } from '../ipc/guards.ts'
import { fsPath } from '../paths/absolute.ts'
import { JsonFile } from './json-file.ts'
import { isSettingsChange } from './settings-guards.ts'

const MOST_RECENT = 20

export interface WindowPlace {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly maximized: boolean
}

interface OpenedArchive {
  readonly path: ByteString
  readonly openedAt: number
}

/** Everything but the settings. */
interface State {
  readonly recents: readonly OpenedArchive[]
  readonly window: WindowPlace | undefined
  /** Where something was extracted to last. */
  readonly targetFolder: ByteString | undefined
}

const isPixels = isWhole(-100_000, 100_000)

const stateGuards: { readonly [Key in keyof State]: Guard<State[Key]> } = {
  recents: isListOf(isObject<OpenedArchive>({ path: isPath, openedAt: isCount }), MOST_RECENT),
  window: isOptional(
    isObject<WindowPlace>({ x: isPixels, y: isPixels, width: isPixels, height: isPixels, maximized: isBoolean }),
  ),
  targetFolder: isOptional(isPath),
}

const defaultState: State = { recents: [], window: undefined, targetFolder: undefined }

const defaultSettings: Settings = {
  theme: 'system',
  language: 'system',
  units: 'si',
  columns: ['name', 'size', 'stored', 'shared', 'modified'],
  columnWidthsPixels: {},
  treeWidthPixels: 220,
  detailsWidthPixels: 280,
  showTree: true,
  showDetails: true,
  foldersFirst: true,
  create: { deduplicate: true, instant: false, compress: false },
  extract: { smartFolder: true, verifyContents: true, revealWhenDone: false },
}

export class Memory {
  readonly #settingsFile: JsonFile
  readonly #stateFile: JsonFile
  #settings: Settings
  #state: State

  /** Reads what an earlier run left in `folder`; members that aren't as they should be are as at first. */
  constructor(folder: string) {
    this.#settingsFile = new JsonFile(join(folder, 'settings.json'))
    this.#stateFile = new JsonFile(join(folder, 'state.json'))
    this.#settings = { ...defaultSettings, ...acceptableSettings(this.#settingsFile.read()) }
    this.#state = stateFrom(this.#stateFile.read())
  }

  get settings(): Settings {
    return this.#settings
  }

  changeSettings(change: Partial<Settings>): Settings {
    this.#settings = { ...this.#settings, ...change }
    this.#settingsFile.write(this.#settings)
    return this.#settings
  }

  get window(): WindowPlace | undefined {
    return this.#state.window
  }

  get targetFolder(): ByteString | undefined {
    return this.#state.targetFolder
  }

  get recentPaths(): readonly ByteString[] {
    return this.#state.recents.map(({ path }) => path)
  }

  rememberWindow(window: WindowPlace): void {
    this.#change({ window })
  }

  rememberTarget(targetFolder: ByteString): void {
    this.#change({ targetFolder })
  }

  /** Newest first. */
  rememberArchive(path: ByteString): void {
    const others = this.#state.recents.filter((recent) => recent.path !== path)
    this.#change({ recents: [{ path, openedAt: Date.now() }, ...others].slice(0, MOST_RECENT) })
  }

  forgetArchive(path: ByteString): void {
    this.#change({ recents: this.#state.recents.filter((recent) => recent.path !== path) })
  }

  /** With a look at each, whether it is still there. */
  recents(): Promise<readonly RecentArchive[]> {
    return Promise.all(
      this.#state.recents.map(async ({ path, openedAt }) => ({ path, openedAt, sizeBytes: await sizeOf(path) })),
    )
  }

  /** Settles when everything is on disk. */
  async written(): Promise<void> {
    await this.#settingsFile.written()
    await this.#stateFile.written()
  }

  #change(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change }
    this.#stateFile.write(this.#state)
  }
}

function members(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : []
}

/** Member by member, so that one from another version doesn't cost the others. */
function acceptableSettings(value: unknown): Partial<Settings> {
  let settings: Partial<Settings> = {}
  for (const [key, member] of members(value)) {
    const change: unknown = { [key]: member }
    if (isSettingsChange(change)) settings = { ...settings, ...change }
  }
  return settings
}

function stateFrom(value: unknown): State {
  const known = new Map(members(value))
  const member = <Key extends keyof State>(key: Key): State[Key] => {
    const found = known.get(key)
    const isRight: Guard<State[Key]> = stateGuards[key]
    return isRight(found) ? found : defaultState[key]
  }
  return { recents: member('recents'), window: member('window'), targetFolder: member('targetFolder') }
}

async function sizeOf(path: ByteString): Promise<number | undefined> {
  try {
    return (await stat(fsPath(path))).size
  } catch {
    return undefined
  }
}

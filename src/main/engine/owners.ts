/** Owners of entries as numbers of this system. */
import type { ByteString } from '../../shared/byte-string.ts'
import type { Owner } from './entry.ts'
import type { Accounts } from './ports.ts'

export interface OwnerIds {
  readonly uid: number
  readonly gid: number
}

/** Owners by name where this system knows it, else by number. Names are looked up once. */
export class OwnerLookup {
  readonly #accounts: Accounts
  readonly #numeric: boolean
  readonly #uids = new Map<ByteString, number | undefined>()
  readonly #gids = new Map<ByteString, number | undefined>()
  #lastOwner: Owner | undefined
  #lastIds: OwnerIds = { uid: 0, gid: 0 }

  /** `numeric` takes the numbers as they are. */
  constructor(accounts: Accounts, numeric: boolean) {
    this.#accounts = accounts
    this.#numeric = numeric
  }

  idsOf(owner: Owner): OwnerIds {
    const last = this.#lastOwner
    if (
      last !== undefined &&
      (last === owner ||
        (last.uid === owner.uid &&
          last.gid === owner.gid &&
          last.userName === owner.userName &&
          last.groupName === owner.groupName))
    ) {
      return this.#lastIds
    }
    this.#lastOwner = owner
    this.#lastIds = this.#numeric ? { uid: owner.uid, gid: owner.gid } : this.#byName(owner)
    return this.#lastIds
  }

  #byName(owner: Owner): OwnerIds {
    return {
      uid: known(this.#uids, owner.userName, (name) => this.#accounts.userId(name)) ?? owner.uid,
      gid: known(this.#gids, owner.groupName, (name) => this.#accounts.groupId(name)) ?? owner.gid,
    }
  }
}

function known(
  cache: Map<ByteString, number | undefined>,
  name: ByteString,
  look: (name: ByteString) => number | undefined,
): number | undefined {
  if (name === '') return undefined
  if (!cache.has(name)) cache.set(name, look(name))
  return cache.get(name)
}

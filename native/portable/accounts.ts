/** Users and groups where only Node is asked: it knows the user it runs as and nobody else. */
import os from 'node:os'
import type { Accounts } from '../../src/main/engine/ports.ts'
import { textToByteString } from '../../src/shared/byte-string.ts'

function currentUser(): { uid: number; username: string } | undefined {
  try {
    return os.userInfo()
  } catch {
    // No entry for this user (containers): names are a courtesy.
    return undefined
  }
}

/** The current user's name; no groups. Where there are no numeric users (Windows) the effective one is -1. */
export function createPortableAccounts(): Accounts {
  const user = currentUser()
  const userName = user === undefined ? undefined : textToByteString(user.username)
  return {
    userName: (uid) => (uid === user?.uid ? userName : undefined),
    groupName: () => undefined,
    userId: (name) => (name === userName ? user?.uid : undefined),
    groupId: () => undefined,
    effectiveUserId: process.geteuid?.() ?? -1,
  }
}

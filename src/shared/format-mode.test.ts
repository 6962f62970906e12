import { expect, test } from 'vitest'
import { modeText } from './format-mode.ts'

test.each([
  ['file', 0o644, '-rw-r--r--'],
  ['directory', 0o1777, 'drwxrwxrwt'],
  ['file', 0o4755, '-rwsr-xr-x'],
  ['file', 0o6644, '-rwSr-Sr--'],
  ['hardlink', 0o600, 'hrw-------'],
  ['symlink', undefined, 'l?????????'],
] as const)('%s %o is %s', (kind, mode, text) => {
  expect(modeText(kind, mode)).toBe(text)
})

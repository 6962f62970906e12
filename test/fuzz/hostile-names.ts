/** Paths and targets that have broken archivers. One character a byte. */
import type { Random } from './random.ts'

const components = [
  '..',
  '.',
  '',
  'a',
  'A',
  'b',
  'a\0b',
  '\x01',
  '\n',
  '\x1b[31m',
  '\xe2\x80\xaegpj.exe',
  '\xff\xfe',
  'e\xcc\x81',
  '\xc3\xa9',
  'C:',
  'con',
  'x\\y',
  ' ',
  '-rf',
  '...',
  '.reftar-00000000.part',
  'link',
  'existing',
  'n'.repeat(255),
  'n'.repeat(256),
  'outside',
] as const

const targets = [
  '..',
  '../outside',
  '../../../../../../etc',
  '/',
  '/etc/passwd',
  '.',
  'link',
  'a',
  'existing',
  '/proc/self/root',
  '../target',
  'x'.repeat(4095),
  'x'.repeat(5000),
  '',
] as const

export function hostilePath(random: Random, others: readonly string[]): string {
  switch (random.below(6)) {
    case 0:
      return others.length > 0 ? random.pick(others) : 'a'
    case 1:
      return others.length > 0 ? `${random.pick(others)}/${random.pick(components)}` : 'a/b'
    case 2:
      return `/${random.pick(components)}`
    case 3:
      return Array.from({ length: 1 + random.below(3) }, () => random.pick(components)).join('/')
    case 4:
      return `${random.chance(0.5) ? 'link' : 'dir'}/${random.pick(components)}`
    default:
      return random.chance(0.1) ? `${'d/'.repeat(random.below(3000))}x` : random.pick(components)
  }
}

export function hostileTarget(random: Random): string {
  return random.pick(targets)
}

import { expect, test } from 'vitest'
import type { ByteString } from '../../../shared/byte-string.ts'
import { orderLinks } from './symlink-order.ts'

const stored = new Set(['a', 'a/file', 'a/sub', 'a/sub/deep', 'b'])
const order = (links: Record<string, string>) => {
  const list = Object.entries(links).map(([path, target]) => ({
    path: path as ByteString,
    target: target as ByteString,
  }))
  const { ordered, dangling } = orderLinks(list, (path) => stored.has(path))
  return { ordered: ordered.map(({ path }) => path), dangling: dangling.map(({ path }) => path) }
}

test('a link comes behind the links it leads through', () => {
  expect(order({ 1: '2/deep', 2: '3', 3: 'a/sub' })).toEqual({ ordered: ['3', '2', '1'], dangling: [] })
})

test('links that lead nowhere in the archive are told apart', () => {
  expect(
    order({ up: '..', out: '../../x', abs: '/etc', none: 'missing', 'a/up': '../b', 'a/sub/l': '../file', empty: '' }),
  ).toEqual({ ordered: ['a/up', 'a/sub/l'], dangling: ['up', 'out', 'abs', 'none', 'empty'] })
})

test('circles lead nowhere', () => {
  expect(order({ x: 'y', y: 'x', z: 'z' })).toEqual({ ordered: [], dangling: ['x', 'y', 'z'] })
})

test('“..” behind a link is the parent of where the link leads', () => {
  expect(order({ l: 'a/sub', m: 'l/../file', n: 'l/../nothing' })).toEqual({ ordered: ['l', 'm'], dangling: ['n'] })
})

/** Nodes and metadata: hostile-input line 9. */
import { brokenPage, type Case, cases, opens, simple2 } from './cases.ts'
import { Builder1 } from './format1-builder.ts'
import { packed, type WildEntry } from './page-encoder.ts'

const nodes2 = cases(2, 'nodes')
const nodes1 = cases(1, 'nodes')

const folder = (path: string): WildEntry => ({ path, kind: 'directory', mode: 0o755 })
const file = (path: string): WildEntry => ({ path, sizeBytes: 10, segments: [packed(0, 0, 10)] })
const content = Buffer.from('content')

export const nodeCases: readonly Case[] = [
  nodes2('fifo', 'a FIFO, which nobody may open', opens({ list: ['f'] }), () => simple2([{ path: 'f', kind: 'fifo' }])),
  nodes1('fifo', 'a FIFO, which nobody may open', opens({ list: ['f'] }), () =>
    new Builder1().entry({ type: '6', name: 'f' }).bytes(),
  ),
  nodes2('device-number', 'a device’s number beyond 2^32', brokenPage, () =>
    simple2([{ path: 'd', kind: 'block-device', deviceMajor: 2 ** 32 }]),
  ),
  nodes2('setuid', 'setuid, setgid and sticky bits: given only when asked for', opens({ list: ['s'] }), () =>
    simple2([{ ...file('s'), mode: 0o7777 }]),
  ),
  nodes2('mode-beyond', 'more than twelve mode bits', brokenPage, () => simple2([{ ...file('s'), mode: 0o100644 }])),
  nodes2('folder-unreadable', 'a folder without permissions, with a file in it', opens({ list: ['d', 'd/x'] }), () =>
    simple2([{ ...folder('d'), mode: 0 }, file('d/x')]),
  ),
  nodes2('times', 'times far before and after 1970', opens({ list: ['a', 'b'] }), () =>
    simple2([
      { ...file('a'), modifyTime: [-(2 ** 51) + 1, 999_999_999] },
      { ...file('b'), modifyTime: [2 ** 33, 0] },
    ]),
  ),
  nodes2('time-beyond', 'a time beyond 2^51 seconds', brokenPage, () =>
    simple2([{ ...file('a'), modifyTime: [2 ** 51, 0] }]),
  ),
  nodes2('nanoseconds-beyond', 'a thousand million nanoseconds', brokenPage, () =>
    simple2([{ ...file('a'), modifyTime: [0, 1_000_000_000] }]),
  ),
  nodes1('times', 'times far before and after 1970', opens({ list: ['a', 'b'] }), () =>
    new Builder1()
      .entry({ name: 'a', modifyTime: -(2n ** 63n) })
      .entry({ name: 'b', modifyTime: 2n ** 63n - 1n })
      .bytes(),
  ),
  nodes2('attribute-nameless', 'an extended attribute without a name', brokenPage, () =>
    simple2([{ ...file('a'), attributes: [['', content]] }]),
  ),
  nodes2('attribute-zero-byte', 'an extended attribute’s name with a zero byte', brokenPage, () =>
    simple2([{ ...file('a'), attributes: [['user.x\0y', content]] }]),
  ),
  nodes2('kind-unknown', 'an entry of a kind that doesn’t exist', brokenPage, () =>
    simple2([{ ...file('a'), head: 7 }]),
  ),
  nodes1(
    'type-unknown',
    'an entry of a type that doesn’t exist: what follows can’t be told',
    opens({ list: ['a'], incomplete: true }),
    () => new Builder1().entry({ name: 'a' }).entry({ type: '9', name: 'b' }).entry({ name: 'c' }).bytes(),
  ),
  nodes2('owner-missing', 'an owner that isn’t in the table', brokenPage, () => simple2([{ ...file('a'), owner: 5 }])),
]

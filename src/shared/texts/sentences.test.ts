import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { errorData, errorTable, ReftarError } from '../errors.ts'
import { inEnglish, type Said, said, saidAsText } from '../said.ts'
import { germanSentences } from './de/sentences.ts'
import { createFormat } from './format.ts'
import { sayAlone, sayIn } from './sentences.ts'

const german = createFormat('de', 'iec')
const english = createFormat('en', 'si')
const namesIn = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort()

it('a sentence without a German one doesn’t compile, nor one without its values', () => {
  // @ts-expect-error: not in the catalogue
  new ReftarError('damaged', 'a sentence that nobody translated')
  // @ts-expect-error: not in the catalogue
  const unknown: Said = 'a sentence that nobody translated'
  // @ts-expect-error: the limit is missing
  said('its path has {count} bytes; the limit is {limit}', { count: 1 })
  // @ts-expect-error: text is a sentence or marked as verbatim
  said('removed {name}, which an interrupted run had left', { name: 'file.part' })
  expect(unknown).toBeDefined()
})

it.each(Object.entries(germanSentences))('%s: the same values in German', (sentence, translation) => {
  expect(namesIn(translation)).toEqual(namesIn(sentence))
})

it('every German sentence is of something that is said', () => {
  const folders = ['native', 'src/main', 'src/shared']
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.includes('texts/') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  )
  const all = sources.join('\n')
  expect(Object.keys(germanSentences).filter((sentence) => !all.includes(`'${sentence}'`))).toEqual([])
  // What is said verbatim is no sentence of ours.
  expect(all.match(/verbatim: '.*/g) ?? []).toEqual([])
})

it('speaks the language of the window, with its sizes, and leaves names as they are', () => {
  const needed = said('It needs at least {needed}; {free} are free there', {
    needed: { bytes: 3_100_000_000 },
    free: { bytes: 0 },
  })
  expect(inEnglish(needed)).toBe('It needs at least 3.1 GB; 0 B are free there')
  expect(sayIn(german, needed)).toBe('Es braucht mindestens 2,9 GiB; 0 B sind dort frei.')
  const named = said('removed {name}, which an interrupted run had left', { name: { verbatim: '{count} The owner' } })
  expect(inEnglish(named)).toBe('removed {count} The owner, which an interrupted run had left')
  expect(sayIn(german, named)).toBe('{count} The owner entfernt, das ein unterbrochener Lauf hinterlassen hatte.')
  expect(sayAlone(english, named)).toBe('Removed {count} The owner, which an interrupted run had left.')
  expect(
    sayAlone(english, said('{name} couldn’t be removed; the next run will try again', { name: { verbatim: 'a' } })),
  ).toBe('a couldn’t be removed; the next run will try again.')
})

it('puts sentences into sentences', () => {
  const nested = said('{what} couldn’t be restored: {reason}', {
    what: 'the owner',
    reason: errorTable['not-permitted'].title,
  })
  expect(inEnglish(nested)).toBe('the owner couldn’t be restored: the system does not permit that')
  expect(sayIn(english, nested)).toBe(inEnglish(nested))
  expect(sayIn(german, nested)).toBe('Nicht wiederhergestellt: der Eigentümer. Das System erlaubt das nicht')
  expect(
    sayIn(german, said('Its blocks can’t be shared with the archive: {reason}', { reason: 'different filesystem' })),
  ).toBe('Die Blöcke lassen sich nicht mit dem Archiv teilen: andere Platte')
})

it('is data: it crosses process borders, and is English in JSON', () => {
  const error = errorData(
    new ReftarError('damaged', said('there is no pack {pack}', { pack: 3 }), { entry: 'a', offsetBytes: 0 }),
  )
  expect(structuredClone(error)).toEqual(error)
  expect(JSON.parse(JSON.stringify({ error }, saidAsText)).error).toEqual({ ...error, message: 'there is no pack 3' })
})

/** What crosses the border from a page is anything at all until one of these says what it is. They compose like the types. */
import { type ByteString, isByteString } from '../../shared/byte-string.ts'

export type Guard<T> = (value: unknown) => value is T

/** The kernel's own bound for a path is 4096; what is joined from several may be longer. */
const LONGEST_PATH_BYTES = 1 << 16

/** Text of at most `maxLength` UTF-16 units. */
export function isTextUpTo(maxLength: number): Guard<string> {
  return (value): value is string => typeof value === 'string' && value.length <= maxLength
}

export const isBoolean: Guard<boolean> = (value) => typeof value === 'boolean'

/** A whole number from `least` to `most`. */
export function isWhole(least: number, most: number): Guard<number> {
  return (value): value is number =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most
}

/** Ids, ordinals and positions. */
export const isCount = isWhole(0, Number.MAX_SAFE_INTEGER)

/** A path as bytes, of whatever kind: inside an archive or on disk. */
export const isPath: Guard<ByteString> = (value): value is ByteString =>
  isByteString(value) && value.length <= LONGEST_PATH_BYTES && !value.includes('\0')

/** A name inside an archive, which may hold a zero byte where the archive is hostile. */
export const isArchivePath: Guard<ByteString> = (value): value is ByteString =>
  isByteString(value) && value.length <= LONGEST_PATH_BYTES

const isUndefined: Guard<undefined> = (value) => value === undefined

export function isEither<A, B>(isA: Guard<A>, isB: Guard<B>): Guard<A | B> {
  return (value): value is A | B => isA(value) || isB(value)
}

export function isOptional<T>(isT: Guard<T>): Guard<T | undefined> {
  return isEither(isT, isUndefined)
}

/** One of a few texts or numbers. */
export function isOneOf<const T extends string | number>(...allowed: readonly T[]): Guard<T> {
  const values: ReadonlySet<unknown> = new Set(allowed)
  return (value): value is T => values.has(value)
}

/** A list of at most `maxLength` items. */
export function isListOf<T>(isT: Guard<T>, maxLength: number): Guard<readonly T[]> {
  return (value): value is readonly T[] => Array.isArray(value) && value.length <= maxLength && value.every(isT)
}

type GuardsOf<T> = { readonly [Key in keyof T]-?: Guard<T[Key]> }

/** The arguments of a request; those left out at the end count as undefined. */
export function isTuple<T extends readonly unknown[]>(...guards: GuardsOf<T>): Guard<T> {
  return (value): value is T =>
    Array.isArray(value) && value.length <= guards.length && guards.every((guard, i) => guard(value[i]))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasOnly(value: Record<string, unknown>, members: object): boolean {
  return Object.keys(value).every((key) => Object.hasOwn(members, key))
}

function entriesOf<T extends object>(members: GuardsOf<T>): readonly [string, Guard<unknown>][] {
  return Object.entries(members)
}

/** An object with these members and no others. */
export function isObject<T extends object>(members: GuardsOf<T>): Guard<T> {
  const guards = entriesOf(members)
  return (value): value is T =>
    isRecord(value) && hasOnly(value, members) && guards.every(([key, guard]) => guard(value[key]))
}

/** An object with any of these members and no others. */
export function isPartial<T extends object>(members: GuardsOf<T>): Guard<Partial<T>> {
  const guards = entriesOf(members)
  return (value): value is Partial<T> =>
    isRecord(value) &&
    hasOnly(value, members) &&
    guards.every(([key, guard]) => !Object.hasOwn(value, key) || guard(value[key]))
}

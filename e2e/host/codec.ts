/**
 * Structured clone over JSON text, the same source in the host and in the page: what the DevTools protocol carries between
 * them is text. Knows what Electron's IPC clones and the app may send; refuses the rest as Electron does.
 */

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** How bytes become text: Node and the page have different functions for it. */
export interface Base64 {
  toBase64(bytes: Uint8Array): string
  fromBase64(text: string): ArrayBuffer
}

const views = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
  DataView,
}
const errors = { TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError }

/** `Uint8Array` also for Node's Buffer, as Electron sends it. */
function typeOf(value: object): string {
  return Object.prototype.toString.call(value).slice(8, -1)
}

function isNamed<Table extends object>(table: Table, name: unknown): name is keyof Table {
  return typeof name === 'string' && Object.hasOwn(table, name)
}

function notCloneable(what: string): Error {
  const error = new Error(`An object could not be cloned. (${what})`)
  error.name = 'DataCloneError'
  return error
}

class Encoder {
  readonly #base64: Base64
  /** Objects in the order in which they are met; the decoder counts them likewise. */
  readonly #places = new Map<object, number>()

  constructor(base64: Base64) {
    this.#base64 = base64
  }

  encode(value: unknown): Json {
    switch (typeof value) {
      case 'string':
      case 'boolean':
        return value
      case 'number':
        if (Object.is(value, -0)) return { $: 'number', v: '-0' }
        return Number.isFinite(value) ? value : { $: 'number', v: String(value) }
      case 'undefined':
        return { $: 'undefined' }
      case 'bigint':
        return { $: 'bigint', v: String(value) }
      case 'object':
        return value === null ? null : this.#object(value)
      default:
        throw notCloneable(String(value).slice(0, 60))
    }
  }

  #object(value: object): Json {
    const place = this.#places.get(value)
    if (place !== undefined) return { $: 'same', v: place }
    this.#places.set(value, this.#places.size)
    if (Array.isArray(value)) return value.map((item) => this.encode(item))
    if (value instanceof Map) return { $: 'Map', v: [...value].flat().map((item) => this.encode(item)) }
    if (value instanceof Set) return { $: 'Set', v: [...value].map((item) => this.encode(item)) }
    if (value instanceof Date) return { $: 'Date', v: value.getTime() }
    if (value instanceof Error)
      return { $: 'Error', n: value.name, v: value.message, s: value.stack ?? '', c: this.encode(value.cause) }
    if (value instanceof ArrayBuffer) return { $: 'ArrayBuffer', v: this.#base64.toBase64(new Uint8Array(value)) }
    if (ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
      return { $: 'view', n: typeOf(value), v: this.#base64.toBase64(bytes) }
    }
    if (typeOf(value) !== 'Object') throw notCloneable(typeOf(value))
    const members = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.encode(item)]))
    return '$' in members ? { $: 'object', v: members } : members
  }
}

class Decoder {
  readonly #base64: Base64
  readonly #objects: object[] = []

  constructor(base64: Base64) {
    this.#base64 = base64
  }

  decode(json: Json): unknown {
    if (typeof json !== 'object' || json === null) return json
    if (isList(json)) {
      const list: unknown[] = this.#keep([])
      for (const item of json) list.push(this.decode(item))
      return list
    }
    return json['$'] === undefined ? this.#members(json) : this.#tagged(json)
  }

  #keep<T extends object>(value: T): T {
    this.#objects.push(value)
    return value
  }

  #members(json: { readonly [key: string]: Json }): object {
    const members = this.#keep({})
    // Defined, not assigned: `__proto__` is a name like any other.
    for (const [key, item] of Object.entries(json))
      Object.defineProperty(members, key, {
        value: this.decode(item),
        enumerable: true,
        writable: true,
        configurable: true,
      })
    return members
  }

  #view(name: unknown, bytes: ArrayBuffer): object {
    const view: new (bytes: ArrayBuffer) => object = views[isNamed(views, name) ? name : 'Uint8Array']
    return new view(bytes)
  }

  #tagged({ $: type, v, n, s, c }: { readonly [key: string]: Json }): unknown {
    switch (type) {
      case 'undefined':
        return undefined
      case 'number':
        return Number(v)
      case 'bigint':
        return BigInt(String(v))
      case 'same':
        return this.#objects[Number(v)]
      case 'Date':
        return this.#keep(new Date(Number(v)))
      case 'ArrayBuffer':
        return this.#keep(this.#base64.fromBase64(String(v)))
      case 'view':
        return this.#keep(this.#view(n, this.#base64.fromBase64(String(v))))
      case 'Error': {
        const error = this.#keep(new (isNamed(errors, n) ? errors[n] : Error)(String(v)))
        error.stack = String(s)
        const cause = this.decode(c ?? null)
        if (cause !== undefined) error.cause = cause
        return error
      }
    }
    if (type === 'object' && typeof v === 'object' && v !== null && !isList(v)) return this.#members(v)
    if (!isList(v)) throw new Error(`Unknown type in a message: ${String(type)}`)
    if (type === 'Set') {
      const set = this.#keep(new Set())
      for (const item of v) set.add(this.decode(item))
      return set
    }
    const map = this.#keep(new Map())
    for (let i = 0; i + 1 < v.length; i += 2) map.set(this.decode(v[i] ?? null), this.decode(v[i + 1] ?? null))
    return map
  }
}

function isList(json: Json | undefined): json is readonly Json[] {
  return Array.isArray(json)
}

/** Both directions for one side. `encode` throws a DataCloneError for what can't be cloned. */
export function makeCodec(base64: Base64) {
  return {
    encode: (value: unknown): string => JSON.stringify(new Encoder(base64).encode(value)),
    decode: (text: string): unknown => {
      const json: Json = JSON.parse(text)
      return new Decoder(base64).decode(json)
    },
  }
}

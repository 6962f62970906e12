/**
 * What the host leaves out says so. An app that calls a missing function of Electron would otherwise stop with
 * “undefined is not a function”, or worse, go on.
 */

/** Asked of any object by promises, by JSON and by inspectors: a missing one is normal. */
const askedOfAnything = new Set(['then', 'toJSON', 'nodeType', 'domain'])

function refuse(name: string): never {
  throw new Error(`Electron's ${name} is not provided by the host (e2e/host).`)
}

/**
 * Makes reading an unknown member of `api` (an object, a class's prototype, or a class for its static members) throw.
 * The check is the last of the prototype chain, so private fields and replaced members work as usual.
 */
export function refuseUnknown<Api extends object>(name: string, api: Api): Api {
  const last: object = Object.getPrototypeOf(api)
  const get = (target: object, key: string | symbol, receiver: unknown): unknown => {
    if (typeof key === 'string' && !(key in target) && !askedOfAnything.has(key)) refuse(`${name}.${key}`)
    return Reflect.get(target, key, receiver)
  }
  Object.setPrototypeOf(api, new Proxy(last, { get }))
  return api
}

/** Stands in for a whole module or class that isn't there: it can be imported, but not used. */
export function notProvided(name: string): object {
  return new Proxy(class {}, {
    get: (target, key) =>
      typeof key === 'symbol' || askedOfAnything.has(key) ? Reflect.get(target, key) : refuse(`${name}.${key}`),
    construct: () => refuse(name),
    apply: () => refuse(name),
  })
}

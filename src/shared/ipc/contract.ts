/** The contract between the main process and its windows: main, preload and renderer derive their types from here. */

export interface ProductInfo {
  readonly name: string
  readonly version: string
}

/** Each request with its arguments and its result. */
export interface Requests {
  productInfo: { readonly args: readonly []; readonly result: ProductInfo }
}

export type RequestName = keyof Requests

export const channels = {
  productInfo: 'product:info',
} as const satisfies Record<RequestName, string>

/** What the preload exposes as `window.reftar`. */
export type Api = {
  readonly [Name in RequestName]: (...args: Requests[Name]['args']) => Promise<Requests[Name]['result']>
}

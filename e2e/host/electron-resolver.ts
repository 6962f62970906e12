/** Runs on Node's thread for module hooks: `electron` means the host, wherever the app imports it. */

import type { InitializeHook, ResolveHook } from 'node:module'

let hostUrl: string

export const initialize: InitializeHook<string> = (url) => {
  hostUrl = url
}

export const resolve: ResolveHook = (specifier, context, next) =>
  /^electron(\/(main|common))?$/.test(specifier)
    ? { url: hostUrl, format: 'module', shortCircuit: true }
    : next(specifier, context)

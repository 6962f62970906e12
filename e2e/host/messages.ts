/** What host and page say to each other: one text each way, encoded by the codec. */

/** The binding's name in the page, removed before the page's own scripts run. */
export const bindingName = '__electronHost'

/** `['send', channel, args]` or `['invoke', id, channel, args]`, from the page. */
export type FromPage =
  | readonly ['send', channel: string, args: readonly unknown[]]
  | readonly ['invoke', id: number, channel: string, args: readonly unknown[]]

/** An event on a channel, or the answer to an `invoke`: its result, or an error's text. */
export type ToPage =
  | readonly ['event', channel: string, args: readonly unknown[]]
  | readonly ['result', id: number, value: unknown]
  | readonly ['error', id: number, message: string]

export function isFromPage(value: unknown): value is FromPage {
  if (!Array.isArray(value)) return false
  const [kind, a, b, c] = value
  if (kind === 'send') return typeof a === 'string' && Array.isArray(b)
  return kind === 'invoke' && typeof a === 'number' && typeof b === 'string' && Array.isArray(c)
}

/** What the preload's page learns from the host before it runs. */
export interface PageFacts {
  readonly platform: string
  readonly arch: string
  readonly versions: NodeJS.ProcessVersions
  readonly argv: readonly string[]
}

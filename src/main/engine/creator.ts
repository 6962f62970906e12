/** What archives say about who made them. */
import { version } from '../../../package.json' with { type: 'json' }

export const CREATOR = `reftar ${version}`

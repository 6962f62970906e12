/** All texts of the window in German: ICU messages by key. A part a feature, so that each is read and translated as one. */
import { app } from './de/app.ts'
import { browser } from './de/browser.ts'
import { details } from './de/details.ts'
import { start } from './de/start.ts'

export const de = { ...app, ...start, ...browser, ...details } as const

/** All texts of the window in English: ICU messages by key. A part a feature, so that each is read and translated as one. */
import { app } from './en/app.ts'
import { browser } from './en/browser.ts'
import { details } from './en/details.ts'
import { start } from './en/start.ts'

export const en = { ...app, ...start, ...browser, ...details } as const

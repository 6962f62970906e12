/** All texts of the window in English: ICU messages by key. A part a feature, so that each is read and translated as one. */
import { app } from './en/app.ts'
import { browser } from './en/browser.ts'
import { create } from './en/create.ts'
import { desktop } from './en/desktop.ts'
import { details } from './en/details.ts'
import { extract } from './en/extract.ts'
import { jobs } from './en/jobs.ts'
import { plan } from './en/plan.ts'
import { preview } from './en/preview.ts'
import { proof } from './en/proof.ts'
import { report } from './en/report.ts'
import { savings } from './en/savings.ts'
import { settings } from './en/settings.ts'
import { sharing } from './en/sharing.ts'
import { start } from './en/start.ts'

export const en = {
  ...app,
  ...start,
  ...browser,
  ...details,
  ...desktop,
  ...create,
  ...extract,
  ...jobs,
  ...plan,
  ...preview,
  ...settings,
  ...savings,
  ...sharing,
  ...proof,
  ...report,
} as const

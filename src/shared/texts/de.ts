/** All texts of the window in German: ICU messages by key. A part a feature, so that each is read and translated as one. */
import { app } from './de/app.ts'
import { browser } from './de/browser.ts'
import { create } from './de/create.ts'
import { desktop } from './de/desktop.ts'
import { details } from './de/details.ts'
import { extract } from './de/extract.ts'
import { jobs } from './de/jobs.ts'
import { plan } from './de/plan.ts'
import { preview } from './de/preview.ts'
import { proof } from './de/proof.ts'
import { report } from './de/report.ts'
import { savings } from './de/savings.ts'
import { settings } from './de/settings.ts'
import { sharing } from './de/sharing.ts'
import { start } from './de/start.ts'

export const de = {
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

import { expect } from '../support/app.ts'
import { scene } from './scene.ts'

scene('start', {
  prepare: async ({ page }) => {
    await expect(page.getByRole('main')).toBeVisible()
  },
})

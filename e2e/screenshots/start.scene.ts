import { StartScreen } from '../pages/start-screen.ts'
import { expect } from '../support/app.ts'
import { scene } from './scene.ts'

scene('start', {
  recents: ['/mnt/data/Backups/projects.reftar', '/mnt/data/Backups/photos.reftar', '/media/usb-disk/laptop.reftar'],
  prepare: async ({ page }) => {
    await expect(new StartScreen(page).recent('laptop.reftar')).toContainText('missing')
  },
})

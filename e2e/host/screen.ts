/** `screen`: one display of a usual size. */

import { refuseUnknown } from './provided.ts'

const area = { x: 0, y: 0, width: 1920, height: 1080 }
const { width, height } = area

export const display = {
  id: 1,
  scaleFactor: 1,
  bounds: area,
  workArea: area,
  size: { width, height },
  workAreaSize: { width, height },
}

export const screen = refuseUnknown('screen', {
  getPrimaryDisplay: () => display,
  getAllDisplays: () => [display],
  getDisplayMatching: () => display,
  getDisplayNearestPoint: () => display,
  getCursorScreenPoint: () => ({ x: 0, y: 0 }),
})

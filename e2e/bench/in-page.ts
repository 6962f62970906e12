/** Times taken within the page: from an input event to the picture that it led to, and between frames. */

import type { Page } from '@playwright/test'

/** Some element of `selector` whose text matches the regular expression `text`. */
interface Picture {
  readonly selector: string
  readonly text: string
}

type InputType = 'click' | 'dblclick' | 'keydown'

/** Milliseconds from the last input event of `type` that `act` makes to the frame in which the page shows `picture`. */
export async function fromInput(
  page: Page,
  type: InputType,
  act: () => Promise<unknown>,
  picture: Picture,
): Promise<number> {
  const time = await timeFrom(page, type, picture)
  await act()
  return time()
}

/** Begins to look; what it returns settles with the milliseconds, as above. */
export async function timeFrom(page: Page, type: InputType, picture: Picture): Promise<() => Promise<number>> {
  const shown = await page.evaluateHandle(
    ({ type, selector, text }) => {
      let begun: number | undefined
      const heard = (event: Event): void => {
        begun = event.timeStamp
      }
      addEventListener(type, heard, { capture: true })
      const pattern = new RegExp(text)
      const isShown = (): boolean =>
        Array.from(document.querySelectorAll(selector)).some(({ textContent }) => pattern.test(textContent))
      const result = new Promise<number>((resolve) => {
        const look = (): void => {
          if (begun === undefined || !isShown()) requestAnimationFrame(look)
          // After this frame has been drawn.
          else
            requestAnimationFrame(() => {
              removeEventListener(type, heard, { capture: true })
              resolve(performance.now() - (begun ?? 0))
            })
        }
        requestAnimationFrame(look)
      })
      return { result }
    },
    { type, ...picture },
  )
  return () => shown.evaluate(({ result }) => result)
}

/** Milliseconds between the frames that the page draws while `act` goes on. */
export async function frameTimes(page: Page, act: () => Promise<unknown>): Promise<number[]> {
  const frames = await page.evaluateHandle(() => {
    const state = { times: [] as number[], isOn: true }
    let last: number | undefined
    const frame = (now: number): void => {
      if (last !== undefined) state.times.push(now - last)
      last = now
      if (state.isOn) requestAnimationFrame(frame)
    }
    requestAnimationFrame(frame)
    return state
  })
  await act()
  return frames.evaluate((state) => {
    state.isOn = false
    return state.times
  })
}

/** A canvas as sharp as the screen: as many pixels as it has there, drawn anew when they or what is drawn change. */
import { type RefObject, useLayoutEffect, useState } from 'react'
import { canvasMargin } from './paint.ts'

export interface PixelSize {
  /** Pixels of the screen. */
  readonly width: number
  readonly height: number
  /** How many of them are one of the style sheets'. */
  readonly ratio: number
}

/** The size of an element in pixels of the screen; undefined until it is laid out. */
export function usePixelSize(element: RefObject<HTMLElement | null>): PixelSize | undefined {
  const [size, setSize] = useState<PixelSize>()
  useLayoutEffect(() => {
    const box = element.current
    if (box === null) return
    const measure = (): void => {
      const ratio = window.devicePixelRatio
      const width = Math.floor(box.clientWidth * ratio)
      const height = Math.floor(box.clientHeight * ratio)
      setSize((before) =>
        before?.width === width && before.height === height && before.ratio === ratio
          ? before
          : { width, height, ratio },
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(box)
    return () => observer.disconnect()
  }, [element])
  return size
}

/** The size of a canvas for a picture of a size: room for frames on both sides. */
export function withMargin(size: PixelSize | undefined): PixelSize | undefined {
  return size && { ...size, width: size.width + 2 * canvasMargin(size.ratio) }
}

/** Draws on a canvas, given its size, whenever `draw` is another function. */
export function useDrawing(
  canvas: RefObject<HTMLCanvasElement | null>,
  size: { readonly width: number; readonly height: number } | undefined,
  draw: ((context: CanvasRenderingContext2D) => void) | undefined,
): void {
  // Before the screen shows it: a canvas that was moved or resized is never seen empty.
  useLayoutEffect(() => {
    const element = canvas.current
    if (element === null || size === undefined || draw === undefined) return
    // Setting the size clears the canvas, even if it is the same.
    if (element.width !== size.width) element.width = size.width
    if (element.height !== size.height) element.height = size.height
    const context = element.getContext('2d')
    if (context !== null) draw(context)
  }, [canvas, size, draw])
}

/** The colours of the picture as the theme has them now: a canvas knows no variables of style sheets. */
import { useEffect, useState } from 'react'
import { blockClasses } from '../../../../shared/sharing/block-class.ts'

export interface Colours {
  /** By class; the hole's is see-through. */
  readonly classes: readonly string[]
  readonly cue: string
  readonly outline: string
  readonly surface: string
  readonly text: string
  readonly accent: string
}

function resolved(probe: HTMLElement, variable: string): string {
  probe.style.color = `var(--${variable})`
  return getComputedStyle(probe).color
}

function readColours(): Colours {
  const probe = document.body.appendChild(document.createElement('span'))
  try {
    return {
      classes: blockClasses.map(({ name }) => resolved(probe, `class-${name}`)),
      cue: resolved(probe, 'class-cue'),
      outline: resolved(probe, 'class-outline'),
      surface: resolved(probe, 'surface'),
      text: resolved(probe, 'text'),
      accent: resolved(probe, 'accent'),
    }
  } finally {
    probe.remove()
  }
}

/** The colours; others when the theme changes, by the setting or by the system. */
export function useColours(): Colours {
  const [colours, setColours] = useState(readColours)
  useEffect(() => {
    const change = (): void => setColours(readColours())
    const dark = window.matchMedia('(prefers-color-scheme: dark)')
    const setting = new MutationObserver(change)
    dark.addEventListener('change', change)
    setting.observe(document.documentElement, { attributeFilter: ['data-theme'] })
    return () => {
      dark.removeEventListener('change', change)
      setting.disconnect()
    }
  }, [])
  return colours
}

/** The words of the window for components: texts, figures and paths in the user’s language. */
import { useMemo } from 'react'
import { useWindow } from '../store/store.ts'
import { shortenHome } from './paths.ts'
import { useErrorText, useSay } from './said.ts'
import { useFormat, useText } from './texts.tsx'
import type { Words } from './words.ts'

export function useWords(): Words {
  const text = useText()
  const format = useFormat()
  const error = useErrorText()
  const say = useSay()
  const home = useWindow(({ product }) => product.homeDirectory)
  return useMemo(
    () => ({ text, format, error, say, path: (path) => shortenHome(path, home) }),
    [text, format, error, say, home],
  )
}

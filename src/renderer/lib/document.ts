/** What the page itself shows of the settings: theme, language, and the window's title. */
import { useEffect } from 'react'
import { baseName, displayName } from '../../shared/byte-string.ts'
import { useWindow } from '../store/store.ts'
import { useFormat } from './texts.tsx'

/** Keeps the page in step; returns what the window is about: the archive, or the program. */
export function useDocument(): string {
  const theme = useWindow(({ settings }) => settings.theme)
  const archivePath = useWindow(({ archive }) => archive?.path)
  const { locale } = useFormat()

  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
  }, [theme])

  useEffect(() => {
    document.documentElement.lang = locale
  }, [locale])

  const name = archivePath === undefined ? undefined : displayName(baseName(archivePath))
  useEffect(() => {
    document.title = name === undefined ? 'Reftar' : `${name} – Reftar`
  }, [name])
  return name ?? 'Reftar'
}

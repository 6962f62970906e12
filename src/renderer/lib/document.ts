/** What the page itself shows of the settings: theme, language, and the window's title. */
import { useEffect } from 'react'
import { baseName, displayName } from '../../shared/byte-string.ts'
import { useWindow } from '../store/store.ts'
import { useFormat } from './texts.tsx'

export function useDocument(): void {
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

  useEffect(() => {
    document.title = archivePath === undefined ? 'Reftar' : `${displayName(baseName(archivePath))} – Reftar`
  }, [archivePath])
}

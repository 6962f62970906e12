/** Main, for components that ask it something that belongs to no slice: details, folders of the tree, dialogs that choose paths. */
import { createContext, useContext } from 'react'
import type { Backend } from './api.ts'

const BackendContext = createContext<Backend | undefined>(undefined)

export const BackendProvider = BackendContext.Provider

export function useBackend(): Backend {
  const backend = useContext(BackendContext)
  if (backend === undefined) throw new Error('used outside of BackendProvider')
  return backend
}

/** The engine's only way in. */
export { createArchive } from './create/create.ts'

/** What the first picture doesn't need: a file of its own, loaded as soon as that is drawn. */
export { Browser } from './features/browser/browser.tsx'
export { DialogHost } from './features/dialogs/dialog-host.tsx'
export { JobsBar } from './features/jobs/jobs-bar.tsx'
export { FolderSharing } from './features/sharing/folder-sharing.tsx'

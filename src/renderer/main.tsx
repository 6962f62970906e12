/** The window's entry: asks main for what the first picture needs, then draws it. */
import './styles/tokens.css'
import './styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { connect } from './lib/api.ts'
import { Crash } from './parts/crash-boundary.tsx'
import { connectStore } from './store/events.ts'
import { createWindowStore } from './store/store.ts'

const container = document.getElementById('root')
if (container === null) throw new Error('index.html has no #root')

const root = createRoot(container)
const backend = connect(window.reftar)
try {
  const [product, settings, recents] = await Promise.all([
    backend.request('productInfo'),
    backend.request('settings'),
    backend.request('recentArchives'),
  ])
  const store = createWindowStore(backend, { product, settings, recents })
  connectStore(store, backend)
  root.render(
    <StrictMode>
      <App store={store} backend={backend} />
    </StrictMode>,
  )
} catch (error) {
  root.render(<Crash error={error} />)
}

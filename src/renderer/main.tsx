/** The window's entry: takes from main what the first picture needs, then draws it. */
import './styles/tokens.css'
import './styles/base.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { connect, windowStart } from './lib/api.ts'
import { Crash } from './parts/crash-boundary.tsx'
import { connectStore } from './store/events.ts'
import { createWindowStore } from './store/store.ts'

const container = document.getElementById('root')
if (container === null) throw new Error('index.html has no #root')

const root = createRoot(container)
const backend = connect(window.reftar)
try {
  const store = createWindowStore(backend, await windowStart(window.reftar))
  connectStore(store, backend)
  root.render(
    <StrictMode>
      <App store={store} backend={backend} />
    </StrictMode>,
  )
} catch (error) {
  root.render(<Crash error={error} />)
}

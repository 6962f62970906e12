/** Catches what a component throws while it draws: says so and offers to reload, instead of a blank window. */

import { Bug } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { useText } from '../lib/texts.tsx'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'

interface CrashState {
  readonly error: unknown
}

export class CrashBoundary extends Component<{ readonly children: ReactNode }, CrashState> {
  override state: CrashState = { error: undefined }

  static getDerivedStateFromError(error: unknown): CrashState {
    return { error }
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <Crash error={this.state.error} />
  }
}

/** What stands in the window’s place. Needs no store: in English where there is none yet. */
export function Crash({ error }: CrashState) {
  const text = useText()
  return (
    <div role="alert">
      <EmptyState icon={Bug} title={text('app.crashed')} hint={text('app.crashedHint')}>
        <pre>{error instanceof Error ? error.message : String(error)}</pre>
        <Button look="primary" autoFocus onPress={() => window.location.reload()}>
          {text('app.reload')}
        </Button>
      </EmptyState>
    </div>
  )
}

/** Above a map or lanes: what it is, how much of it is seen, and the buttons that change that. */
import { Maximize, ZoomIn, ZoomOut } from 'lucide-react'
import { useText } from '../../../lib/texts.tsx'
import { IconButton } from '../../../parts/button.tsx'
import styles from './picture.module.css'

interface PictureHeadingProps {
  readonly title: string
  readonly hint: string
  readonly isZoomed: boolean
  readonly onZoomIn: () => void
  readonly onZoomOut: () => void
  readonly onShowWhole: () => void
}

export function PictureHeading({ title, hint, isZoomed, onZoomIn, onZoomOut, onShowWhole }: PictureHeadingProps) {
  const text = useText()
  return (
    <header className={styles['heading']}>
      <h3 className={styles['headingTitle']}>{title}</h3>
      <span className={styles['headingHint']}>{hint}</span>
      <IconButton icon={ZoomIn} label={text('sharing.zoomIn')} shortcut="+" onPress={onZoomIn} />
      <IconButton
        icon={ZoomOut}
        label={text('sharing.zoomOut')}
        shortcut="-"
        isDisabled={!isZoomed}
        onPress={onZoomOut}
      />
      <IconButton
        icon={Maximize}
        label={text('sharing.showWhole')}
        shortcut="0"
        isDisabled={!isZoomed}
        onPress={onShowWhole}
      />
    </header>
  )
}

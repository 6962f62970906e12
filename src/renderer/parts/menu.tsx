/** Menus: below a button, or where the pointer is. Items are data, so that a screen's menus and toolbar share them. */
import type { LucideIcon } from 'lucide-react'
import { Check } from 'lucide-react'
import { type ReactElement, useRef } from 'react'
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { createPortal } from 'react-dom'
import { keyNames } from '../lib/shortcuts.ts'
import { useText } from '../lib/texts.tsx'
import styles from './menu.module.css'

interface MenuAction {
  readonly id: string
  readonly label: string
  readonly icon?: LucideIcon
  readonly shortcut?: string | undefined
  readonly isDisabled?: boolean
  /** For items that are on or off. */
  readonly isChecked?: boolean
  readonly run: () => void
}

/** `undefined` draws a line between groups. */
export type MenuItems = readonly (MenuAction | undefined)[]

interface MenuProps {
  readonly label: string
  readonly items: MenuItems
  /** The button that opens it. */
  readonly children: ReactElement
}

export function Menu({ label, items, children }: MenuProps) {
  return (
    <MenuTrigger>
      {children}
      <Popover className={styles['popover'] ?? ''} placement="bottom start">
        <MenuList label={label} items={items} />
      </Popover>
    </MenuTrigger>
  )
}

interface ContextMenuProps {
  readonly label: string
  readonly items: MenuItems
  /** Where it opens, in the window's coordinates; undefined keeps it closed. */
  readonly at: { readonly x: number; readonly y: number } | undefined
  readonly onClose: () => void
}

export function ContextMenu({ label, items, at, onClose }: ContextMenuProps) {
  const anchor = useRef<HTMLDivElement>(null)
  return (
    <>
      {/* In the body: inside of a contained element, the window's coordinates would mean others. */}
      {createPortal(
        <div ref={anchor} className={styles['anchor']} style={at === undefined ? {} : { left: at.x, top: at.y }} />,
        document.body,
      )}
      <Popover
        triggerRef={anchor}
        isOpen={at !== undefined}
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose()
        }}
        placement="bottom start"
        offset={0}
        className={styles['popover'] ?? ''}
      >
        <MenuList label={label} items={items} onClose={onClose} />
      </Popover>
    </>
  )
}

function MenuList({ label, items, onClose }: { label: string; items: MenuItems; onClose?: () => void }) {
  return (
    <AriaMenu aria-label={label} className={styles['menu'] ?? ''} autoFocus="first" {...(onClose ? { onClose } : {})}>
      {groupsOf(items).flatMap((group, index) => [
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have nothing else to tell them apart, and never move
        ...(index > 0 ? [<Separator key={`line ${index}`} className={styles['separator'] ?? ''} />] : []),
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <MenuSection key={index} aria-label={label} {...choiceOf(group)}>
          {group.map((item) => (
            <Item key={item.id} item={item} />
          ))}
        </MenuSection>,
      ])}
    </AriaMenu>
  )
}

function groupsOf(items: MenuItems): MenuAction[][] {
  const groups: MenuAction[][] = [[]]
  for (const item of items) {
    if (item === undefined) groups.push([])
    else groups.at(-1)?.push(item)
  }
  return groups.filter((group) => group.length > 0)
}

/** Items that are on or off are told to screen readers as such. */
function choiceOf(group: readonly MenuAction[]) {
  if (group.every(({ isChecked }) => isChecked === undefined)) return {}
  const selectedKeys = group.filter(({ isChecked }) => isChecked === true).map(({ id }) => id)
  return { selectionMode: 'multiple' as const, selectedKeys }
}

function Item({ item }: { readonly item: MenuAction }) {
  const text = useText()
  const Icon = item.isChecked === true ? Check : item.icon
  return (
    <MenuItem
      id={item.id}
      textValue={item.label}
      isDisabled={item.isDisabled ?? false}
      onAction={item.run}
      className={styles['item'] ?? ''}
    >
      <span className={styles['icon']}>{Icon && <Icon size={16} aria-hidden />}</span>
      <span className={styles['label']}>{item.label}</span>
      {item.shortcut !== undefined && <kbd className={styles['shortcut']}>{keyNames(item.shortcut, text)}</kbd>}
    </MenuItem>
  )
}

/** Drawn here, so that nothing has to be fetched. What they mean is said by the button around them. */
import type { ReactNode } from 'react'

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {children}
    </svg>
  )
}

const drawn = (d: string) => () => (
  <Icon>
    <path d={d} />
  </Icon>
)

export const Back = drawn('M15 5l-7 7 7 7')
export const Ban = drawn('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6 6l12 12')
export const Bin = drawn('M4 7h16M10 7V4.5h4V7M6.5 7l1 12.5h9l1-12.5M10 11v5M14 11v5')
export const Clock = drawn('M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2')
export const Cross = drawn('M6 6l12 12M18 6L6 18')
export const Down = drawn('M6 10l6 6 6-6')
export const Exit = drawn('M10 4.5H5.5v15H10M15 8l4 4-4 4M19 12H9.5')
export const Flag = drawn('M6 20.5V4.5M6 5.5h11.5l-2.5 4 2.5 4H6')
export const Pencil = drawn('M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5zM13.5 7l3.5 3.5')
export const Reply = drawn('M9.5 6L4 11.5 9.5 17M4.5 11.5H14a6 6 0 0 1 6 6v1')
export const Send = drawn('M12 19.5V5M5.5 11.5L12 5l6.5 6.5')
export const Warning = drawn('M12 4L2.8 19.5h18.4zM12 10v4.5M12 17v.1')

export function Logo() {
  return (
    <svg className="logo" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <path d="M9 4h14a6 6 0 0 1 6 6v7a6 6 0 0 1-6 6h-8l-6 5.5V23a6 6 0 0 1-6-6v-7a6 6 0 0 1 6-6Z" />
      <path d="M10 11h12M10 16h7" />
    </svg>
  )
}

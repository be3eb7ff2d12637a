/** Where no scanner is set up: every file is given as it came. */
import type { Scanner } from './scanner.ts'

export const noScanner = (): Scanner => ({
  unseen: 'CLEAN',
  async scan(content) {
    content.destroy()
    return 'CLEAN'
  },
})

// Stands in for the phone's core where only the screens are tried: people and forms come with the page.
import type { View } from '../../field/src/core/core'
import { createTrainingCore } from '../../field/src/training/core'

interface Given {
  view: Partial<View>
}
declare global {
  interface Window {
    /** What the page was opened with, and what was saved since. */
    given: Given
    saved: { kind: string; content: unknown }[]
  }
}

window.saved = []
export const core = createTrainingCore({ training: false, ...window.given.view }, (kind, content) =>
  window.saved.push({ kind, content: structuredClone(content) }),
)

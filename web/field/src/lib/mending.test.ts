import { expect, test } from 'vitest'
import { nextTick } from 'vue'
import type { Draft, View } from '../core/core'
import { createTrainingCore } from '../training/core'
import { giveCore } from './core'
import { useTyped } from './mending'

const at = '2026-11-20T09:00:00+08:00'
const report = { to: '/emergency', title: '', typed: { note: 'one' } }
const draft: Draft = {
  id: 'old',
  kind: 'emergency',
  what: 'emergency ',
  begun_at: at,
  changed_at: at,
  value: report,
  photos: [],
}

function typing(view: Partial<View>) {
  const core = createTrainingCore({ training: false, ...view })
  giveCore(core)
  const kept = useTyped('emergency', { what: 'emergency ', title: () => '', hours: 2 }, () => ({ note: '' }))
  return { core, kept }
}

test('after two hours another emergency begins, and one that is held stays what it is', async () => {
  const { core, kept } = typing({ drafts: [draft], held: [{ key: 'old', at }] })
  expect([kept.typed.note, kept.key === 'old', core.view.drafts]).toEqual(['', false, []])
  kept.typed.note = 'two'
  await nextTick()
  expect(core.view.drafts.map(({ id }) => id)).toEqual([kept.key])
  expect(core.view.held).toHaveLength(1)
})

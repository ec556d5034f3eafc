import { expect, test, vi } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { giveCore } from '../lib/core'
import { freshVisit } from '../lib/record'
import { createTrainingCore } from '../training/core'
import { useVisit } from './visit'

test('a draft on an older form is written on the newer one at its first change, not when it is only looked at', async () => {
  const core = createTrainingCore({ training: false })
  const person = core.view.people[0]!
  const older = { ...person.form!, version: 'older' }
  const made = () => freshVisit(person, core.form(person.form)!.definition, core.stamp().slice(0, 10))
  await core.keepDraft({ ...core.draft('visit', person.id, made), form: older })
  const keep = vi.spyOn(core, 'keepDraft')
  giveCore(core)
  const visit = effectScope().run(() => useVisit(person, true))!
  await nextTick()
  expect(keep).not.toHaveBeenCalled()
  visit.value.method_reason = 'closer'
  await nextTick()
  expect(keep.mock.lastCall![0].form).toEqual(person.form)
})

import { QueryClient, VueQueryPlugin } from '@tanstack/vue-query'
import { ProblemError } from '@tanfang/shared/api/problem'
import { afterEach, expect, test, vi } from 'vitest'
import { createApp } from 'vue'
import { api } from './api'
import { i18n } from './language'
import { useSteps, type Steps } from './steps'

/** Steps as a page has them. */
function made(): Steps {
  let steps: Steps | undefined
  const app = createApp({ setup: () => ((steps = useSteps()), () => null) })
  app.use(i18n).use(VueQueryPlugin, { queryClient: new QueryClient() }).mount(document.createElement('div'))
  return steps as Steps
}
const move = (person: string) => ({ person, village: '510521100015', from: null, to: 'v1', appointed: false })
const refusal = (code: string, fields: string[] = []) =>
  new ProblemError({
    ...{ type: '', title: '', status: 409, code, detail: '', detail_en: '', request: '' },
    fields: fields.map((field) => ({ field, code, detail: '变了', detail_en: 'changed' })),
  })
const post = vi.spyOn(api, 'POST')
afterEach(() => post.mockReset())

test('a step that could not be taken back can be taken back again', async () => {
  const steps = made()
  post.mockResolvedValue({} as never)
  await steps.run([move('a'), move('b')], 'given')
  post.mockRejectedValueOnce(refusal('browser.unreachable'))
  expect(await steps.undo()).toEqual([])
  expect(steps.problem.value?.code).toBe('browser.unreachable')
  expect(steps.last.value?.label).toBe('given')
  expect((await steps.undo()).map(({ person, to }) => [person, to])).toEqual([
    ['a', null],
    ['b', null],
  ])
  expect(steps.last.value).toBeUndefined()
})

test('whom somebody else visits by now is left to them', async () => {
  const steps = made()
  post.mockResolvedValue({} as never)
  await steps.run([move('a'), move('b')], 'given')
  post.mockRejectedValueOnce(refusal('assignment.changed', ['assignments[1]']))
  expect((await steps.undo()).map(({ person }) => person)).toEqual(['a'])
  expect(steps.conflicts.value.map(({ person }) => person)).toEqual(['b'])
  expect(steps.last.value).toBeUndefined()
})

import { expect, test } from 'vitest'
import { go, place, startRoutes } from './route'

test('a link that is pressed twice is one step back', async () => {
  const screen = { render: () => null }
  const routes = ['/', '/people', '/person/:id'].map((path) => ({ name: path, path, component: screen }))
  await startRoutes(routes, () => undefined)
  const before = history.length
  await Promise.all([go('/people'), go('/people')])
  await Promise.all([go('/person/p0'), go('/person/p0')])
  expect(place.value).toMatchObject({ name: '/person/:id', params: { id: 'p0' } })
  expect(history.length - before).toBe(2)
})

import { expect, test } from 'vitest'
import { createApp, nextTick } from 'vue'
import App from './App.vue'
import { turn } from './core/view'
import { giveCore } from './lib/core'
import { createTrainingCore } from './training/core'

test('that somebody has to press again is a warning, not something done', async () => {
  const core = createTrainingCore({ training: false })
  giveCore(core)
  const place = document.createElement('div')
  const app = createApp(App)
  app.mount(place)
  const said = async (why: 'apart' | 'elsewhere') => {
    turn(core.view, why)
    await nextTick()
    await nextTick()
    const { classList, textContent } = place.querySelector('.flash')!
    return [classList.contains('warn'), classList.contains('good'), textContent!.trim()[0]]
  }
  expect(await said('apart')).toEqual([true, false, '!'])
  expect(await said('elsewhere')).toEqual([false, true, '✓'])
  app.unmount()
})

import { expect, test } from 'vitest'
import { ruleText, settingText } from './rule'

const own = { gravely_impaired: { zh: '重度失能或完全失能', en: 'gravely impaired' } }

test.each([
  ['advanced_age or gravely_impaired', '高龄，或重度失能或完全失能'],
  ['ability in (moderate, severe, complete)', '能力等级为（中度失能、重度失能、完全失能）'],
  ['welfare holds destitute_dispersed', '社会救助含分散供养特困'],
  ['not known(ability) and bedridden', '不是已知（能力等级），且长期卧床'],
  ['age >= 60', '年龄 ≥ 60'],
  ['every child in children where child.alive: not child.same_county', '每个子女，其中在世：不是同县'],
  ['within(hukou_area, "2103")', '位于（户籍所在地、"2103"）'],
])('%s', (rule, text) => expect(ruleText(rule, own, 'zh')).toBe(text))

test('in English too', () => {
  expect(ruleText('(advanced_age and living_alone) or gravely_impaired', own, 'en')).toBe(
    '(advanced age and living alone) or gravely impaired',
  )
})

test.each([
  ['true', '是'],
  ['80', '80'],
  ['"2103"', '2103'],
])('a setting of %s', (value, text) => expect(settingText(value, 'zh')).toBe(text))

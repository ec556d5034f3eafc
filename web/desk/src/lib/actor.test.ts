import { expect, test } from 'vitest'
import { actorName } from './actor'

test.each([
  ['account:quxian', 'quxian'],
  ['account:a:b', 'a:b'],
  ['command:0', '系统命令'],
  ['job:open_months', '自动任务'],
  ['quxian', 'quxian'],
  [undefined, ''],
])('%s did it', (actor, name) => expect(actorName(actor)).toBe(name))

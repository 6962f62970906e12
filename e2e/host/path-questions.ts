/** Answers the page's question for the paths of its files, which stops the page at a statement of its own. */

import type { Devtools } from './devtools.ts'

const asker = 'hostAnswersWithPaths'

async function pathsOf(page: Devtools, callFrameId: string): Promise<string[]> {
  const objectGroup = 'host'
  const files = await page.send('Debugger.evaluateOnCallFrame', { callFrameId, expression: 'files', objectGroup })
  try {
    const { objectId } = files.result
    if (objectId === undefined) return []
    const { result } = await page.send('Runtime.getProperties', { objectId, ownProperties: true })
    const items = result.filter(({ name }) => /^\d+$/.test(name)).map(({ value }) => value?.objectId)
    return await Promise.all(
      items.map(async (id) => (id === undefined ? '' : (await page.send('DOM.getFileInfo', { objectId: id })).path)),
    )
  } finally {
    await page.send('Runtime.releaseObjectGroup', { objectGroup })
  }
}

export function answerPathQuestions(page: Devtools): void {
  page.on('Debugger.paused', async ({ callFrames: [frame] }) => {
    try {
      if (frame?.functionName !== asker) return
      const { callFrameId } = frame
      const expression = `answer = ${JSON.stringify(await pathsOf(page, callFrameId))}`
      await page.send('Debugger.evaluateOnCallFrame', { callFrameId, expression, silent: true })
    } catch (error) {
      process.stderr.write(`[host] The paths of files could not be told: ${error}\n`)
    } finally {
      // A page that was closed meanwhile can't go on.
      await page.send('Debugger.resume').catch(() => {})
    }
  })
}

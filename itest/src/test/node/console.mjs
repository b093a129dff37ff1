// node console.mjs PAGE CHROMIUM CODE LINE: types code into the console of a tab at a page, and waits for a line there.
import assert from 'node:assert/strict';
import {launch} from './browser.mjs';
import {check, done} from './results.mjs';

const [page, executablePath, code, line] = process.argv.slice(2);
const {browser, end} = await launch(executablePath);

try {
  await check('the console of a tab at a page that is not there', async () => {
    const tab = await browser.newPage();
    const answer = await tab.goto(page);
    assert.equal(answer.status(), 404);
    const written = tab.waitForEvent('console', {predicate: message => message.text() === line, timeout: 20_000});
    await tab.evaluate(code);
    await written;
  });
} finally {
  await end();
}
done();

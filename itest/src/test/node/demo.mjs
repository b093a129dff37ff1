// node demo.mjs PAGE CHROMIUM SCREENSHOTS: a person with two tabs, a desktop and a phone, at the demo page.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {launch} from './browser.mjs';
import {check, done} from './results.mjs';

const [page, executablePath, screenshots] = process.argv.slice(2);
const DESKTOP = {width: 1280, height: 900};
const PHONE = {width: 390, height: 844};

const {browser, end} = await launch(executablePath, {viewport: DESKTOP, timezoneId: 'UTC'});

const complaints = [];

async function openTab() {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(20_000);
  tab.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  tab.on('pageerror', error => complaints.push(String(error)));
  await tab.goto(page);
  return tab;
}

const screenshot = (tab, name) => tab.screenshot({path: join(screenshots, name + '.png'), fullPage: true});

async function waitForText(tab, selector, text) {
  await tab.locator(selector).filter({hasText: text}).first().waitFor();
}

/** Whether something is wider than the window. */
const overflows = tab => tab.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

async function enterChat(tab, name) {
  await tab.fill('#name', name);
  await tab.click('#join-form button[type=submit]');
  await tab.locator('#say-form').waitFor({state: 'visible'});
}

try {
  const alice = await openTab();
  const bob = await openTab();

  await check('the page connects and tells what was negotiated', async () => {
    await waitForText(alice, '#state', 'open');
    assert.equal(await alice.textContent('#protocol'), 'echo');
    assert.match(await alice.textContent('#extensions'), /^permessage-deflate/);
    assert.match(await alice.textContent('#url'), /^ws:\/\/127\.0\.0\.1:\d+\/echo$/);
  });

  await check('a message from one tab reaches the other', async () => {
    await enterChat(alice, 'Alice');
    await enterChat(bob, 'Bob');
    await waitForText(alice, '#people li', 'Bob');
    await alice.fill('#say', 'Hello from Alice: é € 𝄞');
    await alice.press('#say', 'Enter');
    await waitForText(bob, '#log .message', 'Hello from Alice: é € 𝄞');
    await bob.fill('#say', 'Bob heard you');
    await bob.press('#say', 'Enter');
    await waitForText(alice, '#log .message', 'Bob heard you');
  });

  await check('what another says is shown as text, not as markup', async () => {
    await alice.fill('#say', '<b id="injected">bold</b>');
    await alice.press('#say', 'Enter');
    await waitForText(bob, '#log .message', '<b id="injected">bold</b>');
    assert.equal(await bob.locator('#injected').count(), 0);
  });

  await check('text and a mebibyte of random bytes come back identical', async () => {
    // The foreground tab measures round trips.
    await alice.bringToFront();
    await alice.click('#text-form button[type=submit]');
    await waitForText(alice, '#echoes li', 'identical');
    await alice.selectOption('#size', '1048576');
    await alice.click('#binary-form button[type=submit]');
    await alice.waitForFunction(() => document.querySelectorAll('#echoes .same').length === 2);
    assert.equal(await alice.locator('#echoes .differs').count(), 0);
  });

  await check('round trips are measured', async () => {
    await alice.waitForFunction(() => /\d/.test(document.querySelector('#rtt-median').textContent));
  });

  await screenshot(alice, 'desktop');
  await check('nothing is wider than a desktop window', async () => assert.ok(!(await overflows(alice))));
  await alice.setViewportSize(PHONE);
  await screenshot(alice, 'phone');
  await check('nothing is wider than a phone', async () => assert.ok(!(await overflows(alice))));
  await alice.setViewportSize(DESKTOP);

  await check('a close with a code and a reason comes back', async () => {
    await alice.fill('#code', '4321');
    await alice.fill('#reason', 'that is all');
    await alice.click('#close-form button[type=submit]');
    await waitForText(alice, '#close-result', 'cleanly');
    assert.match(await alice.textContent('#close-result'), /4321/);
    await waitForText(alice, '#state', 'closed');
    await screenshot(alice, 'closed');
  });

  await check('the other tab sees who leaves', async () => {
    await alice.close();
    await waitForText(bob, '#log .notice', 'Alice left');
  });

  await check('the browser has nothing to complain about', () => assert.deepEqual(complaints, []));
} finally {
  await end();
}
done();

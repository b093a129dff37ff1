// A headless Chromium with a profile of its own; end() closes it and leaves nothing of that.
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {chromium} from 'playwright-core';

export async function launch(executablePath, options = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'jackfield-chromium-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    ...options,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  const end = async () => {
    await browser.close();
    rmSync(profile, {recursive: true, force: true});
  };
  return {browser, end};
}

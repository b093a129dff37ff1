// node limits.mjs URL: an endpoint whose messages may have 1000 bytes refuses larger ones with 1009.
import assert from 'node:assert/strict';
import {check, done} from './results.mjs';
import {connectWs} from './sockets.mjs';

const [url] = process.argv.slice(2);
const compressed = {perMessageDeflate: {threshold: 0}};

for (const [connection, options] of [['plain', {}], ['compressed', compressed]]) {
  await check(`${connection}: takes a message of exactly the limit`, async () => {
    const socket = await connectWs(url, options);
    socket.send(Buffer.alloc(1000, 'a'), false);
    assert.equal((await socket.receive()).data.length, 1000);
    await socket.close();
  });

  await check(`${connection}: refuses a message of one byte more`, async () => {
    const socket = await connectWs(url, options);
    socket.send(Buffer.alloc(1001, 'a'), false);
    assert.equal((await socket.closed).code, 1009);
  });

  await check(`${connection}: refuses fragments whose sum is too large`, async () => {
    const socket = await connectWs(url, options);
    socket.sendFragmented(Buffer.alloc(1200, 'a'), true, [600, 300]);
    assert.equal((await socket.closed).code, 1009);
  });
}

await check('refuses a small message that inflates to 64 MiB', async () => {
  const socket = await connectWs(url, compressed);
  socket.send(Buffer.alloc(64 << 20), true);
  assert.equal((await socket.closed).code, 1009);
});

await check('the server goes on after all that', async () => {
  const socket = await connectWs(url, compressed);
  socket.send(Buffer.from('still here'), false);
  assert.equal((await socket.receive()).data.toString(), 'still here');
  await socket.close();
});

done();

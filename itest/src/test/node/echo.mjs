// node echo.mjs URL ws|ws-deflate|faye|faye-deflate: echoes of all sizes, whole and in fragments.
import assert from 'node:assert/strict';
import {check, done} from './results.mjs';
import {connectFaye, connectWs} from './sockets.mjs';
import {Payloads} from './payloads.mjs';

const [url, client] = process.argv.slice(2);
const clients = {
  ws: () => connectWs(url),
  'ws-deflate': () => connectWs(url, {perMessageDeflate: {threshold: 0}}),
  faye: () => connectFaye(url),
  'faye-deflate': () => connectFaye(url, {deflate: {}}),
};
const compresses = client.endsWith('-deflate');
const sizes = [
  0, 1, 2, 125, 126, 127, 128, 1_000, 16_383, 16_384, 65_535, 65_536, 65_537, 131_072, 262_144, 524_288, 1_048_575,
  1_048_576,
];
const payloads = new Payloads(1);
const socket = await clients[client]();

async function assertEcho(bytes, binary) {
  const echo = await socket.receive();
  assert.equal(echo.binary, binary, 'the kind of the message');
  assert.equal(echo.data.length, bytes.length, 'the length of the echo');
  assert.ok(echo.data.equals(bytes), 'the bytes of the echo');
}

await check('negotiates what the client offers and no more', () => {
  assert.equal(/^permessage-deflate/.test(socket.extensions), compresses, `answer: "${socket.extensions}"`);
});

for (const size of sizes) {
  for (const [kind, bytes, binary] of [
    ['text', payloads.unicode(size), false],
    ['binary', payloads.binary(size), true],
  ]) {
    await check(`echoes ${kind} of ${size} bytes`, async () => {
      socket.send(bytes, binary);
      await assertEcho(bytes, binary);
    });
    if (socket.sendFragmented) {
      await check(`echoes ${kind} of ${size} bytes in fragments`, async () => {
        // The cuts fall inside of characters, and the second fragment is empty.
        socket.sendFragmented(bytes, binary, [size >> 2, 0, size >> 1]);
        await assertEcho(bytes, binary);
      });
    }
  }
}

await check('echoes 1000 messages that are sent at once, in order', async () => {
  const sent = [];
  for (let i = 0; i < 1000; i++) {
    const binary = i % 3 === 0;
    const bytes = binary ? payloads.binary(i) : payloads.unicode(i);
    sent.push([bytes, binary]);
    socket.send(bytes, binary);
  }
  for (const [bytes, binary] of sent) {
    await assertEcho(bytes, binary);
  }
});

if (compresses && socket.bytesReceived) {
  await check('receives compressible text compressed', async () => {
    const before = socket.bytesReceived();
    const text = payloads.ascii(1_000_000);
    socket.send(text, false);
    await assertEcho(text, false);
    const received = socket.bytesReceived() - before;
    assert.ok(received < text.length / 2, `${received} bytes for ${text.length}`);
  });
}

await check('closes with the code of the client', async () => {
  const {code, reason} = await socket.close(4001, 'enough');
  assert.deepEqual({code, reason}, {code: 4001, reason: 'enough'});
});

done();

// node protocol.mjs URL: pings, closing, subprotocols and refusals, as npm ws sees them. URL ends where a path begins.
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {WebSocket} from 'ws';
import {check, done} from './results.mjs';
import {connectWs} from './sockets.mjs';

const [url] = process.argv.slice(2);

for (const size of [0, 1, 125]) {
  await check(`answers a ping of ${size} bytes with the same bytes`, async () => {
    const socket = await connectWs(url + '/echo');
    const payload = Buffer.alloc(size, 'p');
    const pong = once(socket.ws, 'pong');
    socket.ws.ping(payload);
    assert.ok((await pong)[0].equals(payload));
    await socket.close();
  });
}

await check('answers a ping between two fragments before the message is complete', async () => {
  const socket = await connectWs(url + '/echo');
  const pong = once(socket.ws, 'pong');
  socket.ws.send('Hel', {fin: false});
  socket.ws.ping('now');
  assert.equal((await pong)[0].toString(), 'now');
  socket.ws.send('lo', {fin: true});
  assert.equal((await socket.receive()).data.toString(), 'Hello');
  await socket.close();
});

await check('does not answer an unsolicited pong', async () => {
  const socket = await connectWs(url + '/echo');
  socket.ws.on('pong', () => assert.fail('a pong'));
  socket.ws.on('ping', () => assert.fail('a ping'));
  socket.ws.pong('unsolicited');
  socket.send(Buffer.from('after it'), false);
  assert.equal((await socket.receive()).data.toString(), 'after it');
  await socket.close();
});

await check('sends pings whose pongs it notices', async () => {
  const socket = await connectWs(url + '/ping?payload=are+you+there');
  assert.equal((await socket.receive()).data.toString(), 'pong: are you there');
  await socket.close();
});

for (const code of [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999]) {
  await check(`answers a close with ${code} with the same code`, async () => {
    const socket = await connectWs(url + '/echo');
    assert.equal((await socket.close(code, 'the reason: ü')).code, code);
  });
}

await check('answers a close without a code with one without a code', async () => {
  const socket = await connectWs(url + '/echo');
  socket.ws.close();
  assert.equal((await socket.closed).code, 1005);
});

for (const [code, reason] of [[1000, ''], [3000, 'three'], [4999, 'ü'.repeat(61)]]) {
  await check(`closes with ${code} and a reason of ${Buffer.byteLength(reason)} bytes`, async () => {
    const socket = await connectWs(`${url}/close?code=${code}&reason=${encodeURIComponent(reason)}`);
    assert.deepEqual(await socket.closed, {code, reason});
  });
}

await check('delivers what was sent before the close', async () => {
  const socket = await connectWs(url + '/echo');
  socket.send(Buffer.from('last words'), false);
  socket.ws.close(1000);
  assert.equal((await socket.receive()).data.toString(), 'last words');
  assert.equal((await socket.closed).code, 1000);
});

for (const [offer, expected] of [
  [['chat'], 'chat'],
  [['echo', 'chat'], 'echo'],
  [['unknown', 'chat', 'echo'], 'chat'],
  [[], ''],
]) {
  await check(`of the subprotocols [${offer}] it takes "${expected}"`, async () => {
    const socket = await connectWs(url + '/echo', {protocols: offer});
    assert.equal(socket.ws.protocol, expected);
    await socket.close();
  });
}

await check('fails the client whose only subprotocol it does not speak', async () => {
  // Our server opens without a subprotocol (S-57); a client that insists on one, as ws does, then gives up.
  await assert.rejects(connectWs(url + '/echo', {protocols: ['unknown']}), /subprotocol/i);
});

for (const [title, target, options, status] of [
  ['an unknown path', '/nowhere', {}, 404],
  ['a page of another host', '/echo', {origin: 'http://elsewhere.example'}, 403],
  ['version 8', '/echo', {protocolVersion: 8}, 426],
]) {
  await check(`refuses ${title} with ${status}`, async () => {
    const ws = new WebSocket(url + target, [], {perMessageDeflate: false, ...options});
    ws.on('error', () => {});
    const [, response] = await once(ws, 'unexpected-response');
    assert.equal(response.statusCode, status);
    assert.match(response.headers.connection, /\bclose\b/i);
    response.destroy();
    ws.terminate();
  });
}

await check('opens to a page of its own host', async () => {
  const socket = await connectWs(url + '/echo', {origin: 'http://' + new URL(url).host});
  await socket.close();
});

done();

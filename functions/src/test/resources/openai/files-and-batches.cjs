// What a user of the official client does with files and batches, each step checked. Ends with "ok", or throws.
const assert = require('node:assert/strict');
const { OpenAI, toFile } = require('openai');

const [baseURL, apiKey, question] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });

const fails = async (status, call) => {
  const error = await call.then(() => assert.fail(`no ${status}`), (e) => e);
  assert.equal(error.status, status, String(error));
};

async function main() {
  const line = (id, body) => JSON.stringify({ custom_id: id, method: 'POST', url: '/v1/understand', body }) + '\n';
  const asked = JSON.parse(question);
  const lines = line('good', asked) + line('bad', { ...asked, marks: [] });
  const file = await client.files.create({ file: await toFile(Buffer.from(lines), 'q.jsonl'), purpose: 'batch' });
  assert.equal(file.bytes, Buffer.byteLength(lines));
  assert.equal(file.filename, 'q.jsonl');
  assert.equal((await client.files.retrieve(file.id)).status, 'processed');
  assert.equal(await (await client.files.content(file.id)).text(), lines);

  const other = await client.files.create({ file: await toFile(Buffer.from('x'), 'x.png'), purpose: 'vision' });
  const seen = [];
  for await (const one of client.files.list({ limit: 1 })) seen.push(one.id);
  assert.ok(seen.includes(file.id) && seen.includes(other.id));
  for await (const one of client.files.list({ purpose: 'vision' })) assert.equal(one.purpose, 'vision');
  assert.equal((await client.files.delete(other.id)).deleted, true);
  await fails(404, client.files.retrieve(other.id));

  let batch = await client.batches.create({
    input_file_id: file.id, endpoint: '/v1/understand', completion_window: '24h', metadata: { shelf: '7' },
  });
  while (!['completed', 'failed', 'expired', 'cancelled'].includes(batch.status)) {
    await new Promise((later) => setTimeout(later, 50));
    batch = await client.batches.retrieve(batch.id);
  }
  assert.equal(batch.status, 'completed');
  assert.deepEqual(batch.request_counts, { total: 2, completed: 1, failed: 1 });
  assert.equal(batch.metadata.shelf, '7');
  const result = JSON.parse(await (await client.files.content(batch.output_file_id)).text());
  assert.equal(result.custom_id, 'good');
  assert.ok(result.response.body.answer.length > 0);
  assert.equal(JSON.parse(await (await client.files.content(batch.error_file_id)).text()).response.status_code, 400);
  const batches = [];
  for await (const one of client.batches.list({ limit: 1 })) batches.push(one.id);
  assert.ok(batches.includes(batch.id));
  assert.equal((await client.batches.cancel(batch.id)).status, 'completed');

  await fails(400, client.batches.create({
    input_file_id: file.id, endpoint: '/v1/embeddings', completion_window: '24h' }));
  await fails(404, client.batches.retrieve('batch_none'));
  await fails(400, client.files.create({ file: await toFile(Buffer.from('x'), 'x'), purpose: 'fine-tune' }));
  await fails(401, new OpenAI({ baseURL, apiKey: 'wrong', maxRetries: 0 }).files.list());
  console.log('ok');
}

main();

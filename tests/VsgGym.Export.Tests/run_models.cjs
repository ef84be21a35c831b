// Runs ONNX files with npm's onnxruntime-node: argv is the folder of its modules and a JSON file that lists, per model, the file, its
// inputs (name, type, shape, raw file) and the folder for the raw outputs.
'use strict';
const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const ort = createRequire(path.join(process.argv[2], 'index.js'))('onnxruntime-node');
const arrays = { float32: Float32Array, int64: BigInt64Array, bool: Uint8Array };

function read(file, type) {
  const bytes = fs.readFileSync(file);
  const copy = new Uint8Array(bytes).buffer; // a file's buffer need not be aligned
  return new arrays[type](copy);
}

async function main() {
  for (const job of JSON.parse(fs.readFileSync(process.argv[3], 'utf8'))) {
    const session = await ort.InferenceSession.create(job.model, { executionProviders: ['cpu'], intraOpNumThreads: 1 });
    const feeds = {};
    for (const input of job.inputs) feeds[input.name] = new ort.Tensor(input.type, read(input.file, input.type), input.shape);
    const outputs = await session.run(feeds);
    for (const name of session.outputNames) {
      const data = outputs[name].data;
      fs.writeFileSync(path.join(job.outputs, name), new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    }
    console.log('ok ' + job.model);
  }
}

main().catch((error) => { console.error(error); process.exit(1); });

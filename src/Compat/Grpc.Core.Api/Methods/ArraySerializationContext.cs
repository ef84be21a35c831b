using System.Buffers;

namespace Grpc.Core;

internal sealed class ArraySerializationContext : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _writer = new();
    private byte[]? _payload;

    public byte[] Payload => _payload ?? throw new InvalidOperationException("The serializer did not complete the payload.");

    public override void Complete(byte[] payload) => Set(payload);

    public override void Complete() => Set(_writer.WrittenSpan.ToArray());

    public override IBufferWriter<byte> GetBufferWriter() => _writer;

    private void Set(byte[] payload)
    {
        if (_payload is not null)
            throw new InvalidOperationException("The payload is already complete.");
        _payload = payload;
    }
}

using System.Buffers.Binary;
using Grpc.Core;

namespace VsgGym.Benchmarks;

/// <summary>The least a gRPC stream can do: raw bytes in, as many raw bytes out as the first four of the request say.</summary>
internal sealed class EchoService : EchoServiceBase
{
    public override async Task Echo(IAsyncStreamReader<byte[]> requests, IServerStreamWriter<byte[]> responses, ServerCallContext context)
    {
        byte[] answer = [];
        while (await requests.MoveNext())
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(requests.Current);
            if (answer.Length != length) answer = new byte[length];
            await responses.WriteAsync(answer);
        }
    }
}

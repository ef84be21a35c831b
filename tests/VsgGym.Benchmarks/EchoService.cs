using System.Buffers.Binary;
using Grpc.Core;

namespace VsgGym.Benchmarks;

/// <summary>The least a gRPC stream can do: raw bytes in, as many raw bytes out as the first four of the request say.</summary>
[BindServiceMethod(typeof(EchoService), nameof(Bind))]
internal sealed class EchoService
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(
        static (bytes, context) => context.Complete(bytes), static context => context.PayloadAsNewBuffer());

    /// <summary>The one call.</summary>
    public static Method<byte[], byte[]> Method { get; } = new(MethodType.DuplexStreaming, "benchmark.Echo", nameof(Echo), Raw, Raw);

    public static void Bind(ServiceBinderBase binder, EchoService? service) =>
        binder.AddMethod(Method, service is null ? null! : service.Echo);

#pragma warning disable CA1822 // the framework finds the call on an instance
    public async Task Echo(IAsyncStreamReader<byte[]> requests, IServerStreamWriter<byte[]> responses, ServerCallContext context)
#pragma warning restore CA1822
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

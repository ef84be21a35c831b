using Grpc.Core;

namespace VsgGym.Benchmarks;

/// <summary>What the generator would write for the echo, but for bytes instead of messages.</summary>
[BindServiceMethod(typeof(EchoServiceBase), nameof(Bind))]
internal abstract class EchoServiceBase
{
    private static readonly Marshaller<byte[]> Raw = Marshallers.Create(
        static (bytes, context) => context.Complete(bytes), static context => context.PayloadAsNewBuffer());

    /// <summary>The one call.</summary>
    public static Method<byte[], byte[]> Method { get; } = new(MethodType.DuplexStreaming, "benchmark.Echo", nameof(Echo), Raw, Raw);

    /// <summary>Tells the framework of the call.</summary>
    public static void Bind(ServiceBinderBase binder, EchoServiceBase? service) => binder.AddMethod(Method, service is null ? null! : service.Echo);

    public abstract Task Echo(IAsyncStreamReader<byte[]> requests, IServerStreamWriter<byte[]> responses, ServerCallContext context);
}

using System.Runtime.InteropServices;
using Google.Protobuf;
using VsgGym.Core;
using VsgGym.Protocol.V1;
using VsgGym.Server.Hosting;
using VsgGym.Server.Models;
using VsgGym.Server.Sessions;
using Fault = VsgGym.Core.Fault;

namespace VsgGym.Server.Tests;

/// <summary>Requests and sessions in few words.</summary>
internal static class Requests
{
    public static GameResolver Games { get; } = new(Composition.Catalog, new UploadStore(8, 1 << 20));

    /// <summary>Finds uniform play and tables; there are no models.</summary>
    public static OccupantReader Occupants { get; } = new(_ => null, Composition.ModelEngine);

    public static MakeRequest Make(string game, int copies = 1, ulong? seed = 0, string options = "", long maxMessageBytes = 64 << 20)
    {
        var request = new MakeRequest { Game = new GameSpec { Id = game, OptionsJson = options }, NumEnvs = copies, MaxMessageBytes = maxMessageBytes };
        if (seed is { } value) request.Seed = value;
        return request;
    }

    public static EnvironmentSession Session(MakeRequest request, ServerLimits? limits = null) =>
        EnvironmentSession.Make("env-test", request, Games, Occupants, limits ?? new ServerLimits());

    public static StepRequest Step(params ReadOnlySpan<int> actions) => new() { Actions = ByteString.CopyFrom(MemoryMarshal.AsBytes(actions)) };

    public static StepRequest Step(params ReadOnlySpan<float> actions) => new() { Actions = ByteString.CopyFrom(MemoryMarshal.AsBytes(actions)) };

    public static Tensor Tensor(double[] data, params long[] shape) => new()
    {
        Dtype = DType.Float64,
        Shape = { shape },
        Data = ByteString.CopyFrom(MemoryMarshal.AsBytes(data.AsSpan())),
    };

    /// <summary>The one fault of the error that a call must end in.</summary>
    public static Fault FaultOf(ErrorKind kind, Action call)
    {
        var error = Assert.ThrowsAny<VsgGymException>(call);
        Assert.Equal(kind, error.Kind);
        return Assert.Single(error.Faults);
    }
}

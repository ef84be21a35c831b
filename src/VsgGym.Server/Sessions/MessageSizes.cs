using VsgGym.Core;
using VsgGym.Server.Hosting;
using Proto = VsgGym.Protocol.V1;

namespace VsgGym.Server.Sessions;

/// <summary>How large the messages of an environment get, known before its batch is allocated.</summary>
internal sealed class MessageSizes
{
    private const int Overhead = 96; // tags, lengths and the environment's id around the arrays
    private const long DefaultClientBytes = 4 << 20;

    /// <summary>Computes the sizes of a batch.</summary>
    public MessageSizes(EnvironmentSpec spec, VectorOptions options)
    {
        IEnumerable<int> own = options.OwnSeats.IsDefaultOrEmpty ? Enumerable.Range(0, spec.PlayerCount) : options.OwnSeats;
        bool final = options.Autoreset == AutoresetMode.SameStep;
        foreach (int seat in own)
        {
            int masks = spec.HasIllegalActions && spec.Actions[seat] is DiscreteSpace actions ? actions.Count : 0;
            StepBytes += (long)options.Copies * (sizeof(double) + (spec.Observations[seat].Bytes * (final ? 2L : 1L)) + masks + 3);
            ActionBytes += (long)options.Copies * spec.Actions[seat].Bytes;
        }

        long seeds = (long)options.Copies * sizeof(ulong);
        LargestResponse = StepBytes + seeds + Overhead;
        LargestRequest = Math.Max(ActionBytes, seeds + options.Copies) + Overhead;
    }

    /// <summary>Length of a step's data.</summary>
    public long StepBytes { get; }

    /// <summary>Length of a step's actions.</summary>
    public long ActionBytes { get; }

    /// <summary>Largest response in bytes, pictures aside: those are checked when they are drawn.</summary>
    public long LargestResponse { get; private set; }

    /// <summary>Largest request after Make in bytes.</summary>
    public long LargestRequest { get; }

    /// <summary>Largest message either way.</summary>
    public long Largest => Math.Max(LargestResponse, LargestRequest);

    /// <summary>The largest message a client takes: what it says, or gRPC's default of 4 MiB.</summary>
    public static long ClientLimit(Proto.MakeRequest request) => request.MaxMessageBytes > 0 ? request.MaxMessageBytes : DefaultClientBytes;

    /// <summary>Counts the answer to Make among the responses.</summary>
    public void Include(Proto.MakeResponse response) => LargestResponse = Math.Max(LargestResponse, response.CalculateSize() + Overhead);

    /// <summary>Refuses an environment whose messages would not arrive.</summary>
    /// <exception cref="VsgGymException">A message is above the client's or the server's limit; both are named.</exception>
    public void Check(Proto.MakeRequest request, string game, ServerLimits limits)
    {
        long client = ClientLimit(request);
        if (LargestResponse <= Math.Min(client, limits.MaxMessageBytes) && LargestRequest <= limits.MaxMessageBytes) return;
        bool clientIsSmaller = LargestResponse > client && client < limits.MaxMessageBytes;
        string change = clientIsSmaller ? "raise the client's limit (max_message_bytes)" : "raise the server's limit (--max-message-bytes)";
        throw VsgGymException.OverLimit(
            "max_message_bytes",
            clientIsSmaller ? client : limits.MaxMessageBytes,
            $"{Math.Max(1, request.NumEnvs)} copies of {game} need messages of {Largest} bytes, but the client takes {client} and the server {limits.MaxMessageBytes}: {change} or lower num_envs",
            "message_too_large");
    }
}

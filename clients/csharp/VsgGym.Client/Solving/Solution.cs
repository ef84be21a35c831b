using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>What a solver found, with its certificate.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="StopReason">"tolerance", "max_iterations", "episodes", "time_limit", "deadline", "stop_requested" or "diverged".</param>
/// <param name="Iterations">Iterations done.</param>
/// <param name="Residual">The method's own fixed-point error at the end.</param>
/// <param name="Policies">By player: action probabilities, [S, A], or [T, S, A] with a horizon.</param>
/// <param name="Values">By player: [S] or [T + 1, S]; absent where the method has none.</param>
/// <param name="OpponentModels">By player: the joint distribution over the others' actions that it assumes, [S, A_j, ...] or [T, S, A_j, ...]; absent where the method has none.</param>
/// <param name="Certificate">The measured gap, recomputed from the policies alone; see <see cref="Certificate.IsMeasured"/>.</param>
/// <param name="Trace">The way there; empty if none was asked for.</param>
/// <param name="Solver">Id of the solver.</param>
/// <param name="OptionsJson">Its resolved options.</param>
/// <param name="Seed">Its seed.</param>
/// <param name="GameId">Id of the game.</param>
/// <param name="GameOptionsJson">The game's resolved options.</param>
public sealed record Solution(
    SolveStatus Status,
    string StopReason,
    long Iterations,
    double Residual,
    IReadOnlyDictionary<string, NdArray> Policies,
    IReadOnlyDictionary<string, NdArray> Values,
    IReadOnlyDictionary<string, NdArray> OpponentModels,
    Certificate Certificate,
    Trace Trace,
    string Solver,
    string OptionsJson,
    ulong Seed,
    string GameId,
    string GameOptionsJson)
{
    /// <summary>[S, A_1, ..., A_N] or [T, S, A_1, ..., A_N] of players who act on a common signal, and <see cref="Policies"/> are its marginals; null where each acts alone.</summary>
    public NdArray? JointPolicy { get; init; }

    /// <summary>What else the method found, by name; the solver's description says what.</summary>
    public IReadOnlyDictionary<string, NdArray> Arrays { get; init; } = new Dictionary<string, NdArray>();

    internal Wire.WarmStart ToWire()
    {
        var wire = new Wire.WarmStart { JointPolicy = JointPolicy?.ToWire() };
        wire.Players.AddRange(Policies.Select(policy => new Wire.PlayerSolution
        {
            Player = policy.Key,
            Policy = policy.Value.ToWire(),
            Values = Values.GetValueOrDefault(policy.Key)?.ToWire(),
            OpponentModel = OpponentModels.GetValueOrDefault(policy.Key)?.ToWire(),
        }));
        wire.Arrays.AddRange(Arrays.Select(array => new Wire.NamedTensor { Name = array.Key, Value = array.Value.ToWire() }));
        return wire;
    }
}

using System.Runtime.InteropServices;
using Wire = VsgGym.Protocol.V1;

namespace VsgGym.Client;

/// <summary>What a reset or step of the whole batch brought: typed views over the bytes received, nothing copied.</summary>
/// <remarks>B is the number of copies; B first in every array. The views stay valid as long as the value is kept: later steps do not overwrite it.</remarks>
/// <example>
/// <code>
/// BatchStep step = await env.StepAsync();
/// double first = step.Rewards("hunter")[0];
/// ReadOnlySpan&lt;bool&gt; mask = step.LegalActions("hunter"); // [B * A]
/// </code>
/// </example>
public readonly struct BatchStep
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly StepFields? _fields;

    internal BatchStep(ReadOnlyMemory<byte> data, StepFields fields) => (_data, _fields) = (data, fields);

    /// <summary>All arrays as one run of bytes, as they travelled.</summary>
    public ReadOnlyMemory<byte> Data => _data;

    internal StepFields Fields => _fields!;

    /// <summary>Rewards of the step, [B]; 0 after a reset.</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat.</exception>
    public ReadOnlySpan<double> Rewards(Seat player) => Read<double>(Wire.FieldKind.Reward, player, Wire.DType.Float64, nameof(Rewards));

    /// <summary>Discrete observations after the step, [B].</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat, or it observes a box.</exception>
    public ReadOnlySpan<int> Observations(Seat player) => Read<int>(Wire.FieldKind.Observation, player, Wire.DType.Int32, nameof(BoxObservations));

    /// <summary>Box observations after the step, [B * length], copy after copy.</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat, or it observes whole numbers.</exception>
    public ReadOnlySpan<float> BoxObservations(Seat player) => Read<float>(Wire.FieldKind.Observation, player, Wire.DType.Float32, nameof(Observations));

    /// <summary>With same-step autoreset: last discrete observations of copies that just ended, [B], meaningful where they ended; empty in other modes.</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat, or it observes a box.</exception>
    public ReadOnlySpan<int> FinalObservations(Seat player) => Read<int>(Wire.FieldKind.FinalObservation, player, Wire.DType.Int32, nameof(FinalBoxObservations));

    /// <summary>With same-step autoreset: last box observations of copies that just ended, [B * length], meaningful where they ended; empty in other modes.</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat, or it observes whole numbers.</exception>
    public ReadOnlySpan<float> FinalBoxObservations(Seat player) => Read<float>(Wire.FieldKind.FinalObservation, player, Wire.DType.Float32, nameof(FinalObservations));

    /// <summary>Legal-action masks of the next decision, [B * A], copy after copy; empty where the game forbids nothing.</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat.</exception>
    public ReadOnlySpan<bool> LegalActions(Seat player) => Read<bool>(Wire.FieldKind.LegalActions, player, Wire.DType.Bool, nameof(LegalActions));

    /// <summary>Where the rules ended the episode, [B].</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat.</exception>
    public ReadOnlySpan<bool> Terminated(Seat player) => Read<bool>(Wire.FieldKind.Terminated, player, Wire.DType.Bool, nameof(Terminated));

    /// <summary>Where a time limit cut the episode, [B].</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat.</exception>
    public ReadOnlySpan<bool> Truncated(Seat player) => Read<bool>(Wire.FieldKind.Truncated, player, Wire.DType.Bool, nameof(Truncated));

    /// <summary>Where the seat is still in the episode after the step, [B].</summary>
    /// <param name="player">Name or place of a seat.</param>
    /// <exception cref="InvalidArgumentException">No such seat.</exception>
    public ReadOnlySpan<bool> Live(Seat player) => Read<bool>(Wire.FieldKind.Live, player, Wire.DType.Bool, nameof(Live));

    private ReadOnlySpan<T> Read<T>(Wire.FieldKind kind, Seat player, Wire.DType type, string otherwise)
        where T : unmanaged =>
        _fields is null ? [] : MemoryMarshal.Cast<byte, T>(_fields.Slice(_data.Span, kind, player, type, otherwise));
}

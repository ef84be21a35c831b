using Microsoft.ML.OnnxRuntime;
using VsgGym.Core;
using VsgGym.Networks;

namespace VsgGym.Export;

/// <summary>An ONNX policy's file that plays a seat in batches, greedily or sampled.</summary>
/// <remarks>
/// <para>Inputs and outputs are those <see cref="OnnxExporter"/> writes; `noise`, `legal_actions`, `time` and the distributions may be absent.
/// Sampled play feeds `noise` from the seat's own stream (seed, episode, step) as <see cref="SeatNoise"/> draws it; greedy play feeds zeros.</para>
/// <para>A box action is clamped to the box; an illegal discrete action is replaced by the first legal one, as a table's is. Safe for many
/// threads at once.</para>
/// </remarks>
public sealed class OnnxPolicy : IPolicy, IDisposable
{
    private readonly InferenceSession _session;
    private readonly PolicySignature _signature;
    private readonly string _output;
    private readonly bool _greedy;

    private OnnxPolicy(InferenceSession session, bool greedy)
    {
        (_session, _greedy) = (session, greedy);
        try
        {
            _signature = PolicySignature.Read(session);
            _output = greedy ? PolicySignature.Action : PolicySignature.SampledAction;
            if (!greedy && !_signature.HasSampled)
                throw VsgGymException.Invalid("model.outputs.sampled_action", string.Empty, "is missing; this file can only play greedily", "missing_tensor");
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>The properties stored in the file.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _session.ModelMetadata.CustomMetadataMap;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="greedy">true: `action`; false: `sampled_action`.</param>
    /// <param name="options">Where it runs; null for one thread of the processor.</param>
    /// <exception cref="VsgGymException">The file is no policy that can be played, or an option cannot be met; names what was found and what is needed.</exception>
    public static OnnxPolicy Open(string path, bool greedy, OnnxOptions? options = null) => new(OnnxSessions.Open(path, options ?? new OnnxOptions()), greedy);

    /// <summary>Opens a model in memory.</summary>
    /// <param name="model">The file's bytes.</param>
    /// <param name="greedy">true: `action`; false: `sampled_action`.</param>
    /// <param name="options">Where it runs; null for one thread of the processor.</param>
    /// <exception cref="VsgGymException">The model is no policy that can be played, or an option cannot be met; names what was found and what is needed.</exception>
    public static OnnxPolicy Open(byte[] model, bool greedy, OnnxOptions? options = null) => new(OnnxSessions.Open(model, options ?? new OnnxOptions()), greedy);

    /// <inheritdoc/>
    public void CheckFits(EnvironmentSpec spec, int player)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var faults = new FaultList();
        string path = $"others.{spec.Players[player]}";
        Space observation = spec.Observations[player], action = spec.Actions[player];
        Compare(faults, $"{path}.observation", _signature.Observation!, PolicySignature.FormOf(observation));
        Compare(faults, $"{path}.action", _signature.Played!, PolicySignature.FormOf(action));
        int? count = (action as DiscreteSpace)?.Count;
        if (count is not null && _signature.Actions is { } actions && actions != count) faults.Add($"{path}.action", $"{actions} actions", $"must be the seat's {count}", "wrong_shape");
        if (_signature.Legal is { } legal && legal.Width != count)
            faults.Add($"{path}.legal_actions", legal, count is null ? "the seat's actions are a box" : $"must be bool [batch, {count}]", "wrong_shape");
        faults.ThrowIfAny();
        // What its properties say of bounds and counts, which shapes do not show.
        SeatFit.Check(spec, player, _signature.DeclaredObservation ?? observation, _signature.DeclaredAction ?? action, takesMask: true);
    }

    /// <inheritdoc/>
    /// <exception cref="VsgGymException">The model gave an action outside the seat's space, or failed.</exception>
    public void Act(StepBuffer worlds, int player, ReadOnlySpan<bool> copies)
    {
        var seat = new SeatRows(worlds, player, copies);
        for (int from = 0; from < seat.Count; from += _signature.RowsTogether)
        {
            int rows = Math.Min(_signature.RowsTogether, seat.Count - from), filled = Math.Max(rows, PolicySignature.LeastRows);
            using var inputs = Inputs(worlds.Spec, player, seat, from, rows, filled);
            using var outputs = Run(inputs);
            if (worlds.Spec.Actions[player] is BoxSpace box) seat.Write(from, Inside(Rows<float>(outputs[0], rows, filled, box.Length), box, seat, from));
            else seat.Write(from, Legal(Rows<long>(outputs[0], rows, filled, 1), seat.Legal(from, rows), ((DiscreteSpace)worlds.Spec.Actions[player]).Count, seat, from));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();

    private static void Compare(FaultList faults, string path, TensorForm found, TensorForm needed)
    {
        if (found != needed) faults.Add(path, found, $"must be {needed} to play this seat", "wrong_shape");
    }

    /// <summary>The rows asked for; what a file declares of its shapes does not bind what it gives.</summary>
    private ReadOnlySpan<T> Rows<T>(OrtValue output, int rows, int filled, int length)
        where T : unmanaged
    {
        var numbers = output.GetTensorDataAsSpan<T>();
        if (numbers.Length != filled * length)
            throw VsgGymException.Invalid($"model.outputs.{_output}", $"{numbers.Length} numbers", $"must be {filled * length} for a batch of {filled}", "wrong_shape");
        return numbers[..(rows * length)];
    }

    private static float[] Inside(ReadOnlySpan<float> actions, BoxSpace box, SeatRows seat, int from)
    {
        float[] inside = new float[actions.Length];
        for (int i = 0; i < inside.Length; i++)
        {
            if (float.IsNaN(actions[i])) throw Outside(seat.CopyOf(from + (i / box.Length)), actions[i], "must be a number");
            inside[i] = Math.Clamp(actions[i], box.Low[i % box.Length], box.High[i % box.Length]);
        }

        return inside;
    }

    private static int[] Legal(ReadOnlySpan<long> actions, bool[] masks, int count, SeatRows seat, int from)
    {
        int[] legal = new int[actions.Length];
        for (int row = 0; row < legal.Length; row++)
        {
            if ((ulong)actions[row] >= (ulong)count) throw Outside(seat.CopyOf(from + row), actions[row], $"must be in [0, {count})");
            legal[row] = (int)actions[row];
            if (masks.Length > 0 && !masks[(row * count) + legal[row]]) legal[row] = masks.AsSpan(row * count, count).IndexOf(true);
        }

        return legal;
    }

    private static VsgGymException Outside(int copy, object value, string rule) => VsgGymException.Invalid($"model.action[{copy}]", value, rule, "bad_action");

    private OnnxInputs Inputs(EnvironmentSpec spec, int player, SeatRows seat, int from, int rows, int filled)
    {
        var inputs = new OnnxInputs(filled);
        int length = spec.Observations[player].Length;
        if (spec.Observations[player] is DiscreteSpace) inputs.Add(BlueprintGraph.Observation, Fill(OnnxInputs.Widen(seat.States(from, rows)), filled), null);
        else inputs.Add(BlueprintGraph.Observation, Fill(seat.Numbers(from, rows), filled * length), length);
        if (_signature.Noise?.Width is { } width) inputs.Add(BlueprintGraph.Noise, _greedy ? new float[filled * width] : Fill(seat.Noise(from, rows, width), filled * width), width);
        if (_signature.TakesTime) inputs.Add(TableGraph.Time, Fill(OnnxInputs.Widen(seat.Times(from, rows)), filled), null);
        if (_signature.Legal?.Width is not { } actions) return inputs;
        bool[] legal = seat.Legal(from, rows);
        inputs.Add(BlueprintGraph.Legal, legal.Length == 0 ? [.. Enumerable.Repeat(true, filled * actions)] : Fill(legal, filled * actions), actions);
        return inputs;
    }

    private IDisposableReadOnlyCollection<OrtValue> Run(OnnxInputs inputs)
    {
        try
        {
            return inputs.Run(_session, [_output]);
        }
        catch (OnnxRuntimeException error)
        {
            throw VsgGymException.Invalid("model", _output, $"ONNX Runtime could not run it: {error.Message}", "model_failed");
        }
    }

    /// <summary>The numbers, with zeros (a state, an observation, noise) up to a length.</summary>
    private static T[] Fill<T>(T[] numbers, int length)
    {
        if (numbers.Length == length) return numbers;
        T[] filled = new T[length];
        numbers.CopyTo(filled, 0);
        return filled;
    }
}

using System.Buffers;
using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>The forward pass of a player's blueprint over a batch of rows: what it plays, with which probabilities, and what it expects of the others.</summary>
/// <remarks>
/// <para>Weights, inputs and outputs are float32, everything between is double precision, so that the numbers are the function's and not
/// those of one order of sums: an exported file, on any runtime, agrees with it. A row's numbers do not depend on the other rows nor on the width of the
/// machine's vectors; exp, log and tanh are the platform's. Safe for many threads at once.</para>
/// <para>Noise: standard normal numbers for boxes, numbers in [0, 1) for discrete actions, as <see cref="SeatNoise"/> draws them.</para>
/// </remarks>
public sealed class BlueprintForward
{
    private const int MostRows = 1024; // rows of a layer computed together, so that they stay in the cache

    private readonly ImmutableArray<int> _actionInputs; // where each opponent's action starts in the policy's input
    private readonly DenseForward _policy;
    private readonly DenseForward? _opponents;
    private readonly MarginalPolicy? _marginal;

    /// <summary>Prepares the networks.</summary>
    /// <param name="blueprint">The player's networks.</param>
    /// <exception cref="ArgumentException">Its parts do not fit each other.</exception>
    public BlueprintForward(PlayerBlueprint blueprint)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        BlueprintChecks.Parts(blueprint);
        Blueprint = blueprint;
        _policy = new DenseForward(blueprint.Policy);
        _opponents = blueprint.OpponentModel is { } model ? new DenseForward(model) : null;
        int next = blueprint.Observation.Length;
        _actionInputs = [.. blueprint.OpponentActions.Select(head => (next += head.Encoded) - head.Encoded)];
        if (blueprint.Action is CategoricalHead) _marginal = new MarginalPolicy(blueprint, _policy, _actionInputs);
    }

    /// <summary>The player's networks.</summary>
    public PlayerBlueprint Blueprint { get; }

    /// <summary>Random numbers per row of <see cref="Play"/>: one for discrete actions; for boxes the opponents' in player order, then the player's own.</summary>
    public int PlayNoise => Blueprint.Action is CategoricalHead ? 1 : OpponentNoise + Blueprint.Action.Noise;

    /// <summary>Random numbers per row of <see cref="PlayGiven"/>.</summary>
    public int GivenNoise => Blueprint.Action.Noise;

    /// <summary>Random numbers per row of <see cref="Opponents"/>: each opponent's in player order.</summary>
    public int OpponentNoise => Blueprint.OpponentActions.Sum(head => head.Noise);

    /// <summary>The policy as it plays: discrete actions from the marginal over the opponent model, box actions given the opponents' inferred ones.</summary>
    /// <remarks>A box's greedy action answers the opponents' means, its sampled action and log density the opponents' sampled actions.</remarks>
    /// <param name="observations">B rows.</param>
    /// <param name="noise">[B, <see cref="PlayNoise"/>], or empty: then nothing is sampled.</param>
    /// <param name="legal">[B, A] legal-action mask, or empty where every action is legal. A row without a legal action counts as free.</param>
    /// <exception cref="ArgumentException">A length does not fit, or an observation is out of range.</exception>
    public ActionOutput Play(ObservationBatch observations, ReadOnlySpan<float> noise = default, ReadOnlySpan<bool> legal = default)
    {
        CheckInputs(observations, noise, PlayNoise, legal);
        int rows = observations.Rows;
        var output = new ActionOutput(Blueprint.Action, rows, !noise.IsEmpty);
        var opponents = Opponents(observations, _marginal is null ? Columns(noise, PlayNoise, 0, OpponentNoise) : []);
        if (_marginal is not null)
        {
            _marginal.Fill(FirstLayer(_policy, observations, 0, rows), rows, opponents, legal, output.Exact);
            Choose(output, noise);
            return output;
        }

        Condition(observations, [.. opponents.Select(o => o.Encoded)], (parameters, row) => GaussianKernel.Mean(Box, parameters, row, output));
        if (noise.IsEmpty) return output;
        float[] own = Columns(noise, PlayNoise, OpponentNoise, Blueprint.Action.Noise);
        Condition(observations, [.. opponents.Select(o => o.SampledEncoded)], (parameters, row) =>
            GaussianKernel.Sample(Box, parameters, own.AsSpan(row * Box.Encoded, Box.Encoded), row, output));
        return output;
    }

    /// <summary>The conditional policy pi(a_i | s, a_-i).</summary>
    /// <param name="observations">B rows.</param>
    /// <param name="opponentActions">The opponents' actions in player order, each B rows.</param>
    /// <param name="noise">[B, <see cref="GivenNoise"/>], or empty: then nothing is sampled.</param>
    /// <param name="legal">[B, A] legal-action mask, or empty where every action is legal.</param>
    /// <exception cref="ArgumentException">A length does not fit, or a number is out of range.</exception>
    public ActionOutput PlayGiven(
        ObservationBatch observations, IReadOnlyList<ActionColumn> opponentActions, ReadOnlySpan<float> noise = default, ReadOnlySpan<bool> legal = default)
    {
        ArgumentNullException.ThrowIfNull(opponentActions);
        CheckInputs(observations, noise, GivenNoise, legal);
        BlueprintChecks.Length(opponentActions.Count, Blueprint.Opponents.Length, nameof(opponentActions));
        int rows = observations.Rows, count = Blueprint.Action.Parameters;
        double[][] encoded = [.. opponentActions.Select((actions, j) => Encode(Blueprint.OpponentActions[j], actions, rows))];
        var output = new ActionOutput(Blueprint.Action, rows, !noise.IsEmpty);
        double[] all = new double[rows * count];
        Condition(observations, encoded, (parameters, row) => parameters.CopyTo(all.AsSpan(row * count)));
        Spread(Blueprint.Action, all, count, 0, noise, legal, output);
        return output;
    }

    /// <summary>The opponent model: each opponent's actions given the observation, independent of one another.</summary>
    /// <param name="observations">B rows.</param>
    /// <param name="noise">[B, <see cref="OpponentNoise"/>], or empty: then nothing is sampled.</param>
    /// <returns>One per opponent in player order; empty in a game of one.</returns>
    /// <exception cref="ArgumentException">A length does not fit, or an observation is out of range.</exception>
    public IReadOnlyList<ActionOutput> Opponents(ObservationBatch observations, ReadOnlySpan<float> noise = default)
    {
        CheckInputs(observations, noise, OpponentNoise, []);
        if (_opponents is null) return [];
        int rows = observations.Rows, width = _opponents.OutputWidth, parameter = 0, number = 0;
        double[] all = new double[rows * width];
        for (int from = 0; from < rows; from += MostRows)
        {
            int length = Math.Min(MostRows, rows - from);
            _opponents.Finish(FirstLayer(_opponents, observations, from, length), length, all.AsSpan(from * width, length * width));
        }

        var outputs = new List<ActionOutput>();
        foreach (var head in Blueprint.OpponentActions)
        {
            var output = new ActionOutput(head, rows, !noise.IsEmpty);
            Spread(head, all, width, parameter, Columns(noise, OpponentNoise, number, head.Noise), [], output);
            outputs.Add(output);
            (parameter, number) = (parameter + head.Parameters, number + head.Noise);
        }

        return outputs;
    }

    /// <summary>The opponent model's joint probabilities of one row, the first opponent slowest.</summary>
    internal void JointProbabilities(IReadOnlyList<ActionOutput> opponents, int row, Span<double> rho) => _marginal!.JointProbabilities(opponents, row, rho);

    private GaussianHead Box => (GaussianHead)Blueprint.Action;

    /// <summary>One head's outputs from its parameters, which start at a column of [rows, stride].</summary>
    private static void Spread(ActionHead head, double[] all, int stride, int column, ReadOnlySpan<float> noise, ReadOnlySpan<bool> legal, ActionOutput output)
    {
        if (head is GaussianHead gaussian)
        {
            for (int row = 0; row < output.Rows; row++)
            {
                var parameters = all.AsSpan((row * stride) + column, head.Parameters);
                GaussianKernel.Mean(gaussian, parameters, row, output);
                if (!noise.IsEmpty) GaussianKernel.Sample(gaussian, parameters, noise.Slice(row * head.Noise, head.Noise), row, output);
            }

            return;
        }

        int count = head.Parameters;
        for (int row = 0; row < output.Rows; row++)
        {
            var mask = legal.IsEmpty ? legal : legal.Slice(row * count, count);
            CategoricalKernel.Softmax(all.AsSpan((row * stride) + column, count), mask, output.Exact.AsSpan(row * count, count));
        }

        Choose(output, noise);
    }

    /// <summary>Rounded probabilities, greedy and sampled actions from the exact ones; what rounds to the same counts as equal.</summary>
    internal static void Choose(ActionOutput output, ReadOnlySpan<float> noise)
    {
        int count = output.Probabilities.Length / Math.Max(1, output.Rows);
        for (int i = 0; i < output.Exact.Length; i++) output.Probabilities[i] = (float)output.Exact[i];
        for (int row = 0; row < output.Rows; row++)
        {
            var probabilities = output.Exact.AsSpan(row * count, count);
            output.Choices[row] = CategoricalKernel.Greedy(output.Probabilities.AsSpan(row * count, count));
            if (noise.IsEmpty) continue;
            output.SampledChoices[row] = CategoricalKernel.Sample(probabilities, noise[row]);
            output.LogProbability[row] = (float)Math.Log(probabilities[output.SampledChoices[row]]);
        }
    }

    private delegate void ParameterReader(ReadOnlySpan<double> parameters, int row);

    /// <summary>Gives each row's parameters of the policy's head, given the opponents' encoded actions [B, encoded].</summary>
    private void Condition(ObservationBatch observations, double[][] encoded, ParameterReader read)
    {
        int width = _policy.OutputWidth;
        double[] output = ArrayPool<double>.Shared.Rent(Math.Min(MostRows, observations.Rows) * width);
        for (int from = 0; from < observations.Rows; from += MostRows)
        {
            int length = Math.Min(MostRows, observations.Rows - from);
            double[] first = FirstLayer(_policy, observations, from, length);
            for (int j = 0; j < encoded.Length; j++)
            {
                int count = Blueprint.OpponentActions[j].Encoded;
                _policy.First.Add(_actionInputs[j], count, encoded[j].AsSpan(from * count, length * count), count, first);
            }

            _policy.Finish(first, length, output.AsSpan(0, length * width));
            for (int row = 0; row < length; row++) read(output.AsSpan(row * width, Blueprint.Action.Parameters), from + row);
        }

        ArrayPool<double>.Shared.Return(output);
    }

    /// <summary>The bias and the observations' part of a network's first layer, [rows, width].</summary>
    private double[] FirstLayer(DenseForward network, ObservationBatch observations, int from, int rows)
    {
        var layer = network.First;
        double[] first = new double[rows * layer.Width];
        layer.Start(first);
        int length = Blueprint.Observation.Length;
        if (Blueprint.Observation.Space is DiscreteSpace)
        {
            for (int row = 0; row < rows; row++)
            {
                var y = first.AsSpan(row * layer.Width, layer.Width);
                System.Numerics.Tensors.TensorPrimitives.Add(y, layer.Row(observations.States[from + row]), y);
            }

            return first;
        }

        double[] x = new double[rows * length];
        var numbers = observations.Numbers.Slice(from * length, x.Length);
        for (int i = 0; i < x.Length; i++)
            x[i] = ((double)numbers[i] - Blueprint.Observation.Offset(i % length)) * Blueprint.Observation.Scale(i % length);
        layer.Add(0, length, x, length, first);
        return first;
    }

    private static double[] Encode(ActionHead head, ActionColumn actions, int rows)
    {
        double[] encoded = new double[rows * head.Encoded];
        if (head is GaussianHead gaussian)
        {
            BlueprintChecks.Length(actions.Numbers.Length, encoded.Length, nameof(actions));
            for (int i = 0; i < encoded.Length; i++) encoded[i] = GaussianKernel.Encode(gaussian, i % head.Encoded, actions.Numbers.Span[i]);
            return encoded;
        }

        BlueprintChecks.Length(actions.Choices.Length, rows, nameof(actions));
        BlueprintChecks.Choices(actions.Choices.Span, head.Encoded, nameof(actions));
        for (int row = 0; row < rows; row++) encoded[(row * head.Encoded) + actions.Choices.Span[row]] = 1;
        return encoded;
    }

    /// <summary>Some columns of [rows, stride] as an array of their own; empty stays empty.</summary>
    private static float[] Columns(ReadOnlySpan<float> all, int stride, int first, int count)
    {
        float[] columns = new float[all.IsEmpty ? 0 : all.Length / stride * count];
        for (int i = 0; i < columns.Length; i++) columns[i] = all[(i / count * stride) + first + (i % count)];
        return columns;
    }

    private void CheckInputs(ObservationBatch observations, ReadOnlySpan<float> noise, int noisePerRow, ReadOnlySpan<bool> legal)
    {
        BlueprintChecks.Observations(Blueprint, observations);
        if (!noise.IsEmpty) BlueprintChecks.Length(noise.Length, (long)observations.Rows * noisePerRow, nameof(noise));
        if (!legal.IsEmpty) BlueprintChecks.Length(legal.Length, (long)observations.Rows * Blueprint.Action.Parameters, nameof(legal));
    }
}

using System.Buffers;
using System.Collections.Immutable;
using System.Numerics.Tensors;
using VsgGym.Core;

namespace VsgGym.Networks;

/// <summary>pi(a_i|s) = sum over a_-i of rho(a_-i|s) pi(a_i|s, a_-i) for discrete actions.</summary>
internal sealed class MarginalPolicy
{
    private const int MostRows = 1024;

    private readonly DenseForward _policy;
    private readonly ImmutableArray<int> _counts; // actions of each opponent
    private readonly int _joint, _actions;
    private readonly double[] _jointPart; // [J, width]: what a joint action adds to the policy's first layer

    public MarginalPolicy(PlayerBlueprint blueprint, DenseForward policy, ImmutableArray<int> actionInputs)
    {
        _policy = policy;
        _counts = [.. blueprint.OpponentActions.Select(head => ((DiscreteSpace)head.Space).Count)];
        _joint = _counts.Aggregate(1, (product, count) => product * count);
        _actions = blueprint.Action.Parameters;
        int width = policy.First.Width;
        _jointPart = new double[_joint * width];
        for (int joint = 0; joint < _joint; joint++)
        {
            var part = _jointPart.AsSpan(joint * width, width);
            for (int j = 0, rest = _joint; j < _counts.Length; j++)
            {
                rest /= _counts[j];
                TensorPrimitives.Add(part, policy.First.Row(actionInputs[j] + (joint / rest % _counts[j])), part);
            }
        }
    }

    /// <summary>The played policy's probabilities.</summary>
    /// <param name="first">[rows, width]: the bias and the observations' part of the policy's first layer.</param>
    /// <param name="rows">B.</param>
    /// <param name="opponents">The opponent model's outputs.</param>
    /// <param name="legal">[B, A], or empty.</param>
    /// <param name="probabilities">[B, A]; overwritten.</param>
    public void Fill(ReadOnlySpan<double> first, int rows, IReadOnlyList<ActionOutput> opponents, ReadOnlySpan<bool> legal, Span<double> probabilities)
    {
        int width = _policy.First.Width, outputs = _policy.OutputWidth, together = Math.Max(1, MostRows / _joint);
        double[] hidden = ArrayPool<double>.Shared.Rent(together * _joint * width), logits = ArrayPool<double>.Shared.Rent(together * _joint * outputs);
        double[] rho = new double[_joint], pi = new double[_actions], sum = new double[_actions];
        for (int from = 0; from < rows; from += together)
        {
            int length = Math.Min(together, rows - from);
            for (int row = 0; row < length; row++)
                for (int joint = 0; joint < _joint; joint++)
                    TensorPrimitives.Add(
                        first.Slice((from + row) * width, width), _jointPart.AsSpan(joint * width, width), hidden.AsSpan(((row * _joint) + joint) * width, width));
            _policy.Finish(hidden.AsSpan(0, length * _joint * width), length * _joint, logits.AsSpan(0, length * _joint * outputs));
            for (int row = 0; row < length; row++)
            {
                JointProbabilities(opponents, from + row, rho);
                var mask = legal.IsEmpty ? legal : legal.Slice((from + row) * _actions, _actions);
                Array.Clear(sum);
                for (int joint = 0; joint < _joint; joint++)
                {
                    CategoricalKernel.Softmax(logits.AsSpan(((row * _joint) + joint) * outputs, _actions), mask, pi);
                    for (int a = 0; a < _actions; a++) sum[a] += rho[joint] * pi[a];
                }

                for (int a = 0; a < _actions; a++) probabilities[((from + row) * _actions) + a] = sum[a];
            }
        }

        ArrayPool<double>.Shared.Return(hidden);
        ArrayPool<double>.Shared.Return(logits);
    }

    /// <summary>rho(a_-i|s) of every joint action, the first opponent slowest.</summary>
    /// <param name="opponents">The opponent model's outputs.</param>
    /// <param name="row">Which row.</param>
    /// <param name="rho">[J]; overwritten.</param>
    public void JointProbabilities(IReadOnlyList<ActionOutput> opponents, int row, Span<double> rho)
    {
        for (int joint = 0; joint < _joint; joint++)
        {
            double product = 1;
            for (int j = 0, rest = _joint; j < _counts.Length; j++)
            {
                rest /= _counts[j];
                product *= opponents[j].Exact[(row * _counts[j]) + (joint / rest % _counts[j])];
            }

            rho[joint] = product;
        }
    }
}

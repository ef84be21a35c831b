using VsgGym.Networks;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>The joint actions of the others in player order, the last player's action running fastest: their codes, and sums over all but one player.</summary>
internal sealed class JointActions
{
    private readonly int[] _counts;
    private readonly float[] _codes; // [J, encoded]

    public JointActions(Seat seat)
    {
        _counts = [.. seat.OpponentActions.Select(head => ((CategoricalHead)head).Discrete.Count)];
        Count = _counts.Aggregate(1, (product, count) => product * count);
        Encoded = _counts.Sum();
        _codes = new float[Count * Encoded];
        for (int joint = 0; joint < Count; joint++)
            for (int j = 0, offset = 0; j < _counts.Length; offset += _counts[j++])
                _codes[(joint * Encoded) + offset + ActionOf(joint, j)] = 1;
    }

    /// <summary>Number of joint actions J.</summary>
    public int Count { get; }

    /// <summary>Number of the other players.</summary>
    public int Players => _counts.Length;

    /// <summary>Numbers of one encoded joint action.</summary>
    public int Encoded { get; }

    /// <summary>A joint action, one-hot per player.</summary>
    public ReadOnlySpan<float> Code(int joint) => _codes.AsSpan(joint * Encoded, Encoded);

    /// <summary>The number of a joint action.</summary>
    /// <param name="actions">One action per other player.</param>
    public int IndexOf(ReadOnlySpan<float> actions)
    {
        int joint = 0;
        for (int j = 0; j < _counts.Length; j++) joint = (joint * _counts[j]) + (int)actions[j];
        return joint;
    }

    /// <summary>One player's action in a joint action.</summary>
    public int ActionOf(int joint, int player)
    {
        for (int j = _counts.Length - 1; j > player; j--) joint /= _counts[j];
        return joint % _counts[player];
    }

    /// <summary>1 where a joint action contains a player's action, [J, A_j]: a product with it sums over all but that player.</summary>
    public Tensor Selection(int player)
    {
        var numbers = new float[Count * _counts[player]];
        for (int joint = 0; joint < Count; joint++) numbers[(joint * _counts[player]) + ActionOf(joint, player)] = 1;
        return tensor(numbers, [Count, _counts[player]]);
    }
}

using System.Runtime.InteropServices;
using static TorchSharp.torch;

namespace VsgGym.Learning;

/// <summary>Rows of a batch grouped by equal states, so that a network that sees only the state runs once per state; groups are numbered in the order of their first row.</summary>
internal sealed class StateGroups
{
    private readonly Dictionary<ulong, int> _known = [];
    private readonly List<float[]> _states = [];
    private readonly List<int> _counts = [];

    /// <summary>No rows yet.</summary>
    /// <param name="rows">How many rows will come.</param>
    public StateGroups(int rows) => GroupOf = new int[rows];

    /// <summary>The group of each row, [B].</summary>
    public int[] GroupOf { get; }

    /// <summary>Number of groups G.</summary>
    public int Count => _states.Count;

    /// <summary>Rows of a group divided by all rows.</summary>
    public float Weight(int group) => (float)_counts[group] / GroupOf.Length;

    /// <summary>Rows of a group.</summary>
    public int Rows(int group) => _counts[group];

    /// <summary>A group's state as it stands in the replay.</summary>
    public ReadOnlySpan<float> State(int group) => _states[group];

    /// <summary>Puts a row into its group.</summary>
    public void Add(int row, ReadOnlySpan<float> state)
    {
        if (row > 0 && state.SequenceEqual(_states[GroupOf[row - 1]])) // the usual case in games of few states
        {
            GroupOf[row] = GroupOf[row - 1];
            _counts[GroupOf[row]]++;
            return;
        }

        ulong hash = 14695981039346656037UL; // FNV-1a
        foreach (uint word in MemoryMarshal.Cast<float, uint>(state)) hash = (hash ^ word) * 1099511628211UL;
        if (_known.TryGetValue(hash, out int group) && state.SequenceEqual(_states[group])) _counts[group]++;
        else
        {
            // Two states of one hash stay apart: the second then has a group per row, which is slower and as right.
            group = _states.Count;
            _known.TryAdd(hash, group);
            _states.Add(state.ToArray());
            _counts.Add(1);
        }

        GroupOf[row] = group;
    }

    /// <summary>The weights, [G, 1].</summary>
    public Tensor Weights() => tensor([.. Enumerable.Range(0, Count).Select(Weight)], [Count, 1]);

    /// <summary>The group of each row as an index, int64 [B]; null where there is one group, whose one row stands for all, or where every row has its own.</summary>
    public Tensor? Index() => Count == 1 || Count == GroupOf.Length ? null : tensor([.. GroupOf.Select(group => (long)group)]);
}

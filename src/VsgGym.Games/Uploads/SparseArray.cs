using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Games;

/// <summary>An array given by some of its elements, in coordinate form; the others are 0.</summary>
/// <param name="Shape">[D], the lengths of the axes.</param>
/// <param name="Indices">[n, D] in row-major order, the place of each element.</param>
/// <param name="Values">[n].</param>
public sealed record SparseArray(ImmutableArray<int> Shape, IReadOnlyList<int> Indices, IReadOnlyList<double> Values)
{
    /// <summary>How many elements are given, n.</summary>
    public int Count => Values.Count;

    /// <summary>The number of an element's place in row-major order; the place must be inside the shape.</summary>
    /// <param name="element">Which, from 0.</param>
    public long Place(int element)
    {
        long place = 0;
        for (int d = 0; d < Shape.Length; d++) place = (place * Shape[d]) + Indices[(element * Shape.Length) + d];
        return place;
    }

    /// <summary>Adds what is wrong with lengths, places and values.</summary>
    /// <param name="path">Where the array stands: "sparse_rewards".</param>
    /// <param name="faults">Gets the faults.</param>
    internal void Check(string path, FaultList faults)
    {
        if (Indices.Count != (long)Count * Shape.Length)
        {
            faults.Add($"{path}.indices", $"{Indices.Count} numbers", $"must have shape [{Count}, {Shape.Length}]: {Shape.Length} per value", "wrong_shape");
            return;
        }

        int before = faults.Count;
        for (int i = 0; i < Count; i++)
        {
            for (int d = 0; d < Shape.Length; d++)
                if (Indices[(i * Shape.Length) + d] is int index && (index < 0 || index >= Shape[d]))
                    faults.Add($"{path}.indices[{i}, {d}]", index, $"must be in [0, {Shape[d] - 1}]", "out_of_range");
            if (!double.IsFinite(Values[i])) faults.Add($"{path}.values[{i}]", Values[i], "must be finite", "not_finite");
        }

        if (faults.Count == before) CheckRepeats(path, faults);
    }

    private void CheckRepeats(string path, FaultList faults)
    {
        var places = new long[Count];
        var elements = new int[Count];
        for (int i = 0; i < Count; i++) (places[i], elements[i]) = (Place(i), i);
        Array.Sort(places, elements);
        for (int i = 1; i < Count; i++)
        {
            if (places[i] != places[i - 1]) continue;
            int first = Math.Min(elements[i - 1], elements[i]), second = Math.Max(elements[i - 1], elements[i]);
            string at = string.Join(", ", Enumerable.Range(0, Shape.Length).Select(d => Indices[(second * Shape.Length) + d]));
            faults.Add($"{path}.indices[{second}]", $"[{at}]", $"must not repeat indices[{first}]: an element is given once", "duplicate");
        }
    }
}

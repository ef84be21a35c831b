namespace VsgGym.Core;

/// <summary>Collects transitions in any order and sorts them into compressed rows.</summary>
internal sealed class TransitionList(int rows)
{
    private readonly int _rows = rows;
    private int[] _row = new int[16];
    private int[] _next = new int[16];
    private double[] _probability = new double[16];
    private int _count;

    /// <summary>Adds one; repeated ones add up.</summary>
    public void Add(int row, int next, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)_rows);
        if (_count == _row.Length)
        {
            int size = (int)Math.Min(2L * _count, Array.MaxLength);
            Array.Resize(ref _row, size);
            Array.Resize(ref _next, size);
            Array.Resize(ref _probability, size);
        }

        (_row[_count], _next[_count], _probability[_count]) = (row, next, probability);
        _count++;
    }

    /// <summary>Checks every row and gives them compressed: successors ascending, each once, none of probability 0.</summary>
    /// <param name="states">Next states must be below.</param>
    /// <param name="tolerance">How far from 1 a row's sum may be.</param>
    /// <param name="unravel">The indices of a row, for faults.</param>
    /// <param name="faults">Gets every fault.</param>
    public (int[] RowStart, int[] Next, double[] Probability) Compress(int states, double tolerance, Func<int, string> unravel, FaultList faults)
    {
        var (start, next, probability) = ByRow();
        var rowStart = new int[_rows + 1];
        int kept = 0;
        for (int row = 0; row < _rows; row++)
        {
            int from = start[row], length = start[row + 1] - from;
            if (length > 0)
            {
                StochasticGameChecks.Row(row, next.AsSpan(from, length), probability.AsSpan(from, length), states, tolerance, unravel, faults);
                Sort(next.AsSpan(from, length), probability.AsSpan(from, length));
                int first = kept;
                for (int i = from; i < from + length; i++)
                {
                    if (probability[i] == 0) continue;
                    if (kept > first && next[kept - 1] == next[i]) probability[kept - 1] += probability[i];
                    else (next[kept], probability[kept++]) = (next[i], probability[i]);
                }
            }

            rowStart[row + 1] = kept;
        }

        return (rowStart, next[..kept], probability[..kept]);
    }

    /// <summary>A counting sort by row, which keeps the order of insertion inside a row.</summary>
    private (int[] Start, int[] Next, double[] Probability) ByRow()
    {
        var start = new int[_rows + 1];
        for (int i = 0; i < _count; i++) start[_row[i] + 1]++;
        for (int row = 0; row < _rows; row++) start[row + 1] += start[row];
        var next = new int[_count];
        var probability = new double[_count];
        int[] place = start.AsSpan(0, _rows).ToArray();
        for (int i = 0; i < _count; i++)
        {
            int at = place[_row[i]]++;
            (next[at], probability[at]) = (_next[i], _probability[i]);
        }

        return (start, next, probability);
    }

    /// <summary>Sorts a row by successor, keeping the order of equals, so that sums do not depend on the sort.</summary>
    private static void Sort(Span<int> next, Span<double> probability)
    {
        bool sorted = true;
        for (int i = 1; i < next.Length; i++) sorted &= next[i - 1] <= next[i];
        if (sorted) return;
        var keys = new long[next.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = ((long)next[i] << 32) | (uint)i;
        keys.AsSpan().Sort();
        double[] before = probability.ToArray();
        for (int i = 0; i < keys.Length; i++) (next[i], probability[i]) = ((int)(keys[i] >> 32), before[(int)keys[i]]);
    }
}

namespace VsgGym.Core;

/// <summary>Collects transitions in any order and sorts them into compressed rows.</summary>
internal sealed class TransitionList(int rows)
{
    private const int CheckedAtOnce = 1 << 16; // rows or transitions between two looks at a token

    private int[] _row = new int[16];
    private int[] _next = new int[16];
    private double[] _probability = new double[16];
    private int[] _start = [];
    private int _count;

    /// <summary>Adds one; repeated ones add up.</summary>
    public void Add(int row, int next, double probability)
    {
        if (_count == _row.Length)
        {
            int size = (int)Math.Clamp(2L * _count, 16, Array.MaxLength);
            Array.Resize(ref _row, size);
            Array.Resize(ref _next, size);
            Array.Resize(ref _probability, size);
        }

        (_row[_count], _next[_count], _probability[_count]) = (row, next, probability);
        _count++;
    }

    /// <summary>The rows to which nothing was added.</summary>
    public List<int> RowsWithoutSuccessors()
    {
        var has = new bool[rows];
        foreach (int row in _row.AsSpan(0, _count)) has[row] = true;
        return [.. Enumerable.Range(0, rows).Where(row => !has[row])];
    }

    /// <summary>Sorts by row and checks every row.</summary>
    /// <param name="states">Next states must be below.</param>
    /// <param name="tolerance">How far from 1 a row's sum may be.</param>
    /// <param name="unravel">The indices of a row, for faults.</param>
    /// <param name="faults">Gets every fault.</param>
    /// <param name="cancellationToken">Checked between some rows.</param>
    public void Check(int states, double tolerance, Func<int, string> unravel, FaultList faults, CancellationToken cancellationToken)
    {
        SortByRow(cancellationToken);
        for (int row = 0; row < rows; row++)
        {
            if (row % CheckedAtOnce == 0) cancellationToken.ThrowIfCancellationRequested();
            int from = _start[row], length = _start[row + 1] - from;
            if (length > 0) StochasticGameChecks.Row(row, _next.AsSpan(from, length), _probability.AsSpan(from, length), states, tolerance, unravel, faults);
        }
    }

    /// <summary>Takes a row's successors away, after the check.</summary>
    public void Clear(int row) => _probability.AsSpan(_start[row].._start[row + 1]).Clear();

    /// <summary>The rows compressed, after the check: successors ascending, each once, none of probability 0.</summary>
    public (int[] RowStart, int[] Next, double[] Probability) Compress(CancellationToken cancellationToken)
    {
        var rowStart = new int[rows + 1];
        int kept = 0;
        for (int row = 0; row < rows; row++)
        {
            if (row % CheckedAtOnce == 0) cancellationToken.ThrowIfCancellationRequested();
            int from = _start[row], to = _start[row + 1], first = kept;
            Sort(_next.AsSpan(from..to), _probability.AsSpan(from..to));
            for (int i = from; i < to; i++) // written over what was read before
            {
                if (_probability[i] == 0) continue;
                if (kept > first && _next[kept - 1] == _next[i]) _probability[kept - 1] += _probability[i];
                else (_next[kept], _probability[kept++]) = (_next[i], _probability[i]);
            }

            rowStart[row + 1] = kept;
        }

        return (rowStart, _next[..kept], _probability[..kept]);
    }

    /// <summary>A counting sort by row, which keeps the order of insertion inside a row.</summary>
    private void SortByRow(CancellationToken cancellationToken)
    {
        _start = new int[rows + 1];
        for (int i = 0; i < _count; i++) _start[_row[i] + 1]++;
        for (int row = 0; row < rows; row++) _start[row + 1] += _start[row];
        var sorted = new int[_count];
        var next = new int[_count];
        var probability = new double[_count];
        int[] place = _start[..rows];
        for (int i = 0; i < _count; i++)
        {
            if (i % CheckedAtOnce == 0) cancellationToken.ThrowIfCancellationRequested();
            int at = place[_row[i]]++;
            (sorted[at], next[at], probability[at]) = (_row[i], _next[i], _probability[i]);
        }

        (_row, _next, _probability) = (sorted, next, probability);
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

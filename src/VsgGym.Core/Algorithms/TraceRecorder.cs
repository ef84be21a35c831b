using System.Collections.Immutable;

namespace VsgGym.Core;

/// <summary>Keeps at most a fixed number of rows: iterations 1, 1 + stride, 1 + 2 stride, ... and the last, which takes the place of the one before it where there is no other.</summary>
/// <remarks>When the grid is full the stride doubles and every other row goes, so what is kept depends on the iterations alone.</remarks>
internal sealed class TraceRecorder(IReadOnlyList<string> metricNames, int capacity)
{
    private readonly ImmutableArray<string> _columns = ["iteration", "residual", .. metricNames];
    private readonly List<double[]> _rows = [];
    private double[]? _last;
    private long _stride = 1;

    /// <summary>Takes the numbers of an iteration.</summary>
    public void Add(in IterationReport report, ReadOnlySpan<double> metrics)
    {
        if (capacity == 0) return;
        bool onGrid = IsOnGrid(report.Iteration);
        if (onGrid && _rows.Count == capacity)
        {
            _stride *= 2;
            int kept = 0;
            for (int row = 0; row < _rows.Count; row += 2) _rows[kept++] = _rows[row];
            _rows.RemoveRange(kept, _rows.Count - kept);
            onGrid = IsOnGrid(report.Iteration) && _rows.Count < capacity;
        }

        // A row that is on no list may be overwritten by the next iteration.
        double[] target = _last is null || onGrid || ReferenceEquals(_last, _rows.LastOrDefault()) ? new double[_columns.Length] : _last;
        target[0] = report.Iteration;
        target[1] = report.Residual;
        metrics.CopyTo(target.AsSpan(2));
        if (onGrid) _rows.Add(target);
        _last = target;
    }

    /// <summary>The trace so far.</summary>
    public SolveTrace ToTrace()
    {
        List<double[]> rows = [.. _rows];
        if (_last is not null && (rows.Count == 0 || rows[^1][0] != _last[0]))
        {
            if (rows.Count == capacity) rows.RemoveAt(rows.Count - 1);
            rows.Add(_last);
        }

        return new SolveTrace(_columns, new ShapedArray([.. rows.SelectMany(row => row)], rows.Count, _columns.Length));
    }

    private bool IsOnGrid(long iteration) => (iteration - 1) % _stride == 0;
}

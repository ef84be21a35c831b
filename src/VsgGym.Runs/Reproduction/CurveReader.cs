using System.Collections.Immutable;
using VsgGym.Core;

namespace VsgGym.Runs;

/// <summary>Follows one curve of a solve.</summary>
internal sealed class CurveReader
{
    private const string Residual = "residual";

    private readonly int[] _columns; // -1: the residual
    private readonly int _every;
    private readonly Queue<double> _window = new();
    private readonly int _length;
    private readonly List<double> _points = [];

    /// <summary>Finds the columns.</summary>
    /// <exception cref="VsgGymException">The solver has no such column.</exception>
    public CurveReader(SolverMeasure measure, int every, IAlgorithm algorithm)
    {
        (Name, _every, _length) = (measure.Name, every, measure.Window);
        var names = algorithm.MetricNames.ToList();
        _columns = [.. measure.Curve!.Value.Select(column => column == Residual ? -1 : names.IndexOf(column) is var at and >= 0 ? at
            : throw VsgGymException.NotFound("measures.curve", column, $"must be one of {string.Join(", ", [Residual, .. names])}", "unknown_column"))];
    }

    /// <summary>The measure's name.</summary>
    public string Name { get; }

    /// <summary>Takes an iteration's numbers.</summary>
    public void Add(in IterationReport report, double[] metrics)
    {
        double product = 1;
        foreach (int column in _columns) product *= column < 0 ? report.Residual : metrics[column];
        _window.Enqueue(product);
        if (_window.Count > _length) _window.Dequeue();
        if (report.Iteration % _every == 0) _points.Add(_window.Average());
    }

    /// <summary>The points so far.</summary>
    public ImmutableArray<double> ToArray() => [.. _points];
}
